"""An event in lines ready to show, in the words of a language."""

from __future__ import annotations

from datetime import date, timedelta

from bot.knowledge import wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.event import Event


def when(event: Event, language: str, today: date) -> str:
    """Return when an event takes place: "mardi 1er décembre, 10 h – 12 h"; the year when it is not that of `today`."""
    last = event.end - timedelta(days=1) if event.all_day else event.end
    first_day, last_day = (wording.day(each.date(), language, today) for each in (event.start, last))
    if event.all_day:
        return first_day if last.date() <= event.start.date() else _days(language, first_day, last_day)
    begin = wording.time(event.start, language)
    if event.end == event.start:
        return f"{first_day}, {begin}"
    if _ends_that_day(event):
        return f"{first_day}, {wording.hours_range(event.start.time(), event.end.time(), language)}"
    return _days(language, f"{first_day}, {begin}", f"{last_day}, {wording.time(event.end, language)}")


def details(event: Event, language: str) -> str | None:
    """Return what is to know of an event besides, in one line, or None: from afar, full, for whom, on what terms."""
    told = [
        _word(language, "online") if event.online else None,
        _word(language, "full") if event.places_left == 0 else None,
        _word(language, "places_left", count=event.places_left) if event.places_left else None,
        _word(language, "audience", audience=event.audience) if event.audience else None,
        _word(language, "terms", terms=event.terms) if event.terms else None,
        _word(language, "date_announced") if event.announced else None,
    ]
    return " · ".join(filter(None, told)) or None


def _ends_that_day(event: Event) -> bool:
    return (event.end - timedelta(seconds=1)).date() == event.start.date()


def _days(language: str, first: str, last: str) -> str:
    return _word(language, "from_to", first=first, last=last)


def _word(language: str, key: str, **values: object) -> str:
    return Catalogue.load().text(f"card.{key}", language, **values)
