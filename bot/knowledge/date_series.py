"""Several days of a month that is said once: "les 5 et 12 décembre", "December 24, 25 and 31", "du 3 au 7 mars"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.knowledge.date_calendar import next_day_of_month, one_day
from bot.knowledge.date_days import MONTH, dated
from bot.knowledge.date_patterns import Found, Reading, table
from bot.knowledge.date_pieces import Piece

_LINK = r"(?:,|,?[&Q])"
_NUMBER = r"[AEFXQ]{0,2}(?:[Wvq][,.]?)?A?[NO]\.?"
_OTHERS = rf"(?=(?:{_LINK}{_NUMBER}){{0,8}},?[&Q]{_NUMBER}F?A?{MONTH})"
"""The numbers after one, up to the month; "and" or "or" stands before the last, so that "room 3, 12 May" is no list."""
_MONTH_BEFORE = re.compile(rf"[Mmj]\.?A?[NO](?:{_LINK}A?[NO]){{0,8}}{_LINK}$")
_MONTHS = 12
_LONGEST_MONTH = 31
_LONGEST = 30  # items looked back at for the month


def _span(found: Found) -> Piece | None:
    """ "du 3 au 7 mars", "between the 3rd and the 7th of March", "3-7 March"."""
    if found.code("link") == "&" and found.code("lead") != "b":
        return None
    last = dated(found, found.value("num2") or 1, found.value("month"), found.value("year"))
    if last is None or found.number is None or not 1 <= found.number < last.day:
        return None
    return found.piece(days=(last.replace(day=found.number), last + timedelta(days=1)), kind="range", closed=True)


def _to_figures(found: Found) -> Piece | None:
    """ "du 14 au 18/12", "del 14 al 18/12/2026"."""
    value, number = found.value("date"), found.number
    last = value if isinstance(value, date) else dated(found, value[0], value[1], None) if value[1] <= _MONTHS else None
    if last is None or number is None or not 1 <= number < last.day:
        return None
    return found.piece(days=(last.replace(day=number), last + timedelta(days=1)), kind="range", closed=True)


def _of_no_month(found: Found) -> Piece | None:
    """ "du 5 au 12": the next that ends; "de 9 à 17" are hours, "du 2 au 3 pièces" are neither."""
    reading, start, ends = found.reading, found.match.start(), (found.place("lead"), found.place("to"))
    if not {reading.folded(place or 0) for place in ends} <= reading.words.range_articles:
        return None
    if found.following == "-" and start and reading.before(start) not in set(";,."):
        return None
    last = next_day_of_month(reading.now.date(), found.value("num2"))
    days = (last - timedelta(days=ahead) for ahead in range(1, _LONGEST_MONTH)) if last else ()
    first = next((day for day in days if day.day == found.number), None)
    return found.piece(days=(first, last + timedelta(days=1)), kind="range", closed=True) if first and last else None


def _dashed(found: Found) -> Piece | None:
    """ "le 5-12", "lundi 7-12": the fifth of December, a Monday the seventh; else it may be hours, ages, a score."""
    day = dated(found, found.number, found.value("num2"), None) if found.value("num2") <= _MONTHS else None
    article, asked = found.place("article"), found.following != "-" or found.reading.opening
    named = article is not None and found.reading.folded(article) in found.reading.words.day_articles and asked
    told = day.weekday() == found.value("wd") if day and found.code("wd") else named
    return found.piece(days=one_day(day)) if day and told else None


def _listed(found: Found) -> Piece | None:
    """ "les 5 (et 12 décembre)", "vendredi 4 (ou samedi 5 juin)": a number whose month comes after others."""
    month = found.place("month")
    assert month is not None
    if not _is_number(found) or not _are_links(found.reading, found.match.end(), month):
        return None
    day = dated(found, found.number, found.value("month"), found.value("year"))
    return found.piece(days=one_day(day)) if day else None


def _listed_after(found: Found) -> Piece | None:
    """ "(December 24) and 31st": a number whose month comes before others."""
    reading, start = found.reading, found.match.start()
    before = _MONTH_BEFORE.search(reading.codes[max(0, start - _LONGEST) : start])
    if not (before and reading.words.month_first and _is_number(found)):
        return None
    month = start - len(before.group())
    if not _are_links(reading, month, start):
        return None
    day = dated(found, found.number, reading.items[month].value, None)
    return found.piece(days=one_day(day)) if day else None


def _is_number(found: Found) -> bool:
    """Whether it is written as a date's number is: "un" is rarely the first."""
    return found.code("num") == "O" or found.reading.folded(found.place("num") or 0).isdigit()


def _are_links(reading: Reading, start: int, end: int) -> bool:
    """Whether each cue between two numbers is "or", or stands after the link: "2 pour le 12 mai" is no list."""
    cues = (place for place in range(start, end) if reading.codes[place] == "Q")
    return all(reading.items[place].value == "or" or reading.before(place) in set("&Q,") for place in cues)


PATTERNS = table(
    [
        (r"(?P<lead>[Fb])?A?(?P<num>[NO])\.?(?P<link>[X&~])A?(?P<num2>[NO])\.?F?A?" + MONTH, _span),
        (r"[Fb]A?(?P<num>N)\.?[X&]A?(?P<date>[Dd])", _to_figures),
        (r"(?P<lead>F)A?(?P<num>N)\.?(?P<to>[XK])A?(?P<num2>N)(?![~uUhrMmjzNT])", _of_no_month),
        (r"(?:A?(?P<wd>[Wv])[,.]*A?|(?P<article>A))(?P<num>N)~(?P<num2>N)(?![~uUhrMmjzNT])", _dashed),
        (r"A?t?(?:(?P<wd>[Wvq])[,.]*)?X?A?(?P<num>[NO])\.?" + _OTHERS, _listed),
        (rf"A?(?P<num>[NO])(?=(?:{_LINK}A?[NO])*,?[&Q]A?[NO](?![hUuTz-]))", _listed_after),
        (r"(?<=[&Q])A?(?:(?P<num>N)(?![hUuTz-]))", _listed_after),
        (r"(?<=[&Q])A?(?P<num>O)(?![Uu])", _listed_after),
    ]
)
