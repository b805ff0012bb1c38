"""What never arrived, at the desk: who sees it, why in plain words, sent once more, set aside, and written down."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot.web.audit.models import Entry
from bot.web.channels import outbox, reasons
from bot.web.channels.models import Parcel
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff
from bot.web.desk import undelivered
from bot.web.words import LANGUAGES, catalogue, word
from tests.web.fake_rasa import FakeRasa
from tests.web.helpers import account, carry, signed_in

from .telegram_simulator import TOKEN, TelegramSimulator
from .test_faults import as_if_waited, send, write

pytestmark = pytest.mark.django_db(transaction=True)
BOARD, SAID = "/desk/letters/", "Quel métier vous attire ?"


def shown(client: Client, address: str = BOARD) -> str:
    """A page of the desk, as it is read."""
    found = client.get(address)
    assert found.status_code == 200
    return unescape(found.content.decode())


def post(client: Client, letter: outbox.DeadLetter, deed: str) -> str:
    """Press a button of a letter; the page to which that leads."""
    return unescape(client.post(f"{BOARD}{letter.id}/{deed}", follow=True).content.decode())


def never_arrived(platform: TelegramSimulator) -> None:
    """A day goes by in which the platform is down."""
    platform.trouble.down = True
    as_if_waited()
    send()
    Parcel.objects.filter(settled=None).update(created=timezone.now() - timedelta(hours=25))
    as_if_waited()
    send()
    platform.trouble.down = False


@pytest.fixture
def amir() -> Client:
    """An advisor of Marseille."""
    return signed_in(account("Amir", "marseille"))


@pytest.fixture
def letter(platform: TelegramSimulator, rasa: FakeRasa, amir: Client) -> outbox.DeadLetter:
    """The answer of an advisor of Marseille that Telegram did not take for a day; what came before it had arrived."""
    write("bonjour", 1)
    talk = Conversation.objects.get()
    carry(talk.pk)
    Conversation.objects.update(cite="marseille")
    colleague = account("Inès", "marseille")
    handoff = states.open_handoff(talk.pk, False, {}, "bot")
    states.claim(handoff.pk, colleague)
    send()
    states.advisor_says(handoff.pk, colleague, SAID)
    never_arrived(platform)
    [found] = outbox.dead_letters()
    return found


def test_of_more_than_a_page_holds_the_latest_are_shown_and_all_are_counted(
    letter: outbox.DeadLetter, amir: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undelivered, "MOST", 1)
    parcel = Parcel.objects.get(pk=letter.id)
    parcel.pk, parcel.part, parcel.key = None, parcel.part + 1, "another"
    parcel.save()
    assert "Les 1 derniers, sur 2." in shown(amir)


def test_it_is_told_with_its_reason_and_neither_words_nor_address(letter: outbox.DeadLetter, amir: Client) -> None:
    page = shown(amir)
    for told in ("Demande n°", "Telegram", "de l'équipe", word("desk.letters.why.down", "fr"), "(code 500)"):
        assert told in page
    number = Handoff.objects.get().pk
    address = Parcel.objects.get(pk=letter.id).contact.address
    assert SAID not in page and address not in page and letter.conversation not in page
    assert f'href="/desk/handoffs/{number}/"' in page
    assert "letter-" not in shown(amir, f"{BOARD}?request={number + 1}")
    assert "letter-" in shown(amir, f"{BOARD}?request={number}")
    assert "letter-" in shown(amir, f"{BOARD}?request=x")


def test_the_navigation_and_the_request_say_so(letter: outbox.DeadLetter, amir: Client) -> None:
    number = Handoff.objects.get().pk
    request, queue = shown(amir, f"/desk/handoffs/{number}/"), shown(amir, "/desk/")
    assert f'href="{BOARD}?request={number}"' in request
    assert word("desk.letters.here", "fr", count=1) in request
    assert '<span class="many">1</span>' in queue
    post(amir, letter, "aside")
    assert word("desk.letters.title", "fr") not in shown(amir, "/desk/")
    assert "letters-link" not in shown(amir, f"/desk/handoffs/{number}/")


def test_an_open_page_hears_of_it(letter: outbox.DeadLetter, amir: Client) -> None:
    handoff = Handoff.objects.get()
    address = f"/desk/handoffs/{handoff.pk}/"
    asked = {"after": "999", "state": handoff.state, "by": str(handoff.claimed_by_id)}
    seen = amir.get(f"{address}news", asked, headers={"HX-Request": "true"})
    assert "letters-link" in seen.content.decode()
    asked["others"] = seen.context["others_seen"]
    assert amir.get(f"{address}news", asked, headers={"HX-Request": "true"}).status_code == 204
    outbox.set_aside(letter.id)
    seen = amir.get(f"{address}news", asked, headers={"HX-Request": "true"})
    assert seen.status_code == 200 and "letters-link" not in seen.content.decode()


def test_sent_once_more_it_arrives(letter: outbox.DeadLetter, amir: Client, platform: TelegramSimulator) -> None:
    assert not any(SAID in text for text in platform.texts(7))
    assert word("desk.letter_again", "fr") in post(amir, letter, "again")
    send()
    assert [text for text in platform.texts(7) if SAID in text] == [platform.texts(7)[-1]]
    assert word("desk.letters.none", "fr") in shown(amir)
    line = Entry.objects.get(action="send_again")
    assert (line.kind, line.object, line.cite) == ("handoff", str(Handoff.objects.get().pk), "marseille")
    assert word("desk.letter_gone", "fr") in post(amir, letter, "again")
    assert Entry.objects.filter(action="send_again").count() == 1


def test_set_aside_it_is_told_no_more_and_kept_once(letter: outbox.DeadLetter, amir: Client) -> None:
    assert word("desk.letter_aside", "fr") in post(amir, letter, "aside")
    assert (outbox.dead_letters(), outbox.count_lost("telegram")) == ([], 0)
    assert Parcel.objects.get(pk=letter.id).body == {}
    assert Entry.objects.get(action="set_aside").cite == "marseille"
    assert SAID in shown(amir, f"/desk/handoffs/{Handoff.objects.get().pk}/")
    assert word("desk.letter_gone", "fr") in post(amir, letter, "aside")


def test_who_may_not_see_the_request_sees_and_does_nothing(letter: outbox.DeadLetter) -> None:
    elsewhere = signed_in(account("Elsa", "nimes"))
    assert "letter-" not in shown(elsewhere)
    assert "many" not in shown(elsewhere, "/desk/")
    for deed in "again", "aside":
        assert word("desk.letter_gone", "fr") in post(elsewhere, letter, deed)
    assert Entry.objects.filter(action="refused").count() == 2
    assert outbox.dead_letters() == [letter]


def test_what_no_advisor_was_asked_for_is_for_who_leads(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    write("bonjour", 1)
    Conversation.objects.update(cite="marseille")
    never_arrived(platform)
    leads = signed_in(account("Carla", "marseille", role="coordinator"), factor=True)
    assert word("desk.letters.no_request", "fr") in shown(leads)
    for role, cite in ("advisor", "marseille"), ("coordinator", "nimes"):
        other = signed_in(account(f"{role} {cite}", cite, role=role), factor=True)
        assert "letter-" not in shown(other)
    [letter] = outbox.dead_letters()
    post(leads, letter, "aside")
    assert Entry.objects.get(action="set_aside").object == letter.conversation


def test_what_the_app_took_and_lost_and_an_app_that_is_off_are_not_sent(
    letter: outbox.DeadLetter, amir: Client, settings: Any
) -> None:
    settings.TELEGRAM_TOKEN = ""
    assert word("desk.letters.switched_off", "fr", app="Telegram") in shown(amir)
    assert word("desk.letter_stuck", "fr") in post(amir, letter, "again")
    settings.TELEGRAM_TOKEN = TOKEN
    Parcel.objects.filter(pk=letter.id).update(body={})
    page = shown(amir)
    assert word("desk.letters.lost", "fr") in page and f"again-{letter.id}" not in page
    assert word("desk.letter_stuck", "fr") in post(amir, letter, "again")
    assert outbox.count_lost("telegram") == 1 and not Entry.objects.filter(action="send_again").exists()


def test_erased_with_the_conversation(letter: outbox.DeadLetter, amir: Client) -> None:
    Conversation.objects.all().delete()
    assert word("desk.letter_gone", "fr") in post(amir, letter, "again")
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    ("reason", "kind", "code"),
    [
        ("500", "down", "500"),
        ("ReadTimeout", "down", ""),
        ("ConnectError", "down", ""),
        ("429", "busy", "429"),
        ("401", "settings", "401"),
        ("190/463", "settings", "190/463"),
        ("10/2018278", "late", "10/2018278"),
        ("10", "settings", "10"),
        ("window", "late", ""),
        ("131026", "unreachable", "131026"),
        ("30005", "unreachable", "30005"),
        ("400", "refused", "400"),
        ("100/2018164", "refused", "100/2018164"),
        ("undelivered", "unknown", ""),
        ("+33612345678", "unknown", ""),
        ("33612345678", "unknown", ""),
    ],
)
def test_reasons_are_plain_words_and_no_number_of_anybody(reason: str, kind: str, code: str) -> None:
    assert (reasons.kind(reason), reasons.code(reason)) == (kind, code)
    assert all(catalogue().has(f"desk.letters.why.{kind}", language) for language in LANGUAGES)
