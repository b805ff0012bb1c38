"""The stream: what comes, in which order, and what is missed by nobody."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.web.conversations import service, states
from bot.web.conversations.models import Conversation
from bot.web.desk.models import Advisor
from bot.web.notifier import notifier

from .conftest import Served, until
from .fake_rasa import FakeRasa
from .helpers import begin, say
from .listener import Listener


@pytest.fixture
def talk(door: Served) -> service.Started:
    return service.create_conversation()


def test_all_comes_in_order_with_its_number(door: Served, talk: service.Started) -> None:
    listener = Listener(door, talk)
    until(lambda: listener.seqs() == [2])
    say(talk.id, "un")
    say(talk.id, "deux")
    until(lambda: len(listener.seqs()) == 5)
    assert listener.type == "text/event-stream"
    assert listener.seqs() == sorted(listener.seqs())
    assert all(number == str(data["seq"]) for name, data, number in listener.events if name == "message")
    assert all(number is None for name, _, number in listener.events if name == "state")
    listener.stop()


def test_what_was_missed_is_replayed(door: Served, talk: service.Started) -> None:
    say(talk.id, "un")
    until(lambda: len(service.messages_after(talk.id)) == 3)
    whole, rest = Listener(door, talk), Listener(door, talk, after=3)
    until(lambda: len(whole.seqs()) == 3 and rest.seqs())
    assert rest.seqs() == whole.seqs()[2:]


def test_typing_is_told_and_ends(door: Served, talk: service.Started, rasa: FakeRasa) -> None:
    listener = Listener(door, talk)
    until(listener.seqs)
    rasa.delay = 0.3
    say(talk.id, "un")
    until(lambda: any(data.get("typing") for _, data, _ in listener.events))
    until(lambda: len(listener.seqs()) == 3)
    until(lambda: [data for name, data, _ in listener.events if name == "state"][-1]["typing"] is False)


def test_a_silent_stream_beats(door: Served, talk: service.Started, settings: Any) -> None:
    settings.STREAM_HEARTBEAT = 0.2
    listener = Listener(door, talk)
    until(lambda: len(listener.comments) >= 2)
    assert not listener.ended


def test_what_another_process_stores_comes_too(
    door: Served, talk: service.Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(door, talk)
    until(listener.seqs)
    monkeypatch.setattr(notifier, "notify", lambda topic: None)  # as if nobody here were told
    say(talk.id, "d'ailleurs")
    until(lambda: 3 in listener.seqs())


def test_the_whole_handoff_is_heard(door: Served, talk: service.Started) -> None:
    advisor = Advisor.objects.create_user("sofia", password="x", first_name="Sofia")
    listener = Listener(door, talk)
    until(listener.seqs)
    handoff = states.open_handoff(talk.id, True, {}, "bot")
    until(lambda: listener.states()[-1] == ("waiting", None))
    states.claim(handoff.pk, advisor)
    until(lambda: listener.states()[-1] == ("advisor", "Sofia"))
    states.advisor_says(handoff.pk, advisor, "Bonjour")
    until(lambda: any(data.get("name") == "Sofia" for _, data, _ in listener.events))
    states.give_back(handoff.pk, advisor)
    until(lambda: listener.states()[-1] == ("bot", None))


def test_an_erased_conversation_ends_its_streams(door: Served, talk: service.Started) -> None:
    listener = Listener(door, talk)
    until(listener.seqs)
    service.erase(talk.id)
    until(lambda: listener.ended)
    assert listener.events[-1][0] == "gone"


def test_a_token_that_ends_ends_the_stream(door: Served, talk: service.Started) -> None:
    listener = Listener(door, talk)
    until(listener.seqs)
    Conversation.objects.filter(pk=talk.id).update(expires=talk.expires.replace(year=2020))
    until(lambda: listener.ended)


def test_too_many_streams_are_refused_and_closed_ones_are_forgotten(door: Served, talk: service.Started) -> None:
    listeners = [Listener(door, talk) for _ in range(8)]
    until(lambda: all(listener.events for listener in listeners))
    answer = httpx.get(listeners[0].url, headers=listeners[0].headers, trust_env=False)
    assert answer.status_code == 429
    for listener in listeners:
        listener.stop()
    say(talk.id, "un")
    until(lambda: notifier.count(talk.id) == 0)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 20])
def test_a_place_that_is_no_number_is_refused(door: Served, talk: service.Started, after: str) -> None:
    headers = {"Authorization": f"Bearer {talk.token}", "Last-Event-ID": after}
    answer = httpx.get(f"{door.url}/api/v1/conversations/{talk.id}/stream", headers=headers, trust_env=False)
    assert answer.status_code == 400


def test_somebody_else_s_lines_never_come(door: Served, talk: service.Started) -> None:
    listener = Listener(door, talk)
    until(listener.seqs)
    other = begin()
    say(other, "pas pour vous")
    say(talk.id, "pour moi")
    until(lambda: len(listener.seqs()) == 3)
    assert "pas pour vous" not in str(listener.events)
