"""Hours in words: the ranges of a day, a part of a day, an ordinary week, an exceptional closure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from babel.dates import get_day_names

from actions.cite_words import line, with_remark, words
from bot.knowledge import wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.hours import DayHours, Range
from bot.knowledge.usual_week import UsualWeek

_CHANGES_TOLD = 4


def ranges(found: DayHours, language: str, unsure: bool = False) -> str:
    """Return the ranges of a day that are sure, "9 h – 12 h et 14 h – 17 h (sur rendez-vous)"; empty without any.

    `unsure`: those that are not sure too, with what is said of them.
    """
    told = [_range(span, language) for span in found.ranges if span.sure or unsure]
    return wording.join(told, language) if told else ""


def day_hours(found: DayHours, language: str) -> str:
    """Return the hours of a day, else that it is closed or not known: the two are never said alike."""
    if found.closure and not found.ranges:
        return words("card.closure", language)
    some_told = any(span.comment or span.sure for span in found.ranges)
    return ranges(found, language, unsure=some_told) or words(
        "card.closed_day" if found.known else "card.unknown_day", language
    )


def interviews(found: DayHours, language: str) -> str:
    """Return the hours of the advisors on a day, as `day_hours`."""
    none = found.known and not found.ranges and not found.closure
    return words("card.no_advisors", language) if none else day_hours(found, language)


def day_name(found: DayHours, language: str, today: date) -> str:
    """Return a day with the holiday that it is, if any: "vendredi 25 décembre (Noël)"."""
    name = wording.day(found.day, language, today)
    if found.holiday is None:
        return name
    return f"{name} ({found.holiday.name(language) or words('card.holiday', language)})"


def day_line(found: DayHours, advisors: DayHours | None, language: str, today: date) -> str:
    """Return a line of a list of days; `advisors` when they have other hours."""
    told = day_hours(found, language)
    if advisors is not None and (advisors.ranges or not advisors.known):
        told = _text("card.with_advisors", language, hours=told, advisors=interviews(advisors, language))
    elif advisors is not None and found.ranges:
        told = f"{told} ({words('card.no_advisors', language)})"
    return line(day_name(found, language, today), told, language)


def part(start: datetime, end: datetime, language: str) -> str:
    """Return a part of a day: "entre 9 h et 12 h", "après 18 h", "avant 9 h"."""
    times = {"start": wording.time(start, language), "end": wording.end_time(end, language)}
    if end.time() == time():
        return _text("card.after", language, start=times["start"])
    return _text("card.before" if start.time() == time() else "card.between", language, **times)


def period(first: date, last: date, language: str, today: date) -> str:
    """Return a span of days, both included: "du 1er août au 31 août"; one day as "samedi 28 novembre"."""
    if first == last:
        return wording.day(first, language, today)
    names = {"first": wording.date_long(first, language, today), "last": wording.date_long(last, language, today)}
    return _text("card.from_to", language, **names)


def usual_week(found: UsualWeek, language: str) -> str:
    """Return "lundi–mercredi 9 h 30 – 17 h 30, jeudi …", closed days left out; "fermé" when there are only such.

    A weekday whose hours differ from week to week is told as such: "samedi selon les semaines".
    """
    told = [
        (days[0].day.weekday(), f"{_weekdays(days, language)} {day_hours(days[0], language)}")
        for days in found.groups()
        if days[0].ranges or not days[0].known
    ]
    told += [(day, f"{_weekday(day, language)} {words('card.by_week', language)}") for day in found.varying]
    return ", ".join(text for _, text in sorted(told)) or words("card.closed_day", language)


def changes(later: Sequence[UsualWeek], language: str, today: date) -> str:
    """Return the weeks that follow, one a line: "• à partir du lundi 5 juillet : lundi–vendredi 10 h – 15 h"."""
    lines = [_change(week, usual_week(week, language), language, today) for week in later[:_CHANGES_TOLD]]
    lines += [_change(week, words("card.other_hours", language), language, today) for week in later[_CHANGES_TOLD:][:1]]
    return "\n".join(lines)


def _range(span: Range, language: str) -> str:
    told = wording.hours_range(span.start.time(), span.end.time(), language)
    to_confirm = None if span.sure else words("card.to_confirm", language)
    return with_remark(told, span.comment or to_confirm, language)


def _change(week: UsualWeek, told: str, language: str, today: date) -> str:
    day = wording.day(week.first, language, today)
    return line(_text("card.from_day", language, day=day), told, language)


def _weekdays(days: Sequence[DayHours], language: str) -> str:
    first, last = (_weekday(each.day.weekday(), language) for each in (days[0], days[-1]))
    return first if first == last else f"{first}–{last}"


def _weekday(number: int, language: str) -> str:
    return str(get_day_names("wide", locale=wording.spoken(language))[number])


def _text(key: str, language: str, **values: str) -> str:
    return Catalogue.load().text(key, language, **values)
