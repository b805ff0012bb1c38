"""What the simulators of messaging platforms have in common: an HTTP server that can fail, and a door to call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.web.conftest import until


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


class Simulator:
    """A server on loopback; `faults` holds what a client sent that the platform's documentation forbids."""

    def __init__(self) -> None:
        self.trouble = Trouble()
        self.faults: list[str] = []
        self.lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen (again on the same port)."""
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                time.sleep(simulator.trouble.seconds)
                simulator.serve(self, body)

            def do_GET(self) -> None:
                simulator.serve(self, b"")

            def log_message(self, *args: Any) -> None:
                return

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def serve(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        raise NotImplementedError


def respond(handler: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> None:
    """Answer JSON."""
    try:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)
    except ConnectionError:  # the door had waited long enough
        return


def seen(read: Callable[[], list[str]], words: str, seconds: float = 8.0) -> str:
    """Wait for a text that holds `words`; the last one."""
    found = until(lambda: [text for text in read() if words in text], seconds)
    return str(found[-1])
