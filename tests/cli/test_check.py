"""`python -m bot check`: each fault once, with its file, line and mend, wherever it is stumbled over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import check
from bot.cli.main import main
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError


def test_a_fault_over_which_two_parts_stumble_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "caen.yml").write_text("id: [", "utf-8")
    other = DataError("words.yml", 3, "a word stands twice", "keep one")

    def cites() -> list[DataError]:
        load_cites(tmp_path)
        return []

    def words_after_cites() -> list[DataError]:
        return [other] if cites() == [] else []

    parts = {"Cités": cites, "Look-alikes": words_after_cites, "Words": lambda: [other], "Places": lambda: []}
    monkeypatch.setattr(check, "_PARTS", parts)
    assert main(["check", "--no-rasa"]) == 1
    out, error = capsys.readouterr()
    assert out.splitlines() == [
        "Cités: 1 to mend", "Look-alikes: not checked, it needs what is to mend above",
        "Words: 1 to mend", "Places: good",
    ]  # fmt: skip
    first, second = error.splitlines()
    assert first.startswith(f"{tmp_path / 'caen.yml'}:1: not valid YAML") and "Mend:" in first
    assert second == "words.yml:3: a word stands twice. Mend: keep one"


def test_all_good_ends_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "_PARTS", {"Places": lambda: []})
    assert main(["check", "--no-rasa"]) == 0
    assert capsys.readouterr().out == "Places: good\n"
