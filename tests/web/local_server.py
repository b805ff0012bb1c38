"""An HTTP server on loopback for what is outside this machine or this process, as its documentation shapes it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class LocalServer:
    """Start it, point a client at `url`; `serve` says how it answers."""

    protocol = "HTTP/1.1"

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it listens, also while it is down."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen (again on the same port)."""
        local = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = local.protocol

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                if len(body) == length:  # else the caller was cut off, and waits for no answer
                    local.serve(self, body)

            def do_GET(self) -> None:
                local.serve(self, b"")

            do_DELETE = do_GET

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
        """Answer one call."""
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
