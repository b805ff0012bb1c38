"""Public holidays and feasts that people name: their dates in a year."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

from bot.knowledge.date_calendar import Days, one_day

_FIXED = {
    "new_year": (1, 1),
    "epiphany": (1, 6),
    "saint_george": (4, 23),
    "italy_liberation": (4, 25),
    "portugal_freedom": (4, 25),
    "labour_day": (5, 1),
    "victory_day": (5, 8),
    "italy_republic": (6, 2),
    "portugal_national": (6, 10),
    "saint_john": (6, 24),
    "belgium_national": (7, 21),
    "switzerland_national": (8, 1),
    "assumption": (8, 15),
    "catalonia_national": (9, 11),
    "chile_national": (9, 18),
    "portugal_republic": (10, 5),
    "merce": (9, 24),
    "spain_national": (10, 12),
    "all_saints": (11, 1),
    "armistice": (11, 11),
    "portugal_restoration": (12, 1),
    "spain_constitution": (12, 6),
    "immaculate": (12, 8),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "boxing_day": (12, 26),
    "new_year_eve": (12, 31),
}
_AFTER_EASTER = {
    "shrove_tuesday": -47,
    "ash_wednesday": -46,
    "holy_thursday": -3,
    "good_friday": -2,
    "holy_saturday": -1,
    "easter": 0,
    "easter_monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "pentecost_monday": 50,
    "corpus_christi": 60,
}
_SPANS = {"christmas_holidays": ((12, 24), 9), "back_to_school": ((9, 1), 30)}
"""First day and number of days: what of Christmas is school holidays everywhere in the network; "la rentrée"."""
NAMES = frozenset({*_FIXED, *_AFTER_EASTER, *_SPANS, "holy_week"})
"""The keys that `holidays` of `data/dates/<language>.yml` may hold."""


def in_year(name: str, year: int) -> Days:
    """Return the day (or days) of a holiday in a year; raises `KeyError` on an unknown name."""
    if name == "holy_week":
        return easter(year) - timedelta(days=7), easter(year) + timedelta(days=1)
    if name in _SPANS:
        (month, day), count = _SPANS[name]
        return date(year, month, day), date(year, month, day) + timedelta(days=count)
    if name in _AFTER_EASTER:
        return one_day(easter(year) + timedelta(days=_AFTER_EASTER[name]))
    return one_day(date(year, *_FIXED[name]))


def following(name: str, today: date) -> Days:
    """Return the holiday that comes next, today included, or that has begun."""
    years = (in_year(name, today.year + ahead) for ahead in (-1, 0))
    return next((days for days in years if days[1] > today), in_year(name, today.year + 1))


def preceding(name: str, today: date) -> Days:
    """Return the last holiday that is wholly past."""
    this_year = in_year(name, today.year)
    return this_year if this_year[1] <= today else in_year(name, today.year - 1)
