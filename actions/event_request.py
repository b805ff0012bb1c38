"""What a message about events asks for (dates, theme, for whom, how near), or the button for the rest of an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actions.turn import Turn
from bot.knowledge import event_words
from bot.knowledge.agenda import Wanted
from bot.knowledge.agenda_sources import PATIENCE_S
from bot.knowledge.concerns import CONCERNS, load_concerns
from bot.knowledge.language import UNDERSTOOD
from bot.knowledge.text import fold

SOON = timedelta(days=30)
_MOST_THEME_WORDS = 3
_LONGEST = 100  # characters of the words of a theme that a button keeps


@dataclass(frozen=True)
class EventRequest:
    """A span (times without a zone are those of each Cité), what is wanted in it, and whether the dates were asked for.

    `until` (time.monotonic()): how long the answer may wait for agendas never read before, however it is widened.
    `cites` and `skip`: of the rest of an earlier answer, the Cités it was about and how many events it has shown.
    """

    start: datetime
    end: datetime
    dated: bool
    wanted: Wanted
    radius_km: float | None = None
    cites: tuple[str, ...] = ()
    skip: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + PATIENCE_S, compare=False)

    @property
    def filtered(self) -> bool:
        """Whether more than a theme is asked for."""
        return self.wanted.online or self.wanted.free or self.wanted.audience is not None

    @property
    def guessed(self) -> bool:
        """Whether the theme is only what is left of the message once the empty words are taken away."""
        return self.wanted.theme is not None and self.wanted.theme not in CONCERNS

    @property
    def rambling(self) -> bool:
        """Whether too much is left of the message for it to be a theme."""
        return len((self.wanted.words or "").split()) > _MOST_THEME_WORDS


def read(turn: Turn) -> EventRequest:
    """Return what the message of `turn`, or its button, asks for."""
    for value in turn.entities("search"):
        if isinstance(value, dict) and (found := _rest(value)):
            return found
    start, end, dated = _span(turn)
    return EventRequest(start, end, dated, _wanted(turn), event_words.radius_km(turn.text))


def rest(request: EventRequest, cites: Sequence[str], skip: int) -> dict[str, Any]:
    """Return what a button keeps to show what comes after the first `skip` events of an answer."""
    wanted = request.wanted
    return {
        "from": request.start.isoformat(),
        "to": request.end.isoformat(),
        "cites": list(cites),
        "skip": skip,
        **{name: value for name, value in vars(wanted).items() if value},
    }


def _rest(value: dict[str, Any]) -> EventRequest | None:
    try:
        start, end = (datetime.fromisoformat(value[name]) for name in ("from", "to"))
        cites, skip = tuple(map(str, value["cites"])), int(value["skip"])
    except (KeyError, TypeError, ValueError):
        return None
    theme, words, audience = (_text(value.get(name)) for name in ("theme", "words", "audience"))
    wanted = Wanted(theme, words, value.get("online") is True, audience, value.get("free") is True)
    return EventRequest(start, end, True, wanted, None, cites, max(0, skip))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _span(turn: Turn) -> tuple[datetime, datetime, bool]:
    """The dates named, as the clock of each Cité has them; else from now on."""
    for value in turn.entities("date"):
        start = datetime.fromisoformat(value["from"])
        end = datetime.fromisoformat(value["to"]) if value.get("to") else start + timedelta(days=1)
        return start.replace(tzinfo=None), end.replace(tzinfo=None), True
    return turn.now, turn.now + SOON, False


def _wanted(turn: Turn) -> Wanted:
    text, language = turn.text, _language(turn)
    words = event_words.theme(text, language, _cut(turn))
    return Wanted(
        theme=_concern(turn, language) or (fold(words) if words else None),
        words=words[:_LONGEST] if words else None,
        online=event_words.asks_online(text, language),
        audience=event_words.audience(text, language),
        free=event_words.asks_free(text, language),
    )


def _language(turn: Turn) -> str:
    """The language of the message, else the conversation's."""
    return next((str(code) for code in turn.entities("language") if code in UNDERSTOOD), turn.language)


def _cut(turn: Turn) -> list[tuple[int, int]]:
    """Where dates and places are in the message."""
    found = turn.tracker.latest_message.get("entities") or []
    places = [(each.get("start"), each.get("end")) for each in found if each["entity"] in ("date", "place")]
    return [(start, end) for start, end in places if isinstance(start, int) and isinstance(end, int)]


def _concern(turn: Turn, language: str) -> str | None:
    """The concern of the button, else the one of which the message uses a theme word."""
    told = [value for value in turn.entities("concern") if value in load_concerns()]
    if told:
        return str(told[0])
    said = f" {fold(turn.text)} "
    for concern in load_concerns().values():
        words = concern.theme.get(language, ()) + concern.theme.get("fr", ())
        if any(f" {fold(word)} " in said for word in words):
            return concern.id
    return None
