"""Events of an RSS or Atom feed, where a date of the event itself can be read: the last resort.

What a feed dates is the day a piece of news came out, which is never taken for the day of an event. An entry counts
only when it bears the date of the event in an extension (RSS's event module, xCal, Google's gd:when), or when its
title tells a day that does not depend on when it is read ("le 12 janvier à 14 h", not "samedi prochain"). The latter is
marked as `announced`: less sure, and said to be so. All other entries are left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bot.knowledge import dates
from bot.knowledge.event import MAX_EVENTS, Dated, Event, in_zone, midnight, plain, read_iso, web_address
from bot.knowledge.feed_xml import Entry, FeedXmlError, entries

_READ_TITLES = 300  # of the entries without an extension, the first ones: a feed begins with the newest
_AHEAD = timedelta(days=120)  # how long before an event its announcement may come out
_APART = timedelta(days=8)  # two readings of a title: a weekday differs, a day of the calendar does not
_LONGEST_SPAN = timedelta(days=14)
_HOURS = timedelta(hours=23)  # from here on, a span is of whole days


def read(content: bytes, zone: ZoneInfo, language: str | None) -> Dated | None:
    """Return the dated events of a feed, None when it is none."""
    try:
        found = entries(content, MAX_EVENTS)
    except FeedXmlError:
        return None
    sure = [event for entry in found if (event := _marked(entry, zone, language))]
    unmarked = [entry for entry in found if not _start(entry)][:_READ_TITLES]
    return Dated([*sure, *(event for entry in unmarked if (event := _announced(entry, zone, language)))])


def _start(entry: Entry) -> str:
    return entry.first("startdate", "dtstart", "startTime")


def _marked(entry: Entry, zone: ZoneInfo, language: str | None) -> Event | None:
    """The event of an entry that bears its date."""
    start = _moment(_start(entry), zone)
    if start is None:
        return None
    included, excluded = _moment(entry.first("enddate"), zone), _moment(entry.first("dtend", "endTime"), zone)
    last = _midnight_after(included or start, zone)
    if excluded and not included:  # as in iCalendar, an end that is a day is the day after the last one
        last = max(last, excluded[0]) if start[1] else excluded[0]
    return _event(entry, start[0], max(start[0], last), start[1], language, announced=False)


def _midnight_after(moment: tuple[datetime, bool], zone: ZoneInfo) -> datetime:
    """The end of a whole day; a time as it is."""
    return midnight((moment[0] + timedelta(days=1)).date(), zone) if moment[1] else moment[0]


def _moment(text: str, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """A time in ISO 8601, or in the compact form of iCalendar, and whether it is a whole day."""
    if len(text) in (8, 15, 16) and text[:8].isdigit():
        clock = f"T{text[9:11]}:{text[11:13]}:{text[13:15]}{text[15:]}" if len(text) > 8 else ""
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}{clock}"
    return read_iso(text, zone)


def _announced(entry: Entry, zone: ZoneInfo, language: str | None) -> Event | None:
    """The event whose day the title tells, when it comes out as the news of something to come."""
    published, title = _published(entry, zone), plain(entry.first("title"), 200)
    if published is None or not title:
        return None
    readings = [dates.find(title, now, language) for now in (published, published - _APART)]
    spans = [(span.from_, span.to) for span in readings[0]]
    if len(spans) != 1 or spans != [(span.from_, span.to) for span in readings[1]]:
        return None
    start, end = spans[0][0], spans[0][1] or spans[0][0]
    if not timedelta() <= end - published <= _AHEAD + _LONGEST_SPAN or end - start > _LONGEST_SPAN:
        return None
    all_day = end - start >= _HOURS
    return _event(entry, in_zone(start, zone), in_zone(end, zone), all_day, language, announced=True)


def _published(entry: Entry, zone: ZoneInfo) -> datetime | None:
    told = entry.first("pubDate", "published", "date", "updated", "issued")
    found = read_iso(told, zone)
    try:
        return found[0] if found else in_zone(parsedate_to_datetime(told), zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _event(
    entry: Entry, start: datetime, end: datetime, all_day: bool, language: str | None, announced: bool
) -> Event | None:
    title = plain(entry.first("title"), 200)
    if not title:
        return None
    page = next(filter(None, map(web_address, (entry.first("link"), entry.first("href"), entry.first("guid")))), None)
    themes = (plain(word, 100) for word in entry.texts.get("category", [])[:50])
    return Event(
        uid=str(plain(entry.first("guid", "id"), 500) or page or ""),
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        location=plain(entry.first("location"), 200),
        url=page,
        description=plain(entry.first("description", "summary", "encoded", "content"), 1000),
        language=language,
        themes=tuple(filter(None, themes)),
        announced=announced,
    )
