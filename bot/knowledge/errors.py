"""What is raised when a file of `data/` is wrong: always where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class DataError(ValueError):
    """One fault in one file.

    `line` counts from 1; `where` is the file as it was named, which may be the address of a page. `str()` gives
    "where:line: message. Mend: mend".
    """

    def __init__(self, file: Path | str, line: int, message: str, mend: str) -> None:
        super().__init__(file, line, message, mend)
        self.where = str(file)
        self.file = Path(file)
        self.line = line
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.message}. Mend: {self.mend}"


class DataErrors(ValueError):
    """Several faults found in one go, sorted by file and line; `str()` gives one a line."""

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (str(error.file), error.line)))
        super().__init__(*self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def raise_all(errors: Iterable[DataError]) -> None:
    """Raise `DataErrors` if there is at least one error; otherwise do nothing."""
    found = tuple(errors)
    if found:
        raise DataErrors(found)
