"""A message that comes again: the door sends it anew when the answer was lost, and it must not be lived through twice.

Its second time would find another conversation: a question that the first time answered is no longer open, so that
"yes, share it" would share nothing. The replies stand in the tracker, which is saved before they are sent.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

SEQ = "seq"
"""What the door calls, in the metadata, the message's number in its conversation."""


def replies_kept(tracker: DialogueStateTracker | None, metadata: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the replies to the message of this `metadata`, as they were made.

    None when it is a new one, or was not answered at all (the action server was away): it has its turn now.
    """
    seq = metadata.get(SEQ)
    events = list(tracker.events) if tracker is not None and seq is not None else []
    last = next((index for index in reversed(range(len(events))) if isinstance(events[index], UserUttered)), None)
    if last is None or (events[last].metadata or {}).get(SEQ) != seq:
        return None
    return [_reply(event) for event in events[last:] if isinstance(event, BotUttered)] or None


def _reply(event: Event) -> dict[str, Any]:
    data, metadata = event.data or {}, event.metadata or {}
    return {
        "text": event.text,
        "buttons": data.get("buttons") or [],
        "custom": data.get("custom"),
        "language": metadata.get("language"),
    }
