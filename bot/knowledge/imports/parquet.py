"""The rows of a Parquet file (https://parquet.apache.org/docs/file-format/), read by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge.errors import DataError

MAGIC = b"PAR1"
"""The first four bytes of every Parquet file."""
_BATCH = 1000  # rows in memory


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the cells of each row by column: texts, numbers, lists and mappings, dates in ISO 8601.

    Raises `DataError` when the file is damaged, or when the reader is not installed.
    """
    try:
        import duckdb
    except ImportError:
        mend = "install it (`make run` does), or take the CSV or the JSON of the same release"
        raise DataError(file, 1, "reading Parquet needs the package duckdb", mend) from None
    try:
        with duckdb.connect() as database:
            found = database.execute("SELECT * FROM read_parquet(?)", [_literal(file)])
            columns = [column[0] for column in found.description or ()]
            while batch := found.fetchmany(_BATCH):
                for cells in batch:
                    yield {name: _plain(cell) for name, cell in zip(columns, cells)}
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise DataError(file, 1, f"not valid Parquet: {reason}", "download the file again") from None


def _literal(file: Path) -> str:
    """The file's name, in which no character stands for others."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(file))


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
