"""Who may look back at what: every page of review and announcements, for every role, own Cité and another's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from bot.web.audit.models import Entry
from bot.web.conversations.models import Conversation, Message
from bot.web.desk.models import Membership, Role
from bot.web.notices import publishing
from bot.web.notices.models import Notice
from bot.web.review import finding

from .staff import account, signed_in
from .test_notices import CLOSED, MONDAY, folder
from .test_review import answered, past, talk_of

__all__ = ["folder"]

pytestmark = pytest.mark.django_db
Made = Callable[[str], str]
WHO = {
    "theirs": (Role.ADVISOR, "demo"),
    "coordinator": (Role.COORDINATOR, "demo"),
    "administrator": (Role.ADMINISTRATOR, ""),
    "another's": (Role.ADVISOR, "paris"),
    "another's coordinator": (Role.COORDINATOR, "paris"),
}
MINE = {"theirs", "coordinator", "administrator"}


def handoff(part: str = "") -> Made:
    def made(name: str) -> str:
        return f"/desk/review/handoffs/{past(account('Autre', cite='demo'), cite='demo').pk}/{part}"

    return made


def flagged_answer(name: str) -> str:
    return f"/desk/review/answers/{answered(talk_of('demo'), 'gloubi', 'Pardon ?', 'nlu_fallback').pk}/"


def notice(name: str) -> str:
    values = {"cite": "demo", "kind": "closed", "first": MONDAY, "last": MONDAY, "hours": "", "words": {}}
    return f"/desk/notices/{publishing.announce(account('Autre', cite='demo'), **values).pk}/withdraw"


PAGES: dict[str, Made] = {
    "review:exchange": handoff(),
    "review:text": handoff("transcript.txt"),
    "review:pdf": handoff("transcript.pdf"),
    "review:erase": handoff("erase"),
    "review:answer": flagged_answer,
    "notices:withdraw": notice,
}
LISTS = {"review:search", "review:answers", "notices:board", "notices:new"}


def client(who: str) -> Client:
    role, cite = WHO[who]
    return signed_in(account("Sofia", role=role, cite=cite))


def test_every_address_is_in_the_matrix() -> None:
    found = {
        f"{space}:{pattern.name}"
        for space in ("review", "notices")
        for pattern in get_resolver().namespace_dict[space][1].url_patterns
    }
    assert found == set(PAGES) | LISTS


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", PAGES)
def test_one_thing_is_shown_to_its_cite_and_is_not_there_for_others(name: str, who: str) -> None:
    path = PAGES[name](name)
    status = client(who).get(path).status_code
    assert status == (200 if who in MINE else 404)


@pytest.mark.parametrize("who", WHO)
def test_deeds_are_done_by_its_cite_alone(who: str) -> None:
    erase, review, withdraw = _deeds()
    browser = client(who)
    browser.post(review, {"state": "fixed", "reason": "tone", "seen": "0"})
    browser.post(withdraw)
    browser.post(erase)
    done = who in MINE
    assert Message.objects.filter(review__state="fixed").exists() == done
    assert Notice.objects.filter(withdrawn__isnull=False).exists() == done
    assert Conversation.objects.filter(handoffs__isnull=False).exists() != done


def _deeds() -> tuple[str, str, str]:
    other = account("Autre", cite="demo")
    values = {"cite": "demo", "kind": "closed", "first": MONDAY, "last": MONDAY, "hours": "", "words": {}}
    return (
        f"/desk/review/handoffs/{past(other, cite='demo').pk}/erase",
        flagged_answer(""),
        f"/desk/notices/{publishing.announce(other, **values).pk}/withdraw",
    )


@pytest.mark.parametrize("who", WHO)
def test_lists_hold_what_is_theirs(who: str) -> None:
    other = account("Autre", cite="demo")
    past(other, cite="demo", request="une demande de la démo")
    answered(talk_of("demo"), "gloubi de la démo", "Pardon ?", "nlu_fallback")
    words = {"fr": "un mot de la démo"}
    publishing.announce(other, cite="demo", kind="word", first=MONDAY, last=MONDAY, hours="", words=words)
    browser = client(who)
    for path in "/desk/review/", "/desk/review/?text=démo", "/desk/review/answers/", "/desk/notices/":
        shown = browser.get(path)
        assert shown.status_code == 200
        assert ("de la démo" in shown.content.decode().replace('value="démo"', "")) == (who in MINE), path


@pytest.mark.parametrize("who", WHO)
def test_one_announces_for_one_s_own_cites(who: str) -> None:
    answer = client(who).post("/desk/notices/new", CLOSED)
    assert answer.status_code == (302 if who in MINE else 422)
    assert Notice.objects.exists() == (who in MINE)


def test_an_account_without_a_role_has_nothing() -> None:
    browser = signed_in(account("Sofia", role=Role.ADVISOR, cite="demo"))
    Membership.objects.all().delete()
    past(account("Autre", cite="demo"), cite="demo", request="une demande")
    assert "une demande" not in browser.get("/desk/review/").content.decode()
    assert browser.get("/desk/notices/new").status_code == 404


def test_a_flagged_answer_without_a_cite_is_for_administrators() -> None:
    asked = answered(talk_of(""), "gloubi", "Pardon ?", "nlu_fallback")
    Conversation.objects.update(cite="", page_cite="")
    statuses = {who: finding.answer(account(who, role=role, cite=cite), asked.pk) for who, (role, cite) in WHO.items()}
    assert [who for who, found in statuses.items() if found] == ["administrator"]


def test_whoever_took_a_request_still_reads_it_and_others_who_try_are_written_down() -> None:
    mine = account("Sofia", cite="paris")
    taken = past(mine, cite="demo")
    assert signed_in(mine).get(f"/desk/review/handoffs/{taken.pk}/").status_code == 200
    marc = account("Marc", cite="paris")
    assert signed_in(marc).get(f"/desk/review/handoffs/{taken.pk}/").status_code == 404
    assert Entry.objects.filter(account=marc.pk, action="refused", object=str(taken.pk)).count() == 1


def test_erasing_asks_for_the_second_factor() -> None:
    who = account("Sofia", cite="demo")
    taken = past(who, cite="demo")
    answer = signed_in(who, factor=False).post(f"/desk/review/handoffs/{taken.pk}/erase")
    assert answer.status_code == 302 and "factor" in answer["Location"]
    assert Conversation.objects.exists()
