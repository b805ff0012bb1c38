"""The door as a process of its own, killed outright once it has taken a message: the next one answers it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.cli.processes import free_port, is_well
from bot.knowledge.paths import ROOT
from tests.web.conftest import until
from tests.web.fake_rasa import SECRET, FakeRasa

from .simulator import seen
from .telegram_simulator import TOKEN, Phone, TelegramSimulator

WEBHOOK_SECRET = "a-secret-of-tests"


@contextmanager
def door(folder: Path, rasa: FakeRasa, platform: TelegramSimulator) -> Iterator[str]:
    """Serve it on a database that stays in `folder`; at the end it is killed as a crash would."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"BOT_VAR": str(folder), "PORT": str(port), "RASA_URL": rasa.url, "RASA_SECRET": SECRET}
    environment |= {"TELEGRAM_URL": platform.url, "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": WEBHOOK_SECRET}
    environment |= {"PUBLIC_URL": "https://bot.example", "NO_PROXY": "127.0.0.1"}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.web.channels.brief_settings"}
    with (folder / "web.log").open("ab") as log:
        where = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log}
        if not (folder / "bot.sqlite3").exists():
            subprocess.run([sys.executable, "-m", "bot.web.manage", "migrate"], check=True, **where)  # type: ignore[call-overload]
        process = subprocess.Popen([sys.executable, "-m", "bot.web.serve"], **where)  # type: ignore[call-overload]
    try:
        until(lambda: is_well(f"http://127.0.0.1:{port}/health"), seconds=60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(20)


def test_what_was_taken_is_answered_by_the_next_door(
    rasa: FakeRasa, platform: TelegramSimulator, tmp_path: Path
) -> None:
    rasa.delay = 0.5
    with door(tmp_path, rasa, platform) as url:
        phone = Phone(platform, url, WEBHOOK_SECRET)
        for text in ("un", "deux"):
            assert phone.say(text).status_code == 200
    assert not any("Réponse" in text for text in phone.heard)
    rasa.delay = 0.0
    with door(tmp_path, rasa, platform):
        seen(lambda: phone.heard, "Réponse à : deux", seconds=30)
    assert [text for text in phone.heard if "Réponse" in text] == ["Réponse à : un", "Réponse à : deux"]
    assert "4815162342" not in (tmp_path / "web.log").read_text()
    assert TOKEN not in (tmp_path / "web.log").read_text()
