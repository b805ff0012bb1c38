"""A server that is never silent for long and never done: no timeout of a single step ends a call of it."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

from .local_server import LocalServer

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n"


class Dripping(LocalServer):
    """Answers a byte each twentieth of a second, for five seconds at most."""

    def serve(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        try:
            for byte in _HEAD + b" " * 20:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(0.05)
        except ConnectionError:  # who called has waited long enough
            return
