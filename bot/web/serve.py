"""Serves the door: `python -m bot.web.serve` on HOST (127.0.0.1) and PORT (8000)."""

from __future__ import annotations

import uvicorn

from bot.web import environment


def main() -> None:
    """Serve until told to stop. No access log: it would write people's addresses."""
    uvicorn.run(
        "bot.web.asgi:application",
        host=environment.text("HOST", "127.0.0.1"),
        port=environment.number("PORT", 8000),
        log_level=environment.text("LOG_LEVEL", "info").lower(),
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=3,  # seconds: open streams would keep it for ever
    )


if __name__ == "__main__":
    main()
