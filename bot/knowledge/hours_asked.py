"""What a question about opening hours asks for: now, a moment, a part of a day, days, a period, or a kind of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.knowledge import dates
from bot.knowledge.date_words import notion
from bot.knowledge.wording import spoken

Kind = Literal["now", "moment", "part", "daily", "days", "period", "school_holidays", "public_holidays"]

MOST_DAYS = 10
"""How many days may be told one by one; more are a period."""
_WHOLE_DAY = timedelta(days=1)
_NOW = timedelta(minutes=2)


@dataclass(frozen=True)
class Asked:
    """What is asked for, in local time of the Cité.

    "now": nothing is named. "moment": `start`. "part": a part of one day, `start` to `end`. "daily": the same
    part of every day ("le soir"). "days": whole days, `start` to `end`, and those of `more`. "period": more than
    `MOST_DAYS` of them, in a row. "school_holidays", "public_holidays": such days in general, none being named.
    """

    kind: Kind
    start: datetime | None = None
    end: datetime | None = None
    more: tuple[date, ...] = ()

    @property
    def days(self) -> list[date]:
        """The days that are touched, in order; empty when nothing is named."""
        return sorted({*self._spanned, *self.more})

    @property
    def _spanned(self) -> list[date]:
        if self.start is None:
            return []
        last = self.start if self.end is None else self.end - timedelta(microseconds=1)
        count = (last.date() - self.start.date()).days + 1
        return [self.start.date() + timedelta(days=number) for number in range(max(count, 1))]


def asked(text: str, found: Iterable[Mapping[str, Any]], now: datetime, language: str) -> Asked:
    """Return what is asked for by `text`, of which the dates `found` are known ({"from", "to", "kind"}).

    `now` is the time at the Cité; `text` is in `language`, and may be empty. The first date counts, and where it is of
    a day or a few, all others that are ("le 24 et le 31"); the kinds of days count when no date is named.
    """
    named = [_dated(value, now) for value in found]
    if named:
        return _with_days(named[0], named[1:])
    about = notion(text, language if language in dates.LANGUAGES else spoken(language)) if text else None
    if about == "school_holidays":
        return Asked("school_holidays")
    return Asked("public_holidays" if about else "now")


def read_at(text: str, now: datetime, zone: str, language: str) -> list[dict[str, Any]]:
    """Return the dates of `text` as somebody in the time zone `zone` means them; values as entities hold them."""
    return [span.as_dict() for span in dates.find(text, now.astimezone(ZoneInfo(zone)), language)]


def _with_days(first: Asked, others: Iterable[Asked]) -> Asked:
    """The first date with the other days named: of several days, each is told whole ("mardi et jeudi aprem")."""
    known = _whole_days(first)
    more = [day for other in others for day in _whole_days(other) if day not in known]
    if not known or not more:
        return first
    start = datetime.combine(known[0], time(), first.start.tzinfo if first.start else None)
    more = list(dict.fromkeys(more))[: max(0, MOST_DAYS - len(known))]
    return Asked("days", start, start + len(known) * _WHOLE_DAY, tuple(more))


def _whole_days(named: Asked) -> list[date]:
    """The days of a date that may be told among others; of a part of a day or a moment, the one that it begins on."""
    if named.kind == "days":
        return named.days
    return [named.start.date()] if named.start and named.kind in ("part", "moment") else []


def _dated(value: Mapping[str, Any], now: datetime) -> Asked:
    start = _by_the_clock(value["from"], now)
    if not value.get("to"):
        return Asked("now") if abs(start - now) < _NOW else Asked("moment", start)
    end = _by_the_clock(value["to"], now)
    if value.get("every") == "day":
        return Asked("daily", start, end)
    if end - start < _WHOLE_DAY:
        return Asked("part", start, end)
    found = Asked("days", start, end)
    return found if len(found.days) <= MOST_DAYS else Asked("period", start, end)


def _by_the_clock(told: str, now: datetime) -> datetime:
    """The hour that was said is that of the Cité's own clock, whatever the offset it was written with."""
    return datetime.fromisoformat(told).replace(tzinfo=now.tzinfo)
