"""Ends the process of a test that its own time limit did not end, and tells where each of its threads stood.

pytest-timeout raises an exception in the main thread. That does nothing where the thread waits in C, or where the
exception is taken up by an event loop, or by what tries an example again; the run would never end.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Generator

import pytest

_LATER = 1.5  # times the limit
_stderr = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the way to stderr as it is while nothing is captured."""
    config.stash[_stderr] = os.dup(2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Watch over a test, its setup and its teardown."""
    marker = item.get_closest_marker("timeout")
    limit = float(marker.args[0] if marker else item.config.getini("timeout") or 0)
    if limit:
        faulthandler.dump_traceback_later(limit * _LATER, exit=True, file=item.config.stash[_stderr])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()
