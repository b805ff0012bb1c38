"""One value as YAML writes it on one line, wherever it may stand: alone, under a key, between braces."""

from __future__ import annotations

from datetime import date

import yaml

Scalar = str | int | float | bool | date | None
_WIDE = 10**6  # characters: a value is never cut into lines


def scalar(value: Scalar) -> str:
    """The value, in quotes where YAML would take it for something else, as `safe_load` reads it back."""
    if isinstance(value, date):
        return value.isoformat()
    style = '"' if isinstance(value, str) and not value.isprintable() else None  # else cut at its line ends
    written = yaml.safe_dump([value], allow_unicode=True, width=_WIDE, default_flow_style=True, default_style=style)
    return written.strip()[1:-1]
