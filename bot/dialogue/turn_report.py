"""What a turn is told of those before it, and what the door is told of a turn beside the replies."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker


def report(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Return {"intent", "confidence", "language", "concern", "place", "cite"} after a turn; values may be None."""
    if tracker is None or tracker.latest_message is None:
        return dict.fromkeys(("intent", "confidence", "language", "concern", "place", "cite"))
    intent = tracker.latest_message.intent
    place = tracker.get_slot("place")
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "language": tracker.get_slot("language"),
        "concern": tracker.get_slot("concern"),
        "place": place.get("name") if isinstance(place, dict) else None,
        "cite": tracker.get_slot("cite"),
    }


def told_before(tracker: DialogueStateTracker | None) -> dict[str, str]:
    """Return what helps to read the next message: `expecting`, the slot just asked for; `country`, the person's.

    "Tours" or "Nice" answers the question "where are you?"; "Saint-Denis" is another town in Réunion.
    """
    if tracker is None:
        return {}
    pending, place = tracker.get_slot("pending"), tracker.get_slot("place")
    known: dict[str, str] = {}
    if isinstance(pending, dict) and pending.get("ask") in ("place", "country", "distress_country"):
        known["expecting"] = "place"
    if isinstance(place, dict) and place.get("territory"):
        known["country"] = str(place["territory"])
    return known
