"""Serves the door: `python -m bot.web.serve` on HOST (127.0.0.1) and PORT (8000)."""

from __future__ import annotations

import resource
import socket
from contextlib import suppress
from typing import Any

import uvicorn

from bot.web import environment
from bot.web.connections import PatientProtocol
from bot.web.notifier import notifier

_FILES = 65_536


class DoorServer(uvicorn.Server):
    """A server that ends the open streams when it stops: it would wait for them otherwise."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        notifier.open()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then what else there is."""
        notifier.close()
        await super().shutdown(sockets)


def configuration(**changes: Any) -> uvicorn.Config:
    """How the door is served. No access log: it would write people's addresses."""
    settings: dict[str, Any] = {
        "http": PatientProtocol,
        "host": environment.text("HOST", "127.0.0.1"),
        "port": environment.number("PORT", 8000),
        "log_level": environment.text("LOG_LEVEL", "info").lower(),
        "access_log": False,
        "log_config": None,  # the settings' own says what is left out
        "server_header": False,
        "lifespan": "on",
        "ws": "none",
        "timeout_graceful_shutdown": 5,  # seconds
    }
    return uvicorn.Config("bot.web.asgi:application", **{**settings, **changes})


def allow_files() -> None:
    """Let this process hold as many connections as the system allows: the usual 1,024 are too few for streams."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else _FILES
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, max(soft, _FILES)), hard))


def main() -> None:
    """Serve until told to stop."""
    allow_files()
    with suppress(KeyboardInterrupt):
        DoorServer(configuration()).run()


if __name__ == "__main__":
    main()
