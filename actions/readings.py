"""What a message may have meant, as choices in the person's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from actions.turn import Choice, Turn
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.payload import payload


def readings(turn: Turn, fits: Callable[[str], bool]) -> Iterator[Choice]:
    """Yield the intents that `fits` admits by their names, the likeliest first."""
    for entry in turn.tracker.latest_message.get("intent_ranking") or []:
        if fits(entry["name"]):
            title = Catalogue.load().text(f"readings.{entry['name']}", turn.language)
            yield Choice(payload(entry["name"]), title=title)
