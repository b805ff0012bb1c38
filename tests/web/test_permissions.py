"""Nobody sees or does what is not theirs: every address of the door, for every kind of account, on every object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from bot.knowledge import notices
from bot.web.accounts import invitations
from bot.web.channels.models import Contact, Parcel
from bot.web.conversations import callbacks, states, writing
from bot.web.conversations.models import Author, Conversation, Handoff, Message
from bot.web.desk.models import Advisor, Invitation, Membership
from bot.web.notices.models import Notice

from .helpers import account, begin, conversation, say, signed_in
from .permissions import LINES, OBJECTS, PEOPLE, WITHOUT_ACCOUNTS

pytestmark = pytest.mark.django_db
SECRET = "ce que seule Marseille peut lire"
LINE = re.compile(r"(GET|POST) +(\S+) +(\S+) +((?:[LFHNK] ?)+)")
TABLE = [LINE.fullmatch(line).groups() for line in LINES.strip().splitlines() if line]  # type: ignore[union-attr]


@dataclass
class World:
    """Accounts of every kind, and what is Marseille's."""

    people: dict[str, Client]
    handoffs: dict[str, Handoff]
    ines: Advisor
    invitation: Invitation
    flagged: Message
    notice: Notice
    letters: dict[str, Parcel]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(notices, "FOLDER", tmp_path)
    ines = account("Inès", "marseille")
    people = {
        "nobody": Client(),
        "without": signed_in(account("Walid")),
        "elsewhere": signed_in(account("Elsa", "nimes")),
        "advisor": signed_in(account("Amir", "marseille")),
        "leads_elsewhere": signed_in(account("Lena", "nimes", role="coordinator"), factor=True),
        "coordinator": signed_in(account("Carla", "marseille", role="coordinator"), factor=True),
        "bare": signed_in(account("Basile", "marseille", role="coordinator")),
        "administrator": signed_in(account("Anna", "", role="administrator"), factor=True),
    }
    invitation, _ = invitations.invite("advisor", "marseille")
    handoffs = {name: handoff(name, ines) for name in OBJECTS}
    day = timezone.localdate() + timedelta(days=9)
    notice = Notice.objects.create(cite="marseille", kind="word", first=day, last=day, words={"fr": SECRET}, by=ines)
    unsure = flagged()
    talks = {**{name: each.conversation for name, each in handoffs.items()}, "unasked": unsure.conversation}
    letters = {name: letter(talk) for name, talk in talks.items()}
    return World(people, handoffs, ines, invitation, unsure, notice, letters)


def letter(talk: Conversation) -> Parcel:
    """A message of a conversation that never arrived."""
    contact = Contact.objects.create(platform="telegram", user_hash=talk.pk, conversation=talk, address=SECRET)
    return Parcel.objects.create(contact=contact, seq=1, part=0, body={"text": SECRET}, step="dead", reason="400",
                                 settled=timezone.now())  # fmt: skip


def flagged() -> Message:
    """An answer of which the bot was not sure, in a conversation that nobody was handed over."""
    talk = begin(cite="marseille", language="fr")
    say(talk, SECRET)
    return writing.add(conversation(talk), Author.BOT, text="Pardon ?", payload={"intent": "nlu_fallback"})


