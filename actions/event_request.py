"""What a message about events asks for (dates, theme, for whom, how near), or the button for the rest of an answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actions.turn import Turn
from bot.knowledge import date_sides, event_times, event_words
from bot.knowledge.agenda import Event, Wanted
from bot.knowledge.agenda_sources import PATIENCE_S
from bot.knowledge.concerns import CONCERNS, load_concerns
from bot.knowledge.event_times import Span, clock
from bot.knowledge.language import UNDERSTOOD
from bot.knowledge.text import fold

SOON = timedelta(days=30)
_MOST_SEEN = 150  # events that a button keeps in mind
_MOST_THEME_WORDS = 3
_LONGEST = 100  # characters of the words of a theme that a button keeps


@dataclass(frozen=True)
class EventRequest:
    """Spans of time, what is wanted in them, and whether the dates were asked for.

    `until` (time.monotonic()): how long the answer may wait for agendas never read before, however it is widened.
    `cites` and `seen`: of the rest of an earlier answer, the Cités it was about and marks of the events it has shown.
    """

    spans: tuple[Span, ...]
    dated: bool
    wanted: Wanted
    radius_km: float | None = None
    cites: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    until: float = field(default_factory=lambda: time.monotonic() + PATIENCE_S, compare=False)

    @property
    def start(self) -> datetime:
        """When the first span begins."""
        return min((span.start for span in self.spans), key=clock)

    @property
    def end(self) -> datetime:
        """When the last one ends."""
        return max((span.last for span in self.spans), key=clock)

    def holds(self, event: Event) -> bool:
        """Tell whether an event between `start` and `end` takes place in one of the spans."""
        in_one_piece = len(self.spans) == 1 and not self.spans[0].every
        return in_one_piece or any(span.holds(event) for span in self.spans)

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
        return len((self.wanted.theme or "").split()) > _MOST_THEME_WORDS


def read(turn: Turn) -> EventRequest:
    """Return what the message of `turn`, or its button, asks for."""
    for value in turn.entities("search"):
        if isinstance(value, dict) and (found := _rest(value)):
            return found
    named = event_times.spans(turn.entities("date"), turn.now)
    spans = named or [Span(turn.now, turn.now + SOON)]
    return EventRequest(tuple(spans), bool(named), _wanted(turn), event_words.radius_km(turn.text))


def rest(request: EventRequest, cites: Sequence[str], shown: Iterable[str]) -> dict[str, Any]:
    """Return what a button keeps to show what follows in an answer: `shown` are marks of the events just shown."""
    return {
        "spans": [span.as_list() for span in request.spans],
        "cites": list(cites),
        "seen": [*request.seen, *shown][-_MOST_SEEN:],
        **{name: value for name, value in vars(request.wanted).items() if value},
    }


def _rest(value: dict[str, Any]) -> EventRequest | None:
    try:
        spans = tuple(map(Span.from_list, value["spans"]))
        cites, seen = (tuple(map(str, value[name])) for name in ("cites", "seen"))
    except (KeyError, TypeError, ValueError):
        return None
    theme, words, audience = (_text(value.get(name)) for name in ("theme", "words", "audience"))
    wanted = Wanted(theme, words, value.get("online") is True, audience, value.get("free") is True)
    return EventRequest(spans, True, wanted, None, cites, seen) if spans else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _wanted(turn: Turn) -> Wanted:
    text, language = turn.text, language_of(turn)
    words = event_words.theme(text, language, cut(turn, language))
    return Wanted(
        theme=_concern(turn, language) or (fold(words) if words else None),
        words=event_words.in_context(words, text)[:_LONGEST] if words else None,
        online=event_words.asks_online(text, language),
        audience=event_words.audience(text, language),
        free=event_words.asks_free(text, language),
    )


def language_of(turn: Turn) -> str:
    """The language of the message, else the conversation's."""
    return next((str(code) for code in turn.entities("language") if code in UNDERSTOOD), turn.language)


def cut(turn: Turn, language: str) -> list[tuple[int, int]]:
    """Where dates and places are in the message, a date with the words that tell a side of it ("before")."""
    found = turn.tracker.latest_message.get("entities") or []
    places = [each for each in found if each["entity"] in ("date", "place")]
    known = [each for each in places if isinstance(each.get("start"), int) and isinstance(each.get("end"), int)]
    return [(_beginning(turn.text, each, language), each["end"]) for each in known]


def _beginning(text: str, entity: dict[str, Any], language: str) -> int:
    start: int = entity["start"]
    return date_sides.beginning(text, start, language) if entity["entity"] == "date" else start


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
