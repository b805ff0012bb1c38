"""Figures in words: names of tables, categories, periods, Cités."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_decimal

from bot.web.desk import labels
from bot.web.figures.kinds import ALL, NETWORK, NO_CITE, NOT_TAKEN, OTHER
from bot.web.figures.periods import Period
from bot.web.figures.report import Cell, Report
from bot.web.words import word


def table(kind: str, language: str) -> str:
    """The title of a table."""
    return word(f"figures.table_{kind}", language)


def category(kind: str, name: str, language: str) -> str:
    """The words for a category of a table."""
    if kind == "outcome":
        told = labels.outcome(name, language)
        return told[:1].upper() + told[1:]
    if name in (ALL, NOT_TAKEN, OTHER):
        return word(f"figures.{name}", language)
    if kind == "concern":
        return labels.concern(name, language) or name
    if kind == "language":
        return labels.language_name(name, language) or name
    if kind == "weekday":
        return get_day_names("wide", context="stand-alone", locale=language)[int(name) - 1].capitalize()
    if kind == "hour":
        return format_time(time(int(name)), "short", locale=language)
    if kind in ("waiting", "handling"):
        return minutes(name, language)
    return word(f"figures.{kind}_{name}", language)


def minutes(name: str, language: str) -> str:
    """The words for a class of minutes: "2_5" is "from 2 to 5 min"."""
    low, _, high = name.partition("_")
    if low in ("under", "over"):
        return word(f"figures.minutes_{low}", language, limit=high)
    return word("figures.minutes_between", language, low=low, high=high)


def number(cell: Cell, language: str) -> str:
    """How many people, as far as it is told: "10 to 14", "under 5", "10 or more"; "not shown" where nothing is."""
    low = format_decimal(cell.at_least, locale=language)
    if cell.at_most is None and not cell.at_least:
        return word("figures.unknown", language)
    if cell.at_most is None:
        return word("figures.or_more", language, low=low)
    high = format_decimal(cell.at_most, locale=language)
    if cell.at_least == 0:
        return word("figures.under", language, limit=format_decimal(cell.at_most + 1, locale=language))
    return word("figures.from_to", language, low=low, high=high)


def cite(name: str, language: str) -> str:
    """The name of a Cité, of those without any, of all."""
    if name in (NETWORK, NO_CITE):
        return word(f"figures.cite_{name}", language)
    return labels.cite(name, language) or name


def period(told: Period, language: str) -> str:
    """ "mai 2027", "2e trimestre 2027", "2027"."""
    if len(told.months) == 12:
        return told.name
    if len(told.months) == 3:
        quarter = (told.months[0].month + 2) // 3
        return word("figures.quarter", language, number=quarter, year=told.months[0].year)
    return month(told.months[0], language)


def month(day: date, language: str) -> str:
    """The month of a day, with its year."""
    return format_date(datetime.combine(day, time()), "LLLL y", locale=language)


def short_month(day: date, language: str) -> str:
    """The same in the width of a column."""
    return format_date(datetime.combine(day, time()), "LLL", locale=language)


def headlines(found: Report, language: str) -> list[tuple[str, str]]:
    """The first figures one wants, as pairs (label, value)."""
    told = [(kind, number(found.count(kind), language)) for kind in ("conversations", "handoff", "unsure")]
    told += [(f"share_{kind}", _percent(share, language)) for kind, share in found.shares.items()]
    for kind, percentiles in found.percentiles.items():
        for percent, reached in percentiles.items():
            value = minutes(reached, language) if reached else word("figures.unknown", language)
            told.append((f"{kind}_{percent}", value))
    return [(word(f"figures.head_{key}", language), value) for key, value in told]


def _percent(share: int | None, language: str) -> str:
    return word("figures.about", language, percent=share) if share else word("figures.unknown", language)
