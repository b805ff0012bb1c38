"""Days and instants as ISO 8601 writes them: 2027-05-01, 2027-05-01T10:00, 2027-05-01 10:00:30.5+02:00."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORM = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)


def read(told: str) -> date | datetime:
    """The day that a text tells, or the instant, aware where it has an offset; raises `ValueError` where it tells none.

    Python 3.10 reads neither "Z" nor "+0100" nor fractions of a second of other than three or six digits; what is
    smaller than a millionth is left out.
    """
    found = _FORM.fullmatch(told)
    if found is None:
        raise ValueError(f"no day nor instant: {told[:40]!r}")
    day, clock, fraction, offset = found.groups()
    if clock is None:
        return date.fromisoformat(day)
    instant = datetime.fromisoformat(f"{day}T{clock}{_offset(offset)}")
    return instant.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))


def _offset(told: str | None) -> str:
    if not told or told in "Zz":
        return "+00:00" if told else ""
    digits = told[1:].replace(":", "").ljust(4, "0")
    return f"{told[0]}{digits[:2]}:{digits[2:]}"
