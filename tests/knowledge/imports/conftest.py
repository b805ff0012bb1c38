"""A directory of fictional Cités that a test may change, and the recorded examples of what feeds it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.cites import load_cites
from bot.knowledge.imports import data_inclusion
from bot.knowledge.imports.report import Report
from bot.knowledge.imports.writing import write

TODAY = date(2026, 11, 27)


class Directory:
    """Fictional Cités in a folder of their own; `data`: the recorded examples."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        self.data = data
        self.today = TODAY

    def text(self, id: str) -> str:
        return (self.folder / f"{id}.yml").read_text("utf-8")

    def set(self, id: str, text: str) -> None:
        (self.folder / f"{id}.yml").write_text(text, "utf-8")

    def cites(self):  # type: ignore[no-untyped-def]
        load_cites.cache_clear()
        return load_cites(self.folder)

    def inclusion(self, *names: str | Path, apply: bool = False, today: date = TODAY) -> Report:
        report = Report()
        cites = self.cites()
        data_inclusion.read([self.data / name for name in names], cites, today, report)
        report.settle()
        if apply:
            report.written = [file.name for file in write(cites, report.changes)]
        return report


@pytest.fixture
def directory(tmp_path: Path):  # type: ignore[no-untyped-def]
    data = Path(__file__).parents[1] / "data" / "imports"
    shutil.copytree(data / "cites", tmp_path / "data" / "cites")
    yield Directory(tmp_path / "data" / "cites", data)
    load_cites.cache_clear()
