"""What the simulators of messaging platforms have in common: an HTTP server that can fail, and a door to call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.web.conftest import until
from tests.web.local_server import LocalServer, respond


@dataclass
class Trouble:
    """How the next calls fail: a status each (0: closed without an answer), and a wait before each answer."""

    statuses: list[int] = field(default_factory=list)
    seconds: float = 0.0
    retry_after: int = 1
    down: bool = False

    def next(self) -> int:
        """The status of this call; 200 when all is well."""
        if self.down:
            return 500
        return self.statuses.pop(0) if self.statuses else 200


class Simulator(LocalServer):
    """A platform; `faults` holds what a client sent that the platform's documentation forbids.

    `page` is what somebody on the way answers in its place: a status and a body.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trouble = Trouble()
        self.faults: list[str] = []
        self.page: tuple[int, bytes] | None = None

    def serve(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer one call, after the wait that `trouble` tells."""
        time.sleep(self.trouble.seconds)
        if self.page is not None:
            return respond(handler, *self.page)
        self.handle(handler, body)

    def handle(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer one call as the platform does."""
        raise NotImplementedError


def seen(read: Callable[[], list[str]], words: str, seconds: float = 8.0) -> str:
    """Wait for a text that holds `words`; the last one."""
    found = until(lambda: [text for text in read() if words in text], seconds)
    return str(found[-1])
