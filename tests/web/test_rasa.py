"""Rasa's answers, read without trust."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.conversations.rasa import RasaClient, RasaUnreachable, TurnFailed, parse

from .dripping import Dripping
from .fake_rasa import GREETING, NEAREST, FakeRasa, handoff
from .helpers import run

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["replies", "turn", "text", "buttons", "title", "payload", "custom", "cards", "language"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def test_what_was_agreed_is_read() -> None:
    turn = parse({"replies": [GREETING, NEAREST, handoff(True)], "turn": {"intent": "greet", "confidence": 0.9}})
    greeting, nearest, last = turn.replies
    assert greeting.choices[0] == ("Changer de métier", "/change_job")
    assert [card["kind"] for card in nearest.cards] == ["cite", "event", "event"]
    assert last.custom["handoff"]["consent"] is True
    assert turn.about == {"intent": "greet", "confidence": 0.9}


def test_what_may_be_missing_may_be_missing() -> None:
    turn = parse({"replies": [{"text": "oui"}], "turn": None})
    assert (turn.replies[0].text, turn.replies[0].language, turn.about) == ("oui", None, {})


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_other_answer_is_a_failed_turn(answer: Any) -> None:
    try:
        turn = parse(answer)
    except TurnFailed:
        return
    assert all(isinstance(reply.text, str) for reply in turn.replies)


def ask(client: RasaClient) -> Any:
    async def once() -> Any:
        try:
            return await client.turn("id", "bonjour", {})
        finally:
            await client.close()

    return run(once())


def test_the_secret_goes_along_and_a_wrong_one_fails(rasa: FakeRasa) -> None:
    assert ask(RasaClient()).replies[0].text == "Réponse à : bonjour"
    with pytest.raises(TurnFailed, match="401"):
        ask(RasaClient(secret="wrong"))


def test_an_answer_that_drips_in_is_cut_off_by_the_time_of_the_whole_turn(settings: Any) -> None:
    settings.RASA_TIMEOUT = 0.3
    dripping = Dripping()
    dripping.start()
    begun = time.monotonic()
    try:
        with pytest.raises(RasaUnreachable, match="TimeoutError"):
            ask(RasaClient(url=dripping.url))
    finally:
        dripping.stop()
    assert time.monotonic() - begun < 2


def test_no_answer_is_unreachable(rasa: FakeRasa, settings: Any) -> None:
    settings.RASA_TIMEOUT = 0.1
    rasa.delay = 0.4
    with pytest.raises(RasaUnreachable):
        ask(RasaClient())
    rasa.stop()
    with pytest.raises(RasaUnreachable):
        ask(RasaClient())
