"""A directory of Cités of which a test changes a few values."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge import agenda_sources
from bot.knowledge.cites import load_cites
from bot.knowledge.paths import DATA

Change = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread reads the directory while a test changes it."""
    monkeypatch.setattr(agenda_sources, "watch", lambda: None)


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """A function (id, key=value…) that rewrites one Cité's file in a copy of the directory; None takes a key out."""
    folder = tmp_path / "data" / "cites"
    shutil.copytree(DATA / "cites", folder)
    shutil.copytree(DATA / "agenda", tmp_path / "data" / "agenda")
    monkeypatch.setattr(load_cites.__wrapped__, "__defaults__", (folder,))
    load_cites.cache_clear()

    def rewrite(cite: str, **values: Any) -> None:
        file = folder / f"{cite}.yml"
        raw = {**yaml.safe_load(file.read_text("utf-8")), **values}
        kept = {key: value for key, value in raw.items() if value is not None}
        file.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
        load_cites.cache_clear()

    yield rewrite
    load_cites.cache_clear()


def fact(value: Any, **more: Any) -> dict[str, Any]:
    """A sourced value as a Cité's file holds it."""
    return {"value": value, "source": "https://example.org/", "checked_on": "2026-11-22", **more}
