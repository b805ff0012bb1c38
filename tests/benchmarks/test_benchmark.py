"""The benchmark itself runs, on a small agenda; what it measures is not judged here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.knowledge.agenda import agenda

from .knowledge import ASKED_MS, measures, synthetic_agenda, with_agenda


def test_every_operation_is_measured() -> None:
    found = measures(runs=2, entries=200)
    assert set(ASKED_MS) <= {each.name for each in found}
    assert all(each.median_ms > 0 and each.times_base > 0 for each in found)


def test_the_synthetic_agenda_has_its_entries(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(synthetic_agenda(300))
    found = agenda(with_agenda(tmp_path / "a.ics"), datetime(2026, 1, 5), datetime(2027, 1, 5)).events
    assert len(found) >= 100
    assert agenda(with_agenda(tmp_path / "a.ics"), datetime(2025, 1, 5), datetime(2025, 2, 5)).events == ()
