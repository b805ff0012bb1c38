"""The figures of a period as one CSV file: a line for each month, table and category (docs/figures.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.web.figures import naming
from bot.web.figures.periods import month_period
from bot.web.figures.report import Report, Table, report

COLUMNS = ("cite", "month", "table", "category", "label", "at_least", "at_most")


def csv_of(found: Report, language: str) -> str:
    """The file's text; `label` is the category in words of that language.

    A table that is kept back in a month has one line, without category and numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for month in found.closed:
        of_month = report(found.cite, month_period(month))
        for table in of_month.tables.values():
            writer.writerows(_lines([found.cite, f"{month:%Y-%m}", table.kind], table, language))
    return out.getvalue()


def _lines(begin: list[str], table: Table, language: str) -> Iterator[list[str]]:
    if table.kept_back and table.nothing:
        yield [*begin, "", "", "", ""]
        return
    for cell in table.cells:
        at_most = "" if cell.at_most is None else str(cell.at_most)
        label = naming.category(table.kind, cell.category, language)
        yield [*begin, cell.category, label, str(cell.at_least), at_most]