def handoff(kind: str, colleague: Advisor) -> Handoff:
    talk = begin(cite=None if kind.startswith("nowhere") else "marseille", language="fr")
    say(talk, SECRET)
    Message.objects.filter(conversation=talk).update(progress="answered")
    Conversation.objects.filter(pk=talk).update(due=None)
    made = states.open_handoff(talk, True, {"request": SECRET}, "bot")
    if kind in ("live", "ended", "nowhere_live"):
        states.claim(made.pk, colleague)
    if kind == "ended":
        states.close(made.pk, colleague)
    if kind == "widened_callback":
        Handoff.objects.filter(pk=made.pk).update(widened=timezone.now())
    if kind.endswith("callback"):
        callbacks.request(talk, SECRET, "+33 6 12 34 56 78")
    return Handoff.objects.get(pk=made.pk)


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """The address of every view, as it is routed."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each.url_patterns, route)


def address(world: World, route: str, kind: str) -> str:
    values = {
        "handoff_id": str(world.handoffs[kind].pk) if kind in world.handoffs else "1",
        "account_id": str(world.ines.pk),
        "invitation_id": str(world.invitation.pk),
        "message_id": str(world.flagged.pk),
        "notice_id": str(world.notice.pk),
        "letter_id": str(world.letters[kind].pk) if kind in world.letters else "1",
        "token": "x" * 43,
        "conversation_id": world.handoffs["waiting"].conversation_id,
        "seq": "1",
    }
    path = re.sub(r"<\w+:(\w+)>", lambda found: values.get(found[1], "x"), route)
    if kind.startswith("cite="):
        return f"/{path}?{kind}"
    return f"/{path}?after=0&state={world.handoffs[kind].state}" if path.endswith("/news") else f"/{path}"


_GONE = ("/desk/?notice=gone", "/desk/letters/?notice=letter_gone")
FIELDS = {
    "text": "bonjour",
    "language": "fr",
    "role": "advisor",
    "cite": "marseille",
    "outcome": "answered",
    "available": "1",
}


def call(client: Client, method: str, path: str) -> HttpResponseBase:
    """Call it as HTMX does where HTMX does; the browser keeps the cookies it had."""
    headers = {"HX-Request": "true"} if "/news" in path else {}
    cookies = client.cookies.copy()
    try:
        return client.get(path, headers=headers) if method == "GET" else client.post(path, FIELDS, headers=headers)
    finally:
        client.cookies = cookies


def outcome(answer: HttpResponseBase) -> str:
    where = answer.headers.get("Location") or answer.headers.get("HX-Redirect", "")
    # From nobody to the sign-in page is where signing out leads too.
    if where.startswith("/desk/login") and "/logout" not in answer.wsgi_request.path:  # type: ignore[attr-defined]
        return "L"
    if where.startswith(("/desk/account/factor?", "/desk/factor?")):
        return "F"
    if answer.status_code in (404, 410) or where in _GONE:
        return "H"
    if re.search(r"notice=(taken|not_sent|factor_needed|last_administrator)", where):
        return "N"
    return "K" if answer.status_code in (200, 204, 302) else f"status {answer.status_code}"


def everything() -> list[Any]:
    """All that a deed could change."""
    kept = [Handoff.objects, Message.objects, Membership.objects, Invitation.objects, Parcel.objects]
    accounts = list(Advisor.objects.order_by("pk").values("pk", "is_active", "password", "epoch"))
    return [accounts, *(list(each.order_by("pk").values()) for each in kept)]


def test_every_address_has_its_line() -> None:
    told = {route for _, route, _, _ in TABLE}
    assert set(routes()) == told | WITHOUT_ACCOUNTS
    assert not told & WITHOUT_ACCOUNTS


def test_who_may(world: World, settings: Any) -> None:
    """Each call is undone after it, so that all are made in the same world."""
    settings.FACTOR_MAY_WAIT, settings.TELEGRAM_TOKEN = False, "a token of tests"
    settings.PUBLIC_URL = "https://bot.example"
    before = everything()
    wrong = []
    for method, route, kind, letters in TABLE:
        path = address(world, route, kind)
        for person, letter in zip(PEOPLE, letters.split(), strict=True):
            with transaction.atomic():
                answer = call(world.people[person], method, path)
                found = outcome(answer)
                if found != letter or (found in "LFHN" and everything() != before):
                    wrong.append(f"{method} {route} {kind}: {person} {found} instead of {letter}")
                if found in "LFH":
                    assert_nothing_of_marseille(answer, f"{route} {person}")
                transaction.set_rollback(True)
    assert wrong == []


def test_the_lists_of_a_cité_hold_nothing_of_another(world: World) -> None:
    """What is shown to whoever belongs to Nîmes, or nowhere, names neither a request nor a person of Marseille."""
    for handoff in world.handoffs.values():
        Handoff.objects.filter(pk=handoff.pk, conversation__cite="").delete()
    for person in "without", "elsewhere", "leads_elsewhere":
        review = ("/desk/review/", "/desk/review/answers/", "/desk/notices/")
        for path in "/desk/", "/desk/?part=1", "/desk/people/", "/desk/audit/", "/desk/account/", *review:
            assert_nothing_of_marseille(world.people[person].get(path), person)
        assert "letter-" not in world.people[person].get("/desk/letters/").content.decode()
    assert "letter-" in world.people["advisor"].get("/desk/letters/").content.decode()
    assert SECRET in unescape(world.people["advisor"].get("/desk/").content.decode())
    assert "Inès" in world.people["coordinator"].get("/desk/people/").content.decode()


def test_being_signed_in_at_the_desk_opens_no_conversation(world: World) -> None:
    for route in sorted(WITHOUT_ACCOUNTS):
        for method in "get", "post", "put", "delete":
            answer = getattr(world.people["administrator"], method)(address(world, route, "-"))
            if not answer.streaming:
                assert_nothing_of_marseille(answer, route)
            if "<str:conversation_id>" in route:
                assert answer.status_code in (401, 405), (method, route)
    assert conversation(world.handoffs["waiting"].conversation_id).pk


def assert_nothing_of_marseille(answer: Any, who: str) -> None:
    shown = unescape(answer.content.decode())
    for secret in SECRET, "Inès", "inès", "Cité des métiers de Marseille":
        assert secret not in shown, who
