"""What the door is told of a turn."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.turn_report import report, told_before
from bot.knowledge.paths import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
EMPTY = dict.fromkeys(("intent", "confidence", "language", "concern", "place", "cite"))


def after(*events: Any) -> DialogueStateTracker:
    found = DialogueStateTracker("a", DOMAIN.slots)
    for event in events:
        found.update(event, DOMAIN)
    return found


def test_what_was_understood_and_is_known() -> None:
    told = after(
        UserUttered("…", {"name": "find_job", "confidence": 0.8}),
        SlotSet("language", "en"),
        SlotSet("concern", "find_job"),
        SlotSet("cite", "namur"),
        SlotSet("place", {"name": "Namur", "lat": 50.4, "lon": 4.8}),
    )
    assert report(told) == {
        "intent": "find_job", "confidence": 0.8, "language": "en", "concern": "find_job", "place": "Namur",
        "cite": "namur",
    }  # fmt: skip


@pytest.mark.parametrize("place", [None, "Namur", {"candidates": []}])
def test_a_place_that_is_not_sure_is_none(place: Any) -> None:
    assert report(after(UserUttered("…", {"name": "inform"}), SlotSet("place", place)))["place"] is None


def test_nothing_was_said() -> None:
    assert report(None) == EMPTY
    assert report(after()) == EMPTY


def test_what_helps_to_read_the_next_message() -> None:
    place = {"name": "Le Tampon", "country": "FR", "territory": "RE", "lat": -21.3, "lon": 55.5}
    told = after(SlotSet("pending", {"ask": "place", "intent": "ask_events"}), SlotSet("place", place))
    assert told_before(told) == {"expecting": "place", "country": "RE"}


@pytest.mark.parametrize("pending", [None, "place", {}, {"ask": "clarify"}])
@pytest.mark.parametrize("place", [None, "Namur", {"candidates": []}])
def test_what_says_nothing_of_the_next_message(pending: Any, place: Any) -> None:
    assert told_before(after(SlotSet("pending", pending), SlotSet("place", place))) == {}
    assert told_before(None) == {}
