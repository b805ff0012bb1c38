"""An event, whatever the format it came in, and what makes the words of strangers fit to be shown."""

from __future__ import annotations

import hashlib
import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.knowledge import event_words, iso

MAX_DAYS = 400
"""A span longer than this is cut."""
MAX_EVENTS = 20_000
"""A source that tells of more than this is not read: no Cité has so many."""
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_TAG = re.compile(r"<[^<>]{0,500}>")
_INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,500}>[^<]{0,100000}</\1\s*>", re.IGNORECASE)
_OLDEST, _LATEST = 1900, 2200  # years between which a date is believed


@dataclass(frozen=True)
class Event:
    """One occurrence of an event.

    `start` and `end` are in the Cité's zone; `end` equals `start` when it is not known. An all-day
    event goes from midnight to the midnight after its last day. `themes`: its categories, as written.
    `online`: one can take part from afar, there or as well; `audience`: for whom, `terms`: its price and
    what one must know to come, in the words of the source; `places_left`: free places, None when nothing tells;
    `booking`: the address where one signs up.
    `announced`: the date was read in the words of an announcement, so that it is less sure.
    """

    uid: str
    title: str
    start: datetime
    end: datetime
    all_day: bool
    location: str | None = None
    url: str | None = None
    description: str | None = None
    language: str | None = None
    themes: tuple[str, ...] = ()
    online: bool = False
    audience: str | None = None
    places_left: int | None = None
    booking: str | None = None
    announced: bool = False
    terms: str | None = None

    def __hash__(self) -> int:
        """Hash it once: an agenda is put in order and compared at each question."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.order)

    @cached_property
    def order(self) -> tuple[datetime, str, str]:
        """By what events are sorted: their start, then their title."""
        return self.start, self.title, self.uid

    @cached_property
    def key(self) -> str:
        """What tells this event from the others of its Cité, its start apart: 16 hexadecimal digits."""
        told = f"{self.uid}\n{self.title}"  # pages are taken for identifiers, and tell of several events
        return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()

    @cached_property
    def text(self) -> str:
        """All the words by which it may be found."""
        return " ".join(filter(None, (self.title, self.description, *self.themes)))

    @cached_property
    def told(self) -> str:
        """All that is said of it, with for whom it is and on what terms."""
        return " ".join(filter(None, (self.text, self.audience, self.terms)))

    @cached_property
    def name(self) -> str:
        """What it is called: its title and its categories."""
        return " ".join((self.title, *self.themes))


_ORDER = attrgetter("order")


class Listing(Protocol):
    """What one source tells, parsed once and asked as often as wanted."""

    def between(self, start: datetime, end: datetime) -> list[Event]:
        """Return the events that take place, even in part, from `start` to before `end` (aware), by start."""


class Dated:
    """A listing of events that each have their date."""

    def __init__(self, found: Iterable[Event]) -> None:
        """Keep `found` by start, each once, and no more than `MAX_EVENTS`; what its title says is cancelled is left."""
        told = {event for each in found if (event := _as_told(each))}
        self.events: Sequence[Event] = sorted(told, key=_ORDER)[:MAX_EVENTS]
        self._starts = [event.start for event in self.events]

    def between(self, start: datetime, end: datetime) -> list[Event]:
        """Return those that take place from `start` to before `end`."""
        before = self.events[: bisect_left(self._starts, end)]
        return [event for event in before if event.end > start or event.start >= start]


def _as_told(event: Event) -> Event | None:
    """The event as its title and its place tell it: full, or from afar; None when it does not take place."""
    remark = event_words.remark(event.title, event.language)
    if remark == "cancelled":
        return None
    if remark == "full":
        event = replace(event, places_left=0)
    link = web_address(event.location)
    if link:  # the place of what one follows from afar is its link
        return replace(event, location=None, online=True, url=event.url or link)
    afar = event.location and not event.online and event_words.is_from_afar(event.location, event.language)
    return replace(event, online=True) if afar else event


def merged(lists: Sequence[Sequence[Event]]) -> list[Event]:
    """Return the events of several lists, each by start, as one such list without the same one twice."""
    filled = [each for each in lists if each]
    if len(filled) <= 1:
        return list(filled[0]) if filled else []
    return sorted({event for each in filled for event in each}, key=_ORDER)


def plain(value: object, longest: int) -> str | None:
    """Return plain text in one line, no tags, scripts, entities nor what cannot be printed; None for none."""
    text = str(value or "")[: 20 * longest]
    if "<" in text:
        text = _TAG.sub(" ", _INLINE.sub("", _SCRIPT.sub(" ", text)))
    text = _INVISIBLE.sub("", html.unescape(text))
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    text = " ".join(text.split())
    return (text if len(text) <= longest else text[: longest - 1].rstrip() + "…") or None


def web_address(value: object) -> str | None:
    """Return an http(s) address, or None when `value` is anything else."""
    text = value.strip() if isinstance(value, str) else ""
    return text if re.fullmatch(r"https?://[^\s<>\"\\\x00-\x1f\x7f]{3,500}", text) else None


def language_code(value: object) -> str | None:
    """Return the two letters of a language tag ("fr-FR" → "fr"), or None."""
    code = value[:2].lower() if isinstance(value, str) else ""
    return code if re.fullmatch("[a-z]{2}", code) else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the beginning of a day in `zone`."""
    return datetime.combine(day, time(), zone)


def midnight_after(start: datetime, end: datetime) -> datetime | None:
    """Return the end of whole days, which OpenAgenda and web pages write as 00:00 to 23:59; None for anything else."""
    after = end + timedelta(minutes=1)
    if start.time() != time() or start == end or time() not in (end.time(), after.time().replace(second=0)):
        return None
    return end if end.time() == time() else datetime.combine(after.date(), time(), end.tzinfo)


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a time in `zone`; one without a zone is that of `zone`. Raises ValueError when it is not believable."""
    if not _OLDEST <= moment.year <= _LATEST:
        raise ValueError(f"the year {moment.year}")
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def read_iso(value: object, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """Return the time that an ISO 8601 text tells, to the second, and whether it is a whole day; None for none."""
    try:
        found = iso.read(value.strip() if isinstance(value, str) else "")
        if isinstance(found, datetime):
            return in_zone(found.replace(microsecond=0), zone), False
        return in_zone(midnight(found, zone), zone), True
    except (ValueError, OverflowError):
        return None
