"""`python -m bot evaluate`: what it refuses before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--folds", "1"], "--folds: two or more"),
        (["--folds", "-3"], "--folds: two or more"),
        (["messages.yml"], "messages.yml: no such file"),
        (["--compare", "config_of_nobody.yml"], "config_of_nobody.yml: no such file"),
        (["messages.yml", "--record"], "name no files"),
        (["messages.yml", "--write-docs"], "name no files"),
    ],
)
def test_a_wrong_option_is_told_at_once(
    arguments: list[str],
    fault: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["evaluate", *arguments]) == 2
    assert fault in capsys.readouterr().out
