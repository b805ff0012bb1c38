"""The rows of an open dataset's file, one at a time, whatever its size: CSV, Parquet, a JSON array, or JSON lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bot.knowledge.errors import DataError
from bot.knowledge.imports import parquet
from bot.knowledge.imports.json_stream import objects


@dataclass(frozen=True)
class Row:
    """One record: its file, the line on which it begins, its rank among the records (from 1), its cells by column."""

    file: Path
    line: int
    number: int
    values: Mapping[str, Any]

    def error(self, message: str, mend: str) -> DataError:
        """A `DataError` that names this row."""
        return DataError(self.file, self.line, f"row {self.number}: {message}", mend)

    def text(self, *columns: str) -> str | None:
        """The first of these columns that holds something, as text on one line."""
        for column in columns:
            value = self.values.get(column)
            if isinstance(value, (str, int, float)) and (text := " ".join(str(value).split())):
                return text
        return None


def read_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a file in UTF-8; the format is told by what the file holds, not by its name.

    Raises `DataError` with the line when the file cannot be read or a row is malformed.
    """
    try:
        with file.open("rb") as stream:
            yield from _rows(file, stream)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(file, 1, f"the file cannot be read ({reason})", "check its name and rights") from None


def _rows(file: Path, stream: BinaryIO) -> Iterator[Row]:
    start = stream.read(4096)
    stream.seek(0)
    is_json = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")
    found: Iterator[tuple[int, Any]]
    if start.startswith(parquet.MAGIC):
        found = ((1, values) for values in parquet.rows(file))  # it has no lines
    else:
        found = objects(file, stream) if is_json else _csv(file, stream)
    for number, (line, values) in enumerate(found, start=1):
        row = Row(file, line, number, values if isinstance(values, dict) else {})
        if not isinstance(values, dict):
            raise row.error("not an object", "write each record as {…}")
        yield row


def _csv(file: Path, stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """Pairs (line, cells by column). The separator is the comma, or the semicolon where the header has more of them."""
    lines = _lines(file, stream)
    header = next(lines, "")
    separator = ";" if header.count(";") > header.count(",") else ","
    columns = next(csv.reader([header], delimiter=separator), [])
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 2
    try:
        for cells in reader:
            if cells:
                yield line, _by_column(file, line, columns, cells)
            line = reader.line_num + 2
    except csv.Error as error:
        mend = "check the quotes from this line on"
        raise DataError(file, line, f"not valid CSV: {error}", mend) from None


def _by_column(file: Path, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        message = f"{len(cells)} cells where the header has {len(columns)}"
        raise DataError(file, line, message, "check the separators and the quotes of this line")
    return dict(zip(columns, cells))


def _lines(file: Path, stream: BinaryIO) -> Iterator[str]:
    for number, raw in enumerate(stream, start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise DataError(file, number, "the file is not UTF-8", "save it as UTF-8") from None
