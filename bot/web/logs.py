"""What the door's log leaves out: addresses of pages, and what an exception repeats of the data it met."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any


class WithoutPaths(logging.Filter):
    """Takes the paths out of Django's notes on requests: they hold ids, and whatever somebody put there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, its paths replaced by dots."""
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            record.args = tuple("…" if isinstance(arg, str) and arg.startswith("/") else arg for arg in record.args)
        return True


class QuietFormatter(logging.Formatter):
    """Shows where an exception came from and of which type it is, never its message.

    A database, for one, says in it what it could not store.
    """

    def formatException(self, ei: Any) -> str:
        """The frames of the traceback, and the type of the exception, as lines."""
        kind, _, trace = ei
        return "\n".join([*_frames(trace), kind.__name__ if kind else "no exception"])


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines
