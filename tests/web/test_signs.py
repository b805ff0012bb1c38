"""Who is typing, what was read, and how fast both ways are."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from bot.web.conversations import service, signs, states
from bot.web.conversations.models import Conversation, Handoff

from .conftest import Served, until
from .handoffs import advisor, live, waiting
from .helpers import conversation, say
from .person import Person, code

pytestmark = pytest.mark.django_db(transaction=True)


def test_typing_holds_for_some_seconds_and_ends_with_the_words() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    talk = handoff.conversation_id
    assert not service.state(talk).advisor_typing
    signs.advisor_types(handoff.pk, sofia, True)
    assert service.state(talk).advisor_typing
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    assert not service.state(talk).advisor_typing
    signs.advisor_types(handoff.pk, sofia, True)
    Conversation.objects.update(advisor_typing=timezone.now() - timedelta(seconds=1))
    assert not service.state(talk).advisor_typing


def test_the_person_s_typing_counts_only_while_an_advisor_answers() -> None:
    handoff = waiting()
    talk = handoff.conversation_id
    signs.person_types(talk, True)
    assert not signs.holds(conversation(talk).person_typing)
    states.claim(handoff.pk, advisor("Sofia"))
    signs.person_types(talk, True)
    assert signs.holds(conversation(talk).person_typing)
    signs.person_types(talk, False)
    assert not signs.holds(conversation(talk).person_typing)
    signs.person_types(talk, True)
    say(talk, "voilà")
    assert not signs.holds(conversation(talk).person_typing)


def test_somebody_else_s_signs_do_nothing() -> None:
    handoff, marc = live(advisor("Sofia")), advisor("Marc")
    signs.advisor_types(handoff.pk, marc, True)
    signs.advisor_reads(handoff.pk, marc, 2)
    found = service.state(handoff.conversation_id)
    assert (found.advisor_typing, found.advisor_read_seq) == (False, 0)


def test_what_was_read_never_goes_back_nor_beyond_what_was_said() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    talk = handoff.conversation_id
    last = conversation(talk).last_seq
    for seq, kept in [(2, 2), (1, 2), (10**8, last)]:
        signs.advisor_reads(handoff.pk, sofia, seq)
        signs.person_reads(talk, seq)
        assert (service.state(talk).advisor_read_seq, conversation(talk).person_read_seq) == (kept, kept)


def test_signs_say_nothing_and_start_no_clock_anew() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    before = conversation(handoff.conversation_id)
    signs.person_types(handoff.conversation_id, True)
    signs.person_reads(handoff.conversation_id, 3)
    signs.advisor_types(handoff.pk, sofia, True)
    after = conversation(handoff.conversation_id)
    assert (after.last_seq, after.last_seen) == (before.last_seq, before.last_seen)


@pytest.mark.parametrize(
    ("path", "body"),
    [("typing", {}), ("typing", {"typing": 1}), ("read", {"seq": "1"}), ("read", {"seq": -1}), ("read", {"seq": True})],
)
def test_a_sign_out_of_shape_is_refused(person: Person, path: str, body: dict[str, Any]) -> None:
    assert code(person.call("POST", f"/{path}", json=body)) == (400, "bad_request")


def test_too_many_signs_are_refused_without_keeping_messages_back(person: Person, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "signs": (2, 60)}
    for expected in (200, 200, 429):
        assert person.call("POST", "/typing", json={"typing": True}).status_code == expected
    assert person.say("bonjour").status_code == 202


class Ear:
    """Reads a stream in a thread, and notes when each text came."""

    def __init__(self, person: Person) -> None:
        self.heard: dict[str, float] = {}
        self._person = person
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        path = f"/conversations/{self._person.id}/stream"
        http = self._person.http
        with suppress(httpx.ReadError), http.stream("GET", path, headers=self._person.headers) as stream:  # at the end
            for line in stream.iter_lines():
                self.heard.setdefault(line, time.monotonic())

    def waits_for(self, text: str) -> float:
        """When a line that holds `text` came."""
        return until(lambda: next((at for line, at in self.heard.items() if text in line), None))


def test_both_ways_take_less_than_a_second(door: Served, person: Person, settings: Any) -> None:
    """The notifier carries it, not the look at the database: that one comes too late here."""
    settings.STREAM_POLL = 30
    ear, sofia = Ear(person), advisor("Sofia")
    ear.waits_for("event: state")
    handoff = states.open_handoff(person.id, True, {}, "person")
    states.claim(handoff.pk, sofia)
    for act, sign in [
        (lambda: signs.advisor_types(handoff.pk, sofia, True), '"advisor_typing": true'),
        (lambda: states.advisor_says(handoff.pk, sofia, "une réponse"), "une réponse"),
        (lambda: signs.advisor_reads(handoff.pk, sofia, 2), '"advisor_read_seq": 2'),
        (lambda: person.say("une question", "q"), "une question"),
    ]:
        begun = time.monotonic()
        act()
        assert ear.waits_for(sign) - begun < 1
    assert Handoff.objects.get(pk=handoff.pk).state == "live"
    assert [m.text for m in conversation(person.id).messages.filter(author="person")] == ["une question"]
