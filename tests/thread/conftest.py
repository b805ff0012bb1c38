"""The door pointed at the real Rasa and the real action server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from bot.cli.stack import Stack
from bot.web.limits import rates
from tests.browser import browser, page
from tests.web.conftest import Served

__all__ = ["browser", "page"]


@pytest.fixture
def door(transactional_db: None, stack: Stack, settings: Any) -> Iterator[Served]:
    """The door, listening, with its dispatcher."""
    settings.RASA_URL, settings.RASA_SECRET = stack.rasa_url, stack.secret
    settings.STREAM_POLL = settings.DISPATCH_POLL = 0.2
    rates.forget_all()
    served = Served()
    served.start()
    yield served
    served.stop()
    for connection in connections.all():
        connection.close()
