"""A real server on the loopback whose answer a test decides."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


def serve(body: bytes, status: int = 200, **headers: str) -> Answer:
    """The answer that sends these; an underscore in the name of a header stands for a hyphen."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


class Site:
    """Keeps the paths it was asked for and the headers of the last request; `stop` ends the answers that linger."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.headers: dict[str, str] = {}
        self.answer: Answer = serve(b"")
        self.stop = threading.Event()
        self.url = ""

    @property
    def asked(self) -> int:
        """How many requests came."""
        return len(self.paths)

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        """Send a byte now and then for ever."""
        handler.send_response(200)
        handler.end_headers()
        self.drip_on(handler)

    def drip_headers(self, handler: BaseHTTPRequestHandler) -> None:
        """Send the headers themselves a byte at a time."""
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        self.drip_on(handler)

    def say_nothing(self, handler: BaseHTTPRequestHandler) -> None:
        """Hold the connection."""
        self.stop.wait(60)

    def drip_on(self, handler: BaseHTTPRequestHandler) -> None:
        """Send more bytes of what has begun."""
        while not self.stop.wait(0.02):
            try:
                handler.wfile.write(b"B")
            except OSError:
                return


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site, reachable at `url` while the block lasts; over https where a context is given."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.paths.append(self.path)
            site.headers = {name.lower(): value for name, value in self.headers.items()}
            site.answer(self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    site.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/agenda"
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        server.server_close()
