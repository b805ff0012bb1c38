"""The command line as a whole: what it prints, and with which exit code it ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.cli.main import COMMANDS, main
from bot.knowledge.paths import ROOT


def test_who_reads_only_the_beginning_sees_no_error() -> None:
    """As `| head` does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "cite", "show", "paris"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 130


def test_every_command_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    out = capsys.readouterr().out
    assert caught.value.code == 0
    assert [name for name, summary in COMMANDS.items() if f"\n    {name}" not in out or summary[:20] not in out] == []
