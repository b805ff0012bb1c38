"""The figures of one Cité, or of all, for a period: sums of what is shown of its months, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.web.figures.kinds import ALL, KINDS, NETWORK, NOT_TAKEN, Kind
from bot.web.figures.models import ClosedMonth, Figure
from bot.web.figures.periods import Period, before
from bot.web.figures.protection import STEP

Shown = Mapping[str, Mapping[str, int]]
"""kind → category → at least so many; a kept-back table has the category ""."""
_ENOUGH = {50: 10, 90: 20}
"""How many people a percentile asks for at least."""


@dataclass(frozen=True)
class Cell:
    """How many people are in a category: from `at_least` to `at_most`, which is None where it is not known."""

    category: str
    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class Table:
    """A table of a period. In `kept_back` of its months there were too few people to show it."""

    kind: str
    cells: tuple[Cell, ...]
    kept_back: int

    @property
    def nothing(self) -> bool:
        """Whether no category has enough people."""
        return not any(cell.at_least for cell in self.cells)


@dataclass(frozen=True)
class Report:
    """Figures of `cite` (an id, `NO_CITE` or `NETWORK`) in the months `closed` of a period, `open` being still to come.

    `percentiles`: kind (waiting, handling) → percent (50, 90) → class of minutes, None where too few are shown.
    `shares`: percent of all people, of the kinds unsure and handoff; of those who judged, of rating; None alike.
    `trend`: how many people at least, in each of the twelve months until the end of the period that are closed.
    """

    cite: str
    period: Period
    closed: tuple[date, ...]
    open: tuple[date, ...]
    tables: Mapping[str, Table]
    percentiles: Mapping[str, Mapping[int, str | None]]
    shares: Mapping[str, int | None]
    trend: tuple[tuple[date, int], ...]

    def count(self, kind: str) -> Cell:
        """The number of people of a kind that has no categories (conversations, unsure, handoff)."""
        return self.tables[kind].cells[0]


def report(cite: str, period: Period) -> Report:
    """Add up what is shown of the months of a period."""
    closed = _closed(period.months)
    shown = _shown(cite, closed)
    tables = {name: _table(kind, shown, cite != NETWORK) for name, kind in KINDS.items()}
    return Report(
        cite=cite,
        period=period,
        closed=closed,
        open=tuple(month for month in period.months if month not in closed),
        tables=tables,
        percentiles={kind: _percentiles(tables[kind]) for kind in ("waiting", "handling")},
        shares=_shares(tables),
        trend=_trend(cite, period.months[-1]),
    )


def cites_counted() -> list[str]:
    """The Cités of which something is shown, by id."""
    return list(Figure.objects.order_by("cite").values_list("cite", flat=True).distinct())


def last_closed() -> date | None:
    """The last month of which there are figures."""
    return ClosedMonth.objects.order_by("month").values_list("month", flat=True).last()


def _closed(months: Iterable[date]) -> tuple[date, ...]:
    return tuple(ClosedMonth.objects.filter(month__in=list(months)).order_by("month").values_list("month", flat=True))


def _shown(cite: str, months: Iterable[date]) -> list[Shown]:
    """What is shown, month by month; for the network, of each Cité and month."""
    months = list(months)
    found: dict[tuple[date, str], dict[str, dict[str, int]]] = {}
    if cite != NETWORK:
        found = {(month, cite): {} for month in months}
    rows = Figure.objects.filter(month__in=months)
    for row in rows if cite == NETWORK else rows.filter(cite=cite):
        found.setdefault((row.month, row.cite), {}).setdefault(row.kind, {})[row.category] = row.at_least
    return list(found.values())


def _table(kind: Kind, shown: list[Shown], all_known: bool) -> Table:
    """`all_known`: there is no other Cité of which nothing is shown, so that sums have an end."""
    kept_back = sum("" in month.get(kind.name, {}) for month in shown)
    bounded = all_known and not kept_back
    return Table(kind.name, tuple(_cell(kind.name, each, shown, bounded) for each in kind.categories), kept_back)


def _cell(kind: str, category: str, shown: list[Shown], bounded: bool) -> Cell:
    at_least = sum(month.get(kind, {}).get(category, 0) for month in shown)
    return Cell(category, at_least, at_least + (STEP - 1) * len(shown) if bounded else None)


def _shares(tables: Mapping[str, Table]) -> dict[str, int | None]:
    everybody = tables["conversations"].cells[0].at_least
    useful, useless = (cell.at_least for cell in tables["rating"].cells)
    parts = {kind: _share(tables[kind].cells[0].at_least, everybody) for kind in ("unsure", "handoff")}
    return {**parts, "rating": _share(useful, useful + useless) if useless else None}


def _share(part: int, whole: int) -> int | None:
    """A percentage; None where rounding would make it meaningless."""
    return round(100 * part / whole) if part and whole >= 4 * STEP else None


def _percentiles(table: Table) -> dict[int, str | None]:
    cells = [cell for cell in table.cells if cell.category != NOT_TAKEN]
    many = sum(cell.at_least for cell in cells)
    return {percent: _reached(cells, many * percent / 100) if many >= _ENOUGH[percent] else None for percent in _ENOUGH}


def _reached(cells: list[Cell], number: float) -> str | None:
    """The first class up to which there are so many people."""
    for cell in cells:
        number -= cell.at_least
        if number <= 0:
            return cell.category
    return None


def _trend(cite: str, last: date) -> tuple[tuple[date, int], ...]:
    months = _closed(before(last, each) for each in range(12))
    counted = Figure.objects.filter(month__in=months, kind="conversations", category=ALL)
    rows = (counted if cite == NETWORK else counted.filter(cite=cite)).values_list("month", "at_least")
    found = dict.fromkeys(months, 0)
    for month, at_least in rows:
        found[month] += at_least
    return tuple(found.items())
