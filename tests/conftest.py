"""What tests of several packages share, and which of them run in the same process."""

from __future__ import annotations

import pytest

from tests.stack import stack

__all__ = ["stack"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes: one of them has Rasa and the action server, and a module stays whole."""
    for item in items:
        is_end_to_end = "stack" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("stack" if is_end_to_end else item.path.stem))
