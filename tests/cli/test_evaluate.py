"""`python -m bot evaluate`: what it refuses before anything heavy is done."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from bot.cli import evaluate
from bot.cli.main import main
from tests.cli.evaluation.made import HEARD, results


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """The command sets variables for Rasa: other tests are not to find them."""
    with mock.patch.dict(os.environ):
        yield


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
    out, error = capsys.readouterr()
    assert fault in error and not out


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("- intent: thank\n  messages:\n  - text: Merci !\n", 2, "No message to measure"),
        ("- intent: thank\n  messages:\n  - texte: Merci !\n", 1, "fr.yml:3: "),
    ],
)
def test_messages_that_cannot_be_measured_are_told_before_any_training(
    text: str, code: int, told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "fr.yml").write_text(text, "utf-8")
    assert main(["evaluate", str(tmp_path / "fr.yml")]) == code
    assert told in capsys.readouterr().err


def test_misses_stand_alone_on_standard_output(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    options = Namespace(report=tmp_path / "report.html", json=None, write_docs=False, record=False, misses=True)
    evaluate._written(options, results(), HEARD)
    out, error = capsys.readouterr()
    missed = [json.loads(line) for line in out.splitlines()]
    assert missed and {miss["text"] for miss in missed} == {one.text for one in HEARD if not one.right}
    assert "report.html" in error and len(error.splitlines()) > 10
