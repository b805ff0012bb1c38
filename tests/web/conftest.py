"""What the door's tests share: a fake Rasa, a served door, conversations."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.db import connection, connections
from playwright.sync_api import Page

from bot.web.limits import rates
from bot.web.serve import DoorServer, configuration
from tests.browser import browser, page

from . import described
from .fake_rasa import SECRET, FakeRasa
from .person import Person
from .widget import Widget

__all__ = ["browser", "page"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another database, leave out what is told of SQLite's own files."""
    left_out = [item for item in items if connection.vendor != "sqlite" and item.get_closest_marker("sqlite")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def rasa(settings: Any) -> Iterator[FakeRasa]:
    """A fake Rasa that the door is pointed at."""
    fake = FakeRasa()
    fake.start()
    settings.RASA_URL = fake.url
    settings.RASA_SECRET = SECRET
    settings.RASA_TIMEOUT = 1.0
    yield fake
    fake.stop()


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    """Limits start anew for each test; polling and passwords are fast."""
    settings.STREAM_POLL = 0.1
    settings.DISPATCH_POLL = 0.1
    settings.PASSWORD_HASHERS = ["tests.web.helpers.QuickArgon2"]
    rates.forget_all()
    yield
    for each in connections.all():
        each.close()


class Served:
    """The door, served by uvicorn in a thread as it is in earnest."""

    def __init__(self, port: int = 0) -> None:
        self._server = DoorServer(configuration(host="127.0.0.1", port=port, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self.port = port
        self.url = ""

    def start(self) -> None:
        """Return once it listens."""
        self._thread.start()
        until(lambda: self._server.started)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Return once it has stopped."""
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive(), "the door did not stop"


@pytest.fixture
def door(transactional_db: None, rasa: FakeRasa) -> Iterator[Served]:
    """The door, listening, with its dispatcher."""
    served = Served()
    served.start()
    yield served
    served.stop()


@pytest.fixture
def http(door: Served) -> Iterator[httpx.Client]:
    """A client of the API, with which no answer goes that the API's description does not tell of."""
    hooks = {"response": [described.check]}
    with httpx.Client(base_url=f"{door.url}/api/v1", timeout=10, trust_env=False, event_hooks=hooks) as client:
        yield client


@pytest.fixture
def person(http: httpx.Client) -> Person:
    """Somebody who has begun a conversation."""
    return Person(http, cite="demo", language="fr")


@pytest.fixture
def widget(page: Page, door: Served) -> Iterator[Widget]:
    """The widget on the demonstration page, not yet opened; at the end nothing must have gone wrong."""
    widget = Widget(page, door.url)
    yield widget
    assert widget.faults == []


def until(holds: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Wait until `holds()` is true, and return what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come in time")
