"""The command line as a whole: what it prints, and with which exit code it ends."""

from __future__ import annotations

import os
import re
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


def told_commands() -> list[str]:
    """Each command with options that a page tells people to type, without what is no part of it."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    found = {line for page in pages for line in re.findall(r"python -m bot ([^`#<\n]+)", page.read_text("utf-8"))}
    return sorted(line.strip() for line in found if "--" in line)


@pytest.mark.parametrize("line", told_commands())
def test_what_the_pages_tell_to_type_is_as_the_help_says(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = line.split()
    command = words[:2] if words[0] in ("account", "cite", "import") else words[:1]
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert set(re.findall(r"--[a-z-]+", line)) <= options
