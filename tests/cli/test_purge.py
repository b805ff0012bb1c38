"""`python -m bot purge`: counts only, and the same rules as the door's own hourly purge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.knowledge.paths import ROOT
from bot.web.conversations import states
from bot.web.conversations.models import Erasure
from tests.web.conftest import rasa
from tests.web.fake_rasa import FakeRasa
from tests.web.test_retention import age, silent, there

__all__ = ["rasa"]


def purge(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main(["purge", *options]) == 0
    printed = capsys.readouterr()
    assert "bonjour" not in printed.out + printed.err
    return printed.out.splitlines()


@pytest.mark.django_db(transaction=True)
def test_counts_then_removes_then_has_nothing_left(rasa: FakeRasa, capsys: pytest.CaptureFixture[str]) -> None:
    young, middling, old, handed_over = (silent(days) for days in (1, 10, 40, 40))
    states.open_handoff(handed_over, True, {"request": "bonjour"}, "person")
    states.leave(handed_over)
    age(handed_over, 40)
    counted = ["conversations to be removed: 2 (1 handed over to an advisor)", "silent handoffs to be ended: 0"]
    assert purge(capsys, "--dry-run") == counted
    assert purge(capsys, "--dry-run", "--days", "5")[0].startswith("conversations to be removed: 3 ")
    assert len(there()) == 4
    rasa.stop()
    assert purge(capsys) == [
        "conversations removed: 2 (1 handed over to an advisor)",
        "silent handoffs ended: 0",
        "left for Rasa to forget, which the door sees to: 2",
    ]
    rasa.start()
    Erasure.objects.all().delete()
    assert purge(capsys, "--days", "5")[::2] == [
        "conversations removed: 1 (0 handed over to an advisor)",
        "left for Rasa to forget, which the door sees to: 0",
    ]
    assert rasa.forgotten == [middling]
    assert there() == {young}


def test_a_door_without_tables_is_said(tmp_path: Path) -> None:
    own = {"BOT_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/door.sqlite3"}
    command = [sys.executable, "-m", "bot", "purge", "--dry-run"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr == "The door's database does not answer, or has no tables yet: start the bot once.\n"


@pytest.mark.parametrize("days", ["0", "-1", "x", "1.5", "10000", ""])
def test_days_are_a_whole_number_from_1(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["purge", f"--days={days}"])
    assert ended.value.code == 2
    assert "is not a number of days from 1" in capsys.readouterr().err
