"""Tables of the documentation, between `<!-- evaluate:NAME -->` and `<!-- /evaluate:NAME -->`; the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bot.cli.evaluation.tables import Table
from bot.knowledge.errors import DataError
from bot.knowledge.paths import ROOT

UNDERSTANDING = ROOT / "docs" / "understanding.md"
_OPENING = re.compile(r"<!-- evaluate:(\w+) -->\n")


def write(tables: Iterable[Table], path: Path = UNDERSTANDING) -> None:
    """Write each table where the document asks for it; a place whose table was not measured keeps what it has.

    Raises DataError when an opening marker has no closing one.
    """
    path.write_text(renewed(path.read_text("utf-8"), tables, path), "utf-8")


def asked_for(text: str) -> list[str]:
    """Return the names of the tables that a document asks for."""
    return _OPENING.findall(text)


def renewed(text: str, tables: Iterable[Table], path: Path = UNDERSTANDING) -> str:
    """Return the document with the tables in their places."""
    for name in asked_for(text):
        if f"<!-- /evaluate:{name} -->" not in text.split(f"<!-- evaluate:{name} -->", 1)[1]:
            line = text[: text.index(f"<!-- evaluate:{name} -->")].count("\n") + 1
            raise DataError(path, line, f"evaluate:{name} is not closed", f"write <!-- /evaluate:{name} --> after it")
    for table in tables:
        text = _with_table(text, table)
    return text


def _with_table(text: str, table: Table) -> str:
    opening, closing = f"<!-- evaluate:{table.name} -->\n", f"<!-- /evaluate:{table.name} -->"
    if opening not in text:
        return text
    before, rest = text.split(opening, 1)
    after = rest.split(closing, 1)[1]
    return f"{before}{opening}\n{table.as_markdown()}\n\n{closing}{after}"
