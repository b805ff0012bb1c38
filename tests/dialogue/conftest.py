"""The small assistant, trained once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .small_rasa import Door, served, train


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door of the small assistant, over HTTP, with its tracker store in a SQLite file."""
    folder = tmp_path_factory.mktemp("small")
    with served(folder, train(folder)) as door:
        yield door
