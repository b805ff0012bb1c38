"""Rasa and the action server as processes: how they are started, where they say that they are well."""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request

from bot.cli import train
from bot.knowledge.paths import ROOT

PATIENCE_S = 180
"""Seconds for all processes to be well on a slow machine."""


def rasa_command(port: int) -> list[str]:
    """The command line of Rasa, reached from this machine alone.

    Verbose is the level INFO, whatever LOG_LEVEL says: below it, Rasa logs what people write.
    """
    own = ["--model", train.MODEL, "--credentials", ROOT / "credentials.yml", "--endpoints", ROOT / "endpoints.yml"]
    listening = ["--interface", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "rasa", "run", "--verbose", *listening, *map(str, own)]


def actions_command(port: int) -> list[str]:
    """The command line of the action server; SANIC_HOST, in its environment, says from where it is reached."""
    return [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]


def rasa_health(port: int) -> str:
    """Where Rasa on this machine says whether it has read its model."""
    return f"http://127.0.0.1:{port}/webhooks/door/"


def actions_health(port: int) -> str:
    """Where the action server on this machine says that it is there."""
    return f"http://127.0.0.1:{port}/health"


def is_well(address: str) -> bool:
    """Whether a process answers 200 at such an address, and does not say that it is not ready."""
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200 and b'"ready":false' not in response.read())
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
