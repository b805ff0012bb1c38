"""`python -m bot figures`: the figures of a Cité for a month, a quarter or a year, as the desk shows them."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from bot.cli import door
from bot.cli.misuse import Misasked
from bot.knowledge.cites import load_cites

if TYPE_CHECKING:
    from bot.web.figures.report import Report, Table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    known = 'the id of a Cité; "all" for the network (default), "none" for conversations without a Cité'
    parser.add_argument("--cite", default="all", metavar="ID", help=known)
    when = "2027-05, 2027-Q2 or 2027 (default: the last month with figures)"
    parser.add_argument("--period", metavar="PERIOD", help=when)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; 1 when the database does not answer. `Misasked` for what there is no such thing as."""
    door.set_up()
    return door.answering(lambda: _print(arguments))


def _print(arguments: argparse.Namespace) -> int:
    found = _report(arguments.cite, arguments.period)
    print(json.dumps(_as_json(found), ensure_ascii=False) if arguments.json else "\n".join(_lines(found)))
    return 0


def _report(cite: str, written: str | None) -> Report:
    from bot.web.figures.kinds import NETWORK, NO_CITE
    from bot.web.figures.periods import NoPeriod, month_period, read_period
    from bot.web.figures.report import cites_counted, last_closed, report

    if cite not in (NETWORK, NO_CITE, *load_cites()) and cite not in cites_counted():
        raise Misasked(f'there is no Cité {cite!r}: name one by its id, or "all", or "none"')
    try:
        if written:
            return report(cite, read_period(written))
    except NoPeriod as error:
        raise Misasked(str(error)) from None
    last = last_closed()
    if last is None:
        raise Misasked("there are no figures yet: those of a month are made three days after its end")
    return report(cite, month_period(last))


def _as_json(found: Report) -> dict[str, Any]:
    return {
        "cite": found.cite,
        "period": found.period.name,
        "months": [f"{month:%Y-%m}" for month in found.closed],
        "to_come": [f"{month:%Y-%m}" for month in found.open],
        "tables": {table.kind: _table(table) for table in found.tables.values()},
        "percentiles": {
            kind: {str(key): value for key, value in each.items()} for kind, each in found.percentiles.items()
        },
        "shares": dict(found.shares),
        "trend": {f"{month:%Y-%m}": many for month, many in found.trend},
    }


def _table(table: Table) -> dict[str, Any]:
    cells = {cell.category: {"at_least": cell.at_least, "at_most": cell.at_most} for cell in table.cells}
    return {"categories": cells, "months_kept_back": table.kept_back}


def _lines(found: Report) -> list[str]:
    """The same for people: head, first figures, then the categories of which something is shown."""
    from bot.web.figures import naming

    lines = [f"{naming.cite(found.cite, 'en')}, {naming.period(found.period, 'en')}"]
    if found.open:
        lines.append(f"no figures yet for: {', '.join(naming.month(month, 'en') for month in found.open)}")
    lines += [f"{label}: {value}" for label, value in naming.headlines(found, "en")]
    for table in found.tables.values():
        shown = [cell for cell in table.cells if cell.at_least]
        if len(table.cells) > 1 and shown:
            lines.append(f"{naming.table(table.kind, 'en')}:")
            lines += [
                f"  {naming.category(table.kind, cell.category, 'en')}: {naming.number(cell, 'en')}" for cell in shown
            ]
    return lines
