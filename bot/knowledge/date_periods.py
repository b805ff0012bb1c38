"""Patterns for longer periods: weeks, weekends, months, seasons, years."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.knowledge import date_calendar as cal
from bot.knowledge.date_calendar import Days
from bot.knowledge.date_patterns import Found, Reading, table
from bot.knowledge.date_pieces import Piece

_OFFSETS = {"t": 0, "n": 1, "l": -1, "": 0}
_MONTH_CUES = frozenset("EiFQXseUb")
_MONTHS_LISTED = re.compile(r"(?:M|[EiFQXseUb]A?m)[,&QX]A?$")
_SHORT_CUES = frozenset("Eise")  # "en sept" is a month, "do mar" is not


def _unit(found: Found) -> Piece | None:
    unit, relation = found.value("unit"), found.code("rel", "rel2")
    if unit == "weekend":
        return found.piece(days=_weekend(found.reading, relation), kind="range")
    days = _unit_days(found.reading, unit, _OFFSETS[relation])
    if days is None:
        return None
    return found.piece(days=days, kind="day" if unit == "day" else "range", week=unit == "week")


def _unit_days(reading: Reading, unit: str, offset: int) -> Days | None:
    today = reading.now.date()
    if unit == "day":
        return cal.one_day(today + timedelta(days=offset))
    if unit == "week":
        return cal.week(today, offset)
    if unit == "month":
        return cal.month(today.year, today.month + offset)
    return cal.year(today.year + offset) if unit == "year" else None


def _weekend(reading: Reading, relation: str) -> Days:
    today = reading.now.date()
    if relation == "l":
        return cal.weekend(today, -1)
    running = today.weekday() >= 5
    later = relation == "n" and (running or reading.words.next_weekend == "after")
    return cal.weekend(today, int(later))


def _bare_weekend(found: Found) -> Piece | None:
    if found.value("unit") != "weekend" or len(found.reading.folded(found.match.end() - 1)) < 3:
        return None
    often = found.code("unit") == "u" or _is_habit(found)
    return found.piece(days=_weekend(found.reading, ""), kind="recurring" if often else "range")


def _is_habit(found: Found) -> bool:
    place, reading = found.place("unit"), found.reading
    return bool(place) and (
        reading.before(place or 0) == "y" or reading.folded((place or 0) - 1) in reading.words.habit_articles
    )


def _edge_of_unit(found: Found) -> Piece | None:
    unit, today = found.value("unit"), found.reading.now.date()
    if unit not in {"week", "month", "year"}:
        return None
    days = _unit_days(found.reading, unit, _OFFSETS[found.code("rel", "rel2")])
    part = cal.edge(days, found.value("edge")) if days else None
    if part and part[1] <= today and not found.code("rel", "rel2"):
        part = cal.edge(_unit_days(found.reading, unit, 1) or part, found.value("edge"))
    return found.piece(days=part, kind="range") if part else None


def _month(found: Found) -> Piece | None:
    place = found.place("month")
    assert place is not None
    sure = found.code("month") == "M" or found.code("edge", "rel", "rel2", "year")
    cues = _SHORT_CUES if found.code("month") == "j" else _MONTH_CUES
    before = found.reading.before(place)
    if before == "A" and found.code("month") == "m":
        before = "A" + found.reading.before(place - 1)  # "a l'abril"
    listed = _MONTHS_LISTED.search(found.reading.codes[max(0, place - 4) : place])  # "entre mars et avril"
    if not (sure or listed or found.reading.expected or before in cues or before in {"AX", "AQ", "AE"}):
        return None
    days = _month_days(found)
    return found.piece(days=cal.edge(days, found.value("edge")) if found.code("edge") else days, kind="range")


def _month_days(found: Found) -> Days:
    today, number, year = found.reading.now.date(), found.value("month"), found.value("year")
    if year:
        return cal.month(year, number)
    past = found.code("rel", "rel2") == "l" or "s" in (
        found.code("lead"),
        found.reading.before(found.match.start()),
    )
    if past:
        return cal.month(
            today.year
            - (number >= today.month if found.code("rel2", "rel") == "l" else number > today.month),
            number,
        )
    return cal.month(today.year + (number < today.month), number)


def _season(found: Found) -> Piece | None:
    relation, lead = found.code("rel", "rel2"), found.match.start()
    if not (relation or found.value("year")):
        # "a été" is a verb: a bare "a" or "à" needs the article after it.
        if found.code("lead") == "X" and not found.code("article") and found.reading.folded(lead) == "a":
            return None
        if not found.code("lead"):
            return None
    today, name = found.reading.now.date(), found.value("season")
    southern = getattr(found.reading.now.tzinfo, "key", "") in cal.SOUTHERN
    days = cal.season(today, name, 0, southern)
    since = found.code("lead") == "s" and days[0] > today
    offset = -1 if relation == "l" or since else int(relation == "n" and days[0] <= today)
    if found.value("year"):
        offset = found.value("year") - days[0].year
    return found.piece(days=cal.season(today, name, offset, southern), kind="range")


def _next_week(found: Found) -> Piece:
    return found.piece(days=cal.week(found.reading.now.date(), 1), kind="range", week=True)


def _year(found: Found) -> Piece:
    return found.piece(days=cal.year(found.value("year")), kind="range")


PATTERNS = table(
    [
        (r"A?(?P<rel>[tnl])(?P<unit>U)", _unit),
        (r"A?(?P<unit>U)(?P<rel>[nl])", _unit),
        (r"xn?", _next_week),
        (r"(?:y|[EXi])?A?(?P<unit>[Uu])", _bare_weekend),
        (r"[Ei]?A?(?P<edge>e)F?A?(?P<rel>[tnl])?(?P<unit>U)(?P<rel2>[nl])?", _edge_of_unit),
        (
            (
                r"(?P<lead>[Eis])?A?(?:(?P<edge>e)F?A?(?:UF?A?)?)?(?P<rel>[tnl])?"
                r"(?P<month>[Mmj])(?:(?P<rel2>[nl])|F?(?P<year>Y))?"
            ),
            _month,
        ),
        (
            r"(?P<lead>[EiQXKs])?(?P<article>A)?(?P<rel>[tnl])?(?P<season>S)(?P<rel2>[nl])?(?:F?(?P<year>Y))?",
            _season,
        ),
        (r"[Eis]A?(?P<year>Y)", _year),
    ]
)
