"""A Rasa that can be killed: `python -m tests.kills.rasa PORT` answers as one, with a question of consent."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import httpx

from bot.cli.processes import free_port
from bot.knowledge.paths import ROOT
from tests.web.conftest import until
from tests.web.fake_rasa import CONSENT, FakeRasa, said

GREETING = "Bonjour, je suis un assistant automatique."
THANKS = "Merci, je transmets."
ASKS = "je préfère parler à quelqu'un"
"""What a message must end with for the question of consent."""


def echo(text: str) -> str:
    """What is answered to any other message."""
    return f"Réponse à : {text}"


def answer(message: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
    """The replies to a message; the door itself knows what the request was."""
    if message == "/greet":
        return [said(GREETING)]
    if message.endswith(ASKS):
        return [CONSENT]
    if message.startswith("/affirm"):
        return [said(THANKS, custom={"handoff": {"consent": True, "summary": {"concern": "change_job"}}})]
    return [said(echo(message))]


class RasaProcess:
    """One that listens at `url` while it lives."""

    def __init__(self) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self._command = [sys.executable, "-m", "tests.kills.rasa", str(port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return once it answers."""
        self._process = subprocess.Popen(self._command, cwd=ROOT)
        until(self._answers, seconds=60)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url, trust_env=False).status_code > 0
        except httpx.HTTPError:
            return False


def main(port: int) -> None:
    """Serve until killed."""
    fake = FakeRasa()
    fake.port, fake.answer, fake.delay = port, answer, 0.05  # so that it can be killed in the middle of a turn
    fake.start()
    threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
