"""Patterns for days: weekdays, dates, "tomorrow", holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.knowledge import date_calendar as cal
from bot.knowledge import named_days
from bot.knowledge.date_patterns import Found, table
from bot.knowledge.date_pieces import PARTS, Piece

_SURE_SHORT = 3  # letters: German "so" is more often a word than a Sunday
_HOUR_AFTER = r"\.?[XK]*T|\.?KN"
_ORDINAL_ONLY = re.compile(r"\d+(?:e|eme)")  # "la semaine de 3e" is of a class
_LISTED = re.compile(r"(?:[&Q,]A?[NO])+(?P<after>.?)")
"""Numbers after one: "le 24 et le 31"."""
_MOST_DAYS = 31
_WEEKS = 54  # in which the number of any week comes again, or the year has none
_TWO_FIGURES_EACH = 5  # length of "07/12", which is a date even without an article; "7/12" is not


def _moment(found: Found) -> Piece:
    offset, part = found.value("moment")
    day = found.reading.now.date() + timedelta(days=offset)
    return found.piece(days=cal.one_day(day), hours=PARTS[part] if part else None, part=part)


def _compound(found: Found) -> Piece:
    _, weekday, part = found.value("moment")
    day = cal.weekday_after(found.reading.now.date(), weekday)
    return found.piece(days=cal.one_day(day), hours=PARTS[part], part=part)


def _today_part(found: Found) -> Piece:
    part = found.value("part")
    return found.piece(days=cal.one_day(found.reading.now.date()), hours=PARTS[part], part=part)


def _weekday(found: Found) -> Piece | None:
    today, weekday = found.reading.now.date(), found.value("wd")
    often = found.code("wd") == "w" or _is_habit(found)
    day = cal.weekday_after(today, weekday, include=often)
    kind = "recurring" if often else "day"
    return found.piece(days=cal.one_day(day), kind=kind, weekday=weekday)


def _weak_weekday(found: Found) -> Piece | None:
    """ "quinta ou sexta", "segunda às 9h", "quarta abrem?", or "quinta" when asked for: not a fifth of anything."""
    reading, first, end = found.reading, found.match.start(), found.match.end()
    asked = found.is_alone or (reading.expected and (not first or reading.before(first) in ";,&"))
    beside = re.search(r"[WqC][&Q,]A?$", reading.codes[:first]) or re.match(r"[&Q,]A?[Wq]", reading.codes[end:])
    told = re.match(r"[BPTK]|[XE]A?[BPT]", reading.codes[end:]) or reading.folded(end) in reading.words.opening
    return _weekday(found) if asked or beside or told else None


def _short_weekday(found: Found) -> Piece | None:
    return _weekday(found) if len(found.reading.folded(found.match.start())) >= _SURE_SHORT else None


def _is_habit(found: Found) -> bool:
    place, reading = found.place("wd"), found.reading
    if not place:
        return False
    return reading.before(place) == "y" or reading.folded(place - 1) in reading.words.habit_articles


def _related_weekday(found: Found) -> Piece:
    today, weekday, relation = found.reading.now.date(), found.value("wd"), found.code("rel")
    if relation == "l":
        day = cal.weekday_before(today, weekday)
    else:
        day = cal.weekday_after(today, weekday, include=relation == "t")
    return found.piece(days=cal.one_day(day))


def _weekday_of_week(found: Found) -> Piece | None:
    if found.value("unit") != "week":
        return None
    offset = {"t": 0, "n": 1, "l": -1}[found.code("rel")]
    monday = cal.week(found.reading.now.date(), offset)[0]
    return found.piece(days=cal.one_day(monday + timedelta(days=found.value("wd"))))


def _weekday_in_weeks(found: Found) -> Piece:
    day = cal.weekday_after(found.reading.now.date(), found.value("wd")) + timedelta(
        weeks=found.value("weeks")
    )
    return found.piece(days=cal.one_day(day))


def _weekday_and_number(found: Found) -> Piece | None:
    number = found.number
    if number is None or number > 31 or found.value("unit") not in {None, "day"}:
        return None
    if found.following in {"-", "r"} and number <= 12 and not found.code("unit"):
        return None
    today = found.reading.now.date()
    day = cal.next_day_of_month(today, number, found.value("wd")) or cal.next_day_of_month(today, number)
    return found.piece(days=cal.one_day(day)) if day else None


def _day_of_month(found: Found) -> Piece | None:
    """ "le 15 du mois prochain", "no dia 2 deste mês"."""
    if found.value("unit", "unit2") != "month" or found.number is None:
        return None
    today, offset = found.reading.now.date(), {"t": 0, "n": 1, "l": -1}[found.code("rel", "rel2")]
    first, end = cal.month(today.year, today.month + offset)
    day = first + timedelta(days=found.number - 1)
    return found.piece(days=cal.one_day(day)) if first <= day < end else None


def _nth_weekday(found: Found) -> Piece | None:
    """ "le premier lundi de décembre", "el último sábado del mes"."""
    today, weekday = found.reading.now.date(), found.value("wd")
    if found.code("month"):
        first, end = cal.month(found.value("year") or today.year, found.value("month"))
        again = cal.month(first.year + 1, first.month) if not found.value("year") else (first, end)
    elif found.value("unit") == "month":
        first, end = cal.month(today.year, today.month + {"": 0, "t": 0, "n": 1, "l": -1}[found.code("rel", "rel2")])
        again = cal.month(first.year, first.month + 1) if not found.code("rel", "rel2") else (first, end)
    else:
        return None
    number = found.number if found.code("num") else None
    days = (cal.nth_weekday(month, weekday, number) for month in ((first, end), again))
    day = next((day for day in days if day and (day >= today or (first, end) == again)), None)
    return found.piece(days=cal.one_day(day)) if day else None


def _day_and_month(found: Found) -> Piece | None:
    day = dated(found, found.number, found.value("month"), found.value("year"))
    return found.piece(days=cal.one_day(day)) if day else None


def dated(found: Found, day: int | None, month: int, year: int | None) -> date | None:
    """Return that day of a month, the next one where no year is said; None when the calendar has none."""
    if day is None or not 1 <= day <= 31:
        return None
    if year is None:
        return cal.next_date(found.reading.now.date(), month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_first(found: Found) -> Piece | None:
    return _day_and_month(found) if found.reading.words.month_first else None


def _figures(found: Found) -> Piece | None:
    value = found.value("date")
    day = value if isinstance(value, date) else _half_figures(found, *value)
    return found.piece(days=cal.one_day(day)) if day else None


def _half_figures(found: Found, day: int, month: int) -> date | None:
    reading, place = found.reading, found.place("date")
    assert place is not None
    written = reading.folded(place)
    cued = found.code("wd") or reading.expected or reading.before(place) in set("AQX")
    at_an_hour = re.match(_HOUR_AFTER, reading.codes[place + 1 : place + 5])
    if not (cued or at_an_hour) and ("." in written or len(written) < _TWO_FIGURES_EACH):
        return None
    if reading.words.month_first and month > 12 >= day:
        day, month = month, day
    return cal.next_date(reading.now.date(), month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _week_of(found: Found) -> Piece | None:
    place = found.place("num")
    if found.value("week") != "week" or (place and _ORDINAL_ONLY.fullmatch(found.reading.folded(place))):
        return None
    if found.code("num") == "N" and found.value("num") > _MOST_DAYS:
        return _numbered_week(found)
    if found.code("date"):
        whole = _figures(found)
        day = whole.days[0] if whole and whole.days else None
    elif found.code("month"):
        day = dated(found, found.number, found.value("month"), found.value("year"))
    else:
        day = cal.next_day_of_month(found.reading.now.date(), found.number or 0)
    return found.piece(days=cal.week(day), kind="range", week=True) if day else None


def _numbered_week(found: Found) -> Piece | None:
    """ "la semaine 50": a week of the year, where the number cannot be that of a day."""
    today = found.reading.now.date()
    weeks = (cal.week(today, ahead) for ahead in range(_WEEKS))
    days = next((days for days in weeks if days[0].isocalendar().week == found.value("num")), None)
    return found.piece(days=days, kind="range", week=True) if days and not found.code("month") else None


def _holiday(found: Found) -> Piece:
    name, today = found.value("holiday"), found.reading.now.date()
    if found.value("year"):
        days = named_days.in_year(name, found.value("year"))
    elif found.code("rel") == "l":
        days = named_days.preceding(name, today)
    else:
        days = named_days.following(name, today)
    return found.piece(days=days, kind="day" if days == cal.one_day(days[0]) else "range")


def _bare_number(found: Found) -> Piece | None:
    """ "le 3": counts when a date was asked for, or beside an hour or a part of the day."""
    number = found.number
    place = found.match.end() - 1 - int(found.reading.codes[found.match.end() - 1] == ".")
    in_figures = found.reading.folded(place)[:1].isdigit()
    if (
        number is None
        or number > 31
        or found.following in set("uUhNOMmj~")
        or not (in_figures or found.code("num") == "O")
    ):
        return None
    day = cal.next_day_of_month(found.reading.now.date(), number)
    alone = not found.match.start() and found.match.end() == len(found.reading.codes)
    lead = found.reading.before(found.match.start())
    told = found.reading.expected and (alone or lead not in set("iEF"))
    counted = _is_day_number(found, lead)
    if found.code("lead") == "X" and not (told or counted):
        return None
    told = told or (counted and bool(found.match.start() or found.following or found.code("lead") == "X"))
    return found.piece(days=cal.one_day(day), weak=not told) if day else None


def _numbered_day(found: Found) -> Piece | None:
    """ "dia 15 abrem?", "am 15. offen?"."""
    reading, first, number = found.reading, found.place("unit", "at"), found.number
    if first is None or number is None or number > 31:
        return None
    named = found.value("unit") == "day" and reading.folded(first) in reading.words.day_articles
    dotted = reading.folded(first) == "am" and (reading.opening or found.following in {"", ";", ","})
    day = cal.next_day_of_month(reading.now.date(), number) if named or dotted else None
    return found.piece(days=cal.one_day(day)) if day else None


def _is_day_number(found: Found, lead: str) -> bool:
    """ "ouvert le 3 ?", "jusqu'au 15": a day though no date was asked for; "dans le 13" is a place."""
    reading, article = found.reading, found.reading.items[found.match.end() - 2]
    named = article.code == "A" and article.value in reading.words.day_names and found.code("num") == "N"
    known = article.folded in reading.words.day_articles
    listed = _LISTED.match(reading.codes, found.match.end())
    following = listed["after"] if listed else found.following
    ends = following in {"", ";", ",", "."}
    if found.code("num") == "O":
        in_figures = reading.folded(found.place("num") or 0)[:1].isdigit()
        asked = reading.opening and lead not in set("iEF")
        return known and ends and in_figures and asked and article.code == "A"
    ends = ends or lead in {"Q", "X"} or article.code == "X" or (reading.opening and following == "-")
    return named or (known and ends and lead not in set("iEFN") and len(found.match.group()) > 1)


MONTH = r"(?P<month>[Mm]|j\.?)(?:[F,]?(?P<year>Y))?"
"""A month with its year, if that is said; an abbreviation with its point."""
PATTERNS = table(
    [
        (r"A?(?P<moment>R)", _moment),
        (r"A?(?P<moment>C)", _compound),
        (r"t(?P<part>P)", _today_part),
        (r"y?A?(?P<wd>[Ww])", _weekday),
        (r"[EXQFn]A?(?P<wd>q)", _weekday),
        (r"A?(?P<wd>q)", _weak_weekday),
        (r"(?P<wd>v)(?=\.?A?[BPT]|[XK][NT])", _short_weekday),  # "sáb de manhã", "jeu 14h"
        (r"A?(?:(?P<num>O)\.?|l)(?P<wd>[Wq])[FEX]?A?" + MONTH, _nth_weekday),
        (r"A?(?:(?P<num>O)\.?|l)(?P<wd>[Wq])[FEX]?A?(?P<rel>[tnl])?(?P<unit>U)(?P<rel2>[nl])?", _nth_weekday),
        (r"A?(?P<rel>[tnl])A?(?P<wd>[Wq])", _related_weekday),
        (r"A?t?(?P<wd>[Wq])(?P<rel>[nl])", _related_weekday),
        (r"A?t?(?P<wd>[Wq])[FEQ]?A?(?P<rel>[tnl])(?P<unit>U)", _weekday_of_week),
        (r"A?t?(?P<wd>[Wq])[FEQ]?A?(?P<unit>U)(?P<rel>[nl])", _weekday_of_week),
        (r"A?(?P<wd>W)(?P<weeks>8)", _weekday_in_weeks),
        (r"A?t?(?P<wd>[Wq])[,.]?(?:A|(?P<unit>U))?(?P<num>[NO])(?![hUuNT~])", _weekday_and_number),
        (r"(?:[EXQ]?U|X?A?)(?P<num>[NO])F?A?(?:(?P<rel>[tnl])A?(?P<unit>U)|(?P<unit2>U)(?P<rel2>[nl]))", _day_of_month),
        (r"A?t?(?:(?P<wd>[Wvq])[,.]*)?X?A?(?P<num>[NO])\.?F?A?" + MONTH, _day_and_month),
        (
            r"A?(?:(?P<wd>[Wv])[,.]*)?A?(?P<month>[Mmj])\.?A?(?P<num>[NO])(?![hUuTz])(?:,?(?P<year>Y))?",
            _month_first,
        ),
        (r"A?(?:(?P<wd>[Wv])[,.]*)?A?(?P<date>[Dd])(?:\.(?=[XKFA]{0,2}[TNPBb]))?", _figures),
        (r"A?(?P<week>[Ux])[FX]?A?(?P<num>[NO])\.?(?![hUuT~])(?:F?A?" + MONTH + ")?", _week_of),
        (r"A?(?P<week>[Ux])[FX]?A?(?P<date>[Dd])", _week_of),
        (r"A?(?P<rel>[tnl])?(?P<holiday>H)", _holiday),
        (r"A?(?P<holiday>H)(?:(?P<rel>[nl])|F?(?P<year>Y))", _holiday),
        (r"(?P<lead>[AX])A?(?P<num>[NO])(?!h|\.?F?A?[Mmj])", _bare_number),
        (r"[EXQ]?(?P<unit>U)(?P<num>N)(?![uUhNOMmj~]|F?A?[Mmj]|F?A?[tnl]?U)", _numbered_day),
        (r"(?P<at>Q)(?P<num>N)\.(?![uUhNOMmj~])", _numbered_day),
        (r"(?P<num>[NO])\.?$", _bare_number),
    ]
)
