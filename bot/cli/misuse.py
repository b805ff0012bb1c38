"""A wrong use of a command, which ends it with the exit code 2."""

from __future__ import annotations


class Misasked(ValueError):
    """A request that cannot be answered; its text says why and how to mend it."""
