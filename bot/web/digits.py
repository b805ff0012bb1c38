"""Whole numbers that come from outside, as digits."""

from __future__ import annotations

_MOST = 9  # digits: any such number fits a column of whichever database


def whole(raw: str) -> int | None:
    """A whole number from 0, written in the digits 0 to 9 and in nine of them at most; None for anything else."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= _MOST else None
