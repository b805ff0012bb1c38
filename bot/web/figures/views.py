"""The page of figures at the desk, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bot.web.desk.frame import frame
from bot.web.figures import charts, naming
from bot.web.figures.csv_file import csv_of
from bot.web.figures.periods import NoPeriod, Period, before, month_period, read_period
from bot.web.figures.report import Report, Table, last_closed, report
from bot.web.figures.scope import cites_for
from bot.web.words import word

_STANDING = ("hour", "weekday")
_TABLES = (
    "concern", "language", "channel", "rating", "reason", "waiting", "handling", "outcome", "weekday", "hour",
)  # fmt: skip
_YEARS_BACK = 5


@dataclass(frozen=True)
class Section:
    """One table of the page: its rows are (label, number in words); no chart where nothing is shown."""

    id: str
    title: str
    rows: list[tuple[str, str]]
    chart: charts.Chart | None
    kept_back: str
    """In words, how many months do not show it; empty when all do."""


@require_GET
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """GET /desk/figures/?cite=marseille&period=2027-05: the figures of a Cité for a month, a quarter or a year."""
    account: Any = request.user
    cites, wrong = cites_for(account), ""
    try:
        found = _asked(request)
    except NoPeriod:
        found, wrong = report(_cite(request), month_period(_latest())), "figures.no_period"
    context = {
        **_page(found, account.language),
        "cites": [(each, naming.cite(each, account.language)) for each in cites],
        "periods": [(each.name, naming.period(each, account.language)) for each in _periods()],
        **frame(request),
        "notice": wrong,
    }
    return render(request, "figures/index.html", context, status=400 if wrong else 200)


@require_GET
@login_required
@never_cache
def csv_file(request: HttpRequest) -> HttpResponse:
    """GET /desk/figures/figures.csv?cite=marseille&period=2027: the same as a file."""
    account: Any = request.user
    try:
        found = _asked(request)
    except NoPeriod:
        raise Http404 from None
    name = f"figures-{found.cite}-{found.period.name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = "\ufeff" + csv_of(found, account.language)  # spreadsheets take a file without this mark for Latin-1
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> Report:
    """The report that is asked for; `NoPeriod`, or 404 for a Cité that is not for this account."""
    written = request.GET.get("period")
    return report(_cite(request), read_period(written) if written else month_period(_latest()))


def _cite(request: HttpRequest) -> str:
    cites = cites_for(request.user)
    wanted = request.GET.get("cite") or (cites[0] if cites else "")
    if wanted not in cites:
        raise Http404
    return wanted


def _latest() -> date:
    """The last month with figures, else the last one that is over."""
    return last_closed() or before(timezone.localdate().replace(day=1))


def _periods() -> list[Period]:
    """Those to choose from, the latest first: years, then quarters, then months."""
    last = _latest()
    years = [read_period(str(last.year - back)) for back in range(_YEARS_BACK)]
    quarters = {f"{month.year}-Q{(month.month + 2) // 3}": None for month in _last_months(last, 24)}
    return [*map(month_period, _last_months(last, 24)), *map(read_period, quarters), *years]


def _last_months(last: date, many: int) -> list[date]:
    return [before(last, back) for back in range(many)]


def _page(found: Report, language: str) -> dict[str, Any]:
    return {
        "cite": found.cite,
        "period": found.period.name,
        "title": f"{naming.cite(found.cite, language)}, {naming.period(found.period, language)}",
        "headlines": naming.headlines(found, language),
        "open": ", ".join(naming.month(month, language) for month in found.open),
        "trend": _trend(found, language),
        "sections": [_section(found.tables[kind], language) for kind in _TABLES],
    }


def _trend(found: Report, language: str) -> Section:
    rows = [(naming.month(month, language), many) for month, many in found.trend]
    short = [(naming.short_month(month, language), many) for month, many in found.trend]
    told = [(label, word("figures.or_more", language, low=many) if many else "–") for label, many in rows]
    chart = charts.standing("trend", short) if any(many for _, many in rows) else None
    return Section("trend", naming.table("trend", language), told, chart, "")


def _section(table: Table, language: str) -> Section:
    labels = {cell.category: naming.category(table.kind, cell.category, language) for cell in table.cells}
    rows = [(labels[cell.category], naming.number(cell, language)) for cell in table.cells]
    drawn = [(labels[cell.category], cell.at_least) for cell in table.cells]
    if table.kind == "hour":
        drawn = [(cell.category, cell.at_least) for cell in table.cells]
    draw = charts.standing if table.kind in _STANDING else charts.lying
    kept_back = word("figures.kept_back", language, count=table.kept_back) if table.kept_back else ""
    return Section(
        table.kind,
        naming.table(table.kind, language),
        rows,
        None if table.nothing else draw(table.kind, drawn),
        kept_back,
    )
