"""The real Rasa and action server for tests, started once, with the model that the data asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cli import train
from bot.cli.stack import Stack, running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Rasa and the action server, running; the model is trained first if the data changed."""
    assert train.is_up_to_date() or train.train(), "the model could not be trained"
    with running(tmp_path_factory.mktemp("stack")) as started:
        yield started
