"""What is promised to who asks for a human, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bot.knowledge.cite_types import Closure
from bot.knowledge.cites import load_cites
from bot.web.conversations import presence, promise, service, states, waiting_words
from bot.web.conversations.models import Handoff, Presence
from bot.web.conversations.promise import Promise
from bot.web.words import LANGUAGES

from .handoffs import advisor, waiting
from .helpers import account, begin, house

pytestmark = pytest.mark.django_db(transaction=True)
PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=PARIS)


def cards(conversation_id: str) -> list[str]:
    shown = service.messages_after(conversation_id)
    return [card["kind"] for message in shown for card in message.payload.get("cards", [])]


def took(minutes: list[float], cite: str = "demo", days_ago: float = 1) -> None:
    """So long did people wait at a Cité."""
    opened = timezone.now() - timedelta(days=days_ago)
    for each in minutes:
        conversation_id = begin(cite=cite)
        Handoff.objects.create(
            conversation_id=conversation_id, consent=True, from_seq=0, state="closed", cite=cite,
            opened=opened, claimed=opened + timedelta(minutes=each),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "kind", "opens"),
    [
        (TUESDAY, "expected", None),
        (TUESDAY.replace(hour=13), "closed", TUESDAY.replace(hour=13, minute=30)),
        (TUESDAY.replace(hour=18), "closed", datetime(2026, 11, 25, 10, tzinfo=PARIS)),
        (datetime(2026, 11, 28, 11, tzinfo=PARIS), "closed", datetime(2026, 11, 30, 10, tzinfo=PARIS)),  # Saturday
        (datetime(2026, 12, 25, 11, tzinfo=PARIS), "closed", datetime(2026, 12, 28, 10, tzinfo=PARIS)),  # Christmas
    ],
)
def test_the_advisors_hours_decide(at: datetime, kind: str, opens: datetime | None) -> None:
    found = promise.promise("demo", "fr", at)
    assert (found.kind, found.opens) == (kind, opens)


def test_an_exceptional_closure_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load_cites()["demo"]
    assert promise.promise("demo", "fr", TUESDAY).kind == "expected"
    closed = Closure(TUESDAY.date(), TUESDAY.date(), found.status_fact)  # type: ignore[arg-type]
    monkeypatch.setattr(promise, "load_cites", lambda: {"demo": replace(found, closures=(closed,))})
    assert promise.promise("demo", "fr", TUESDAY).opens == datetime(2026, 11, 25, 10, tzinfo=PARIS)


@pytest.mark.parametrize("cite", ["", "nowhere", "marseille"])
def test_without_hours_on_file_nothing_is_known(cite: str) -> None:
    assert promise.promise(cite, "fr", TUESDAY) == Promise("unknown")


def test_hours_that_are_too_old_are_not_told_as_sure() -> None:
    old = replace(load_cites()["demo"], fictional=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(promise, "load_cites", lambda: {"demo": old})
        assert promise.promise("demo", "fr", TUESDAY).kind == "expected"
        assert promise.promise("demo", "fr", TUESDAY + timedelta(days=364)).kind == "unknown"


def test_whoever_has_the_desk_open_is_here_whatever_the_hours() -> None:
    sofia = advisor("Sofia")
    presence.here(sofia.pk)
    assert promise.promise("marseille", "fr", TUESDAY.replace(hour=3)).kind == "here"
    presence.here(sofia.pk, available=False)
    assert promise.promise("marseille", "fr").kind == "unknown"
    presence.here(sofia.pk)
    presence.gone(sofia.pk)
    assert not presence.somebody("", "fr")


@pytest.mark.parametrize(
    ("cites", "languages", "found"),
    [([], [], True), (["paris", "marseille"], ["fr"], True), (["paris"], [], False), ([], ["it"], False)],
)
def test_the_advisors_of_that_cite_and_language_count(cites: list[str], languages: list[str], found: bool) -> None:
    account("Marc", "nimes", language="fr")
    presence.here(advisor("Sofia").pk, cites=cites, languages=languages)
    assert presence.somebody("marseille", "fr") is found


@pytest.mark.parametrize("language", ["ca", "nl", "de", "pt"])
def test_in_a_language_that_nobody_declares_everybody_counts(language: str) -> None:
    sofia, marta = account("Sofia", "marseille"), account("Marta", "barcelona", language="es")
    presence.here(marta.pk, cites=["barcelona"], languages=["es"])
    assert presence.somebody("barcelona", language)
    assert not presence.somebody("barcelona", "fr")  # Sofia answers in French
    presence.here(sofia.pk, cites=["marseille"], languages=["fr"])
    assert not presence.somebody("barcelona", "fr")
    assert presence.somebody("", language)


def test_who_has_left_without_a_word_is_soon_no_longer_here(settings: Any) -> None:
    sofia = advisor("Sofia")
    presence.here(sofia.pk)
    Presence.objects.update(seen=timezone.now() - timedelta(seconds=settings.PRESENCE + 1))
    assert not presence.somebody("demo", "fr")
    presence.here(sofia.pk)
    assert presence.somebody("demo", "fr")
    sofia.is_active = False
    sofia.save()
    assert not presence.somebody("demo", "fr")


def test_looks_in_quick_succession_write_once(django_assert_num_queries: Any) -> None:
    sofia = advisor("Sofia")
    presence.here(sofia.pk, cites=["b", "a"])
    with django_assert_num_queries(1):
        presence.here(sofia.pk, cites=["a", "b"])


def test_the_wait_is_the_median_of_the_last_month_of_that_cite() -> None:
    took([1, 2, 3.5, 50])
    took([9] * 9, cite="paris")
    took([9] * 9, days_ago=31)
    assert promise.usual_wait("demo", timezone.now()) is None
    took([3])
    assert promise.usual_wait("demo", timezone.now()) == 3
    assert promise.usual_wait("paris", timezone.now()) == 9


def test_a_wait_of_hours_is_not_told() -> None:
    took([61] * 5)
    assert promise.usual_wait("demo", timezone.now()) is None


def test_the_opening_tells_that_somebody_is_here_and_the_usual_wait() -> None:
    took([4] * 5)
    presence.here(advisor("Sofia").pk)
    talk = waiting().conversation_id
    assert house(talk)[-1].endswith("Quelqu'un de l'équipe est là. L'attente habituelle est de 4 min environ.")
    assert cards(talk) == []
    assert service.state(talk).callback


def test_outside_the_hours_it_tells_when_and_what_else_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_words, "promise", lambda *_, **__: Promise("closed", opens=TUESDAY))
    talk = waiting(cite="geneve").conversation_id
    lines = house(talk)[-1].splitlines()
    phone = load_cites()["geneve"].phone
    assert lines[0].startswith("Votre demande est transmise")
    assert "mardi 24 novembre à 11 h" in lines[1]
    assert phone
    assert any(phone.value in line for line in lines)
    assert "Date de ces coordonnées : octobre 2012. Elles ont pu changer." in lines
    assert cards(talk) == ["callback"]
    assert Handoff.objects.get().told_unanswered  # it is not told again a little later


def test_a_cite_of_which_nothing_is_known_gets_no_fact_made_up() -> None:
    talk = waiting(cite="demo").conversation_id
    assert not any("Téléphone" in line for line in house(talk)[-1].splitlines())


def test_on_a_channel_without_forms_no_form_is_offered() -> None:
    talk = states.open_handoff(begin(channel="telegram"), True, {}, "person").conversation_id
    assert cards(talk) == []
    assert "numéro" not in house(talk)[-1]
    assert not service.state(talk).callback


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


@pytest.mark.parametrize(
    "found",
    [Promise("here", 3), Promise("expected"), Promise("closed", opens=TUESDAY), Promise("closed"), Promise("unknown")],
)
def test_each_is_said_in_each_language_with_nothing_left_to_fill_in(found: Promise, language: str) -> None:
    said = waiting_words.promised(found, language, TUESDAY - timedelta(days=1))
    assert said
    assert "{" not in said
    assert ("11" in said) is (found.opens is not None)
