"""What tests of several packages share, and which of them run in the same process."""

from __future__ import annotations

import sys

import absl.logging
import pytest

from tests.guard import pytest_configure, pytest_runtest_protocol
from tests.stack import stack

__all__ = ["pytest_configure", "pytest_runtest_protocol", "stack"]

LONGEST = ("stack", "test_understanding", "test_run", "test_cost", "test_kills", "test_parse")
"""Groups that take a minute and more: begun before others, so that no process is left with one at the end.

pytest-django puts the tests that need a database before all that need none, these among them.
"""

# Abseil, which TensorFlow brings, keeps the stderr of the moment when it is imported, here what pytest captures with,
# and closes it when logging is configured next: nothing could be captured after that.
absl.logging.get_absl_handler().python_handler.stream = sys.__stderr__


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes: one of them has Rasa and the action server, and a module stays whole."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: LONGEST.index(_group(item)) if _group(item) in LONGEST else len(LONGEST))


def _group(item: pytest.Item) -> str:
    is_end_to_end = "stack" in getattr(item, "fixturenames", ())
    return "stack" if is_end_to_end else item.path.stem
