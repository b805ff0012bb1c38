"""When events are looked for: the dates of a message as spans of time, some of which come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from bot.knowledge.event import Event

NEAR = timedelta(hours=2)
"""How long after a moment ("samedi à 15 h") an event may begin."""
AHEAD = timedelta(days=30)
"""How far ahead a habit ("tous les jeudis") is followed."""
OPEN = timedelta(days=120)
"""How far ahead "from Monday" or "after the holidays" reaches."""
_NOW = timedelta(minutes=2)
_MOST_SPANS = 5  # dates of one message
_TO, _FROM = frozenset({"before", "until"}), frozenset({"from", "after"})


@dataclass(frozen=True)
class Span:
    """A half-open range; without a zone, its times are those of the clock of each Cité.

    `every`: the number of days after which it comes again, for as long as `AHEAD`; 0 when it does not.
    """

    start: datetime
    end: datetime
    every: int = 0

    @property
    def last(self) -> datetime:
        """When the last of its occurrences ends."""
        return max(end for _, end in self.occurrences())

    def occurrences(self) -> Iterator[tuple[datetime, datetime]]:
        """Return each beginning and end, in order."""
        yield self.start, self.end
        step = timedelta(days=self.every)
        for number in range(1, AHEAD // step + 1 if step else 1):
            yield self.start + number * step, self.end + number * step

    def holds(self, event: Event) -> bool:
        """Tell whether an event takes place in it, even in part."""
        zone = event.start.tzinfo
        return any(
            event.start < _at(end, zone) and (event.end > _at(start, zone) or event.start >= _at(start, zone))
            for start, end in self.occurrences()
        )

    def as_list(self) -> list[Any]:
        """Return [start, end, every], times in ISO 8601."""
        return [self.start.isoformat(), self.end.isoformat(), self.every]

    @staticmethod
    def from_list(value: Sequence[Any]) -> Span:
        """Return what `as_list` gave; raises ValueError or TypeError for anything else."""
        start, end, every = value
        return Span(datetime.fromisoformat(start), datetime.fromisoformat(end), min(max(0, int(every)), AHEAD.days))


def spans(found: Iterable[Mapping[str, Any]], now: datetime) -> list[Span]:
    """Return what the dates of a message ({"from", "to", "kind", "every", "side"}: see `dates`) mean for events.

    A moment means what goes on then or begins soon after, that day; a habit, each of its days; a day with a side, all
    from now to it, or from it on. A beginning and the end that follows ("after the 10th and before the 20th") are one.
    """
    named: list[tuple[Span, str | None]] = []
    for _, value in zip(range(_MOST_SPANS), found):
        span, side = _span(value, now), value.get("side")
        if named and side in _TO and named[-1][1] in _FROM and clock(named[-1][0].start) < span.end:
            named[-1] = Span(named[-1][0].start, span.end), None
        else:
            named.append((span, side))
    return [span for span, _ in named]


def clock(moment: datetime) -> datetime:
    """Return what a clock shows at a time, to compare times with and without a zone."""
    return moment.replace(tzinfo=None)


def _span(value: Mapping[str, Any], now: datetime) -> Span:
    told = datetime.fromisoformat(value["from"])
    start = clock(told)
    if value.get("to"):
        end = clock(datetime.fromisoformat(value["to"]))
        if value.get("side"):
            return _opened(Span(start, end), str(value["side"]), now)
        weekly = 7 if value.get("kind") == "recurring" else 0
        every = 1 if value.get("every") == "day" else weekly
        return Span(start, end, every)
    if told.tzinfo and abs(told - now) < _NOW:  # "now" is the same moment everywhere
        return Span(now, now + NEAR)
    midnight = datetime.combine(start.date() + timedelta(days=1), time())
    every = 7 if value.get("kind") == "recurring" else 0
    return Span(start, min(start + NEAR, midnight), every)


def _opened(named: Span, side: str, now: datetime) -> Span:
    """The span on one side of the days named; the days themselves where nothing of it is still to come."""
    if side in _FROM:
        start = max(named.end if side == "after" else named.start, clock(now))
        return Span(start, start + OPEN)
    end = named.start if side == "before" else named.end
    return Span(now, end) if clock(now) < end else named


def _at(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
