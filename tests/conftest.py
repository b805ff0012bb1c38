"""What tests of several packages share, and which of them run in the same process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stack import stack

__all__ = ["stack"]


STACK = "stack"
LONG = {"thread", "kills", "soak", "crowd", "cli"}
"""Folders of tests that take long, each in few tests: begun last, they would keep one process busy alone at the end."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Where tests run in several processes: one of them has Rasa and the action server, and a module stays whole."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(STACK if _needs_stack(item) else item.path.stem))
    yield  # others put the tests into an order of their own
    items.sort(key=lambda item: (not _needs_stack(item), LONG.isdisjoint(item.path.parts)))


def _needs_stack(item: pytest.Item) -> bool:
    return STACK in getattr(item, "fixturenames", ())
