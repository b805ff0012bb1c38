"""A dozen kills, and what the verdict on them is worth."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .kills import Plan, Trial
from .threads import Expected
from .verdict import faults


def test_nothing_is_lost_or_doubled_whatever_is_killed(tmp_path: Path) -> None:
    trial = Trial(Plan(12, pause=(0.05, 0.4), away=(0, 0.3), patience=90), tmp_path)
    found = asyncio.run(trial.run())
    assert found.faults == [], found.told()
    assert sum(found.kills.values()) == 12
    assert set(found.kills) == {"door killed", "rasa killed", "database killed"}
    assert found.failed > 0
    assert sum(found.threads.values()) >= 4


class Held:
    """A database that gives the rows of one thread, in the order in which the verdict asks."""

    def __init__(self, lines: list[tuple[int, str, str, str]], audit: list[tuple[str, str, str, str]]) -> None:
        self._rows = [lines, [("bot", 1, None)], [(7, "closed")], audit, [("claim",)], [(0,)]]

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return list(self._rows.pop(0))


def judged(lines: list[tuple[int, str, str, str]], audit: list[tuple[str, str, str, str]]) -> list[str]:
    thread = Expected(1, "exchange", "x", [("person", "un")], [("", "waiting", "bot")], ["claim"])
    return faults(thread, "Camille", [{"author": "person", "text": "un"}], Held(lines, audit))  # type: ignore[arg-type]


def test_what_goes_wrong_is_found() -> None:
    doubled = [(1, "person", "un", "answered"), (2, "person", "un", "sent")]
    found = judged(doubled, [("", "waiting", "bot", ""), ("live", "closed", "bot", "")])
    known = ["stored: 1 too many", "message 2 is sent", "talk: 1 missing", "audit: 1 too many", "from the one before"]
    for told in known:
        assert any(told in fault for fault in found), (told, found)
    assert any("state by the audit" in each for each in judged(doubled[:1], [("", "waiting", "bot", "")]))
