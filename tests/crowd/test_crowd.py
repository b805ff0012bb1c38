"""Ten people and five advisors at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .crowd import Crowd


def test_nobody_is_lost_doubled_or_mixed_up_with_another(tmp_path: Path) -> None:
    found = asyncio.run(Crowd(10, tmp_path, doors=1).run())
    assert found.faults == [], found.told()
    assert len(found.outcomes) == len(found.waited) == 10
    assert found.counts["passed on"] + found.counts["put back"] > 0
