"""What the door is told of a turn beside the replies."""

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
