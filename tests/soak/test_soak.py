"""A short soak, and what its verdict is worth."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from .doors import Row
from .soak import Plan, soak
from .verdict import faults, percentiles

SHORT = Plan(seconds=6, pause=(0.1, 0.8), kills=(1.5, 3), lease=4, patience=60)


def test_every_message_arrives_once_and_in_order_on_bad_connections_and_with_doors_killed(tmp_path: Path) -> None:
    found = asyncio.run(soak(SHORT, tmp_path))
    assert found.faults == [], found.told()
    assert found.kills >= 1
    assert found.counts["cut by the person"] > 10
    assert found.counts["sent again"] > 5
    assert found.messages > SHORT.people
    assert found.shown == 2 * found.messages + SHORT.people
    assert all(len(each) == found.messages for each in found.seconds.values())


SENT = [("m0", "un"), ("m1", "deux")]
STORED: list[Row] = [
    (2, "bot", "Bonjour.", None, ""),
    (3, "person", "un", "m0", "answered"),
    (4, "person", "deux", "m1", "answered"),
    (5, "bot", "Réponse à : un", None, ""),
    (6, "bot", "Réponse à : deux", None, ""),
]


def shown(stored: list[Row]) -> list[dict[str, Any]]:
    return [{"seq": seq, "author": author, "text": text} for seq, author, text, _, _ in stored]


def test_all_is_well() -> None:
    assert faults("x", SENT, shown(STORED), STORED, echoed=True) == []


@pytest.mark.parametrize(
    ("view", "stored", "told"),
    [
        (STORED[:-1], STORED, "shown of what is stored: 1 missing, the first is (6, 'bot', 'Réponse à : deux')"),
        ([*STORED, STORED[-1]], STORED, "shown of what is stored: 1 too many"),
        ([STORED[1], STORED[0], *STORED[2:]], STORED, "shown of what is stored: out of order from number 0 on"),
        (None, [*STORED[:2], *STORED[3:]], "stored of what was written: 1 missing, the first is 'm1'"),
        (None, [*STORED, (7, "person", "deux", "m2", "answered")], "stored of what was written: 1 too many"),
        (None, [*STORED, (7, "bot", "Réponse à : un", None, "")], "answers: 1 too many"),
        (None, [*STORED[:3], STORED[4], STORED[3]], "answers: out of order from number 0 on"),
        (None, STORED[:-1], "answers: 1 missing"),
        (None, [*STORED[:2], (4, "person", "deux", "m1", "failed"), *STORED[3:]], "message 4 is failed"),
        (None, [*STORED[:2], (4, "person", "trois", "m1", "answered"), *STORED[3:]], "texts stored: 1 missing"),
    ],
)
def test_what_goes_wrong_is_found(view: list[Row] | None, stored: list[Row], told: str) -> None:
    found = faults("x", SENT, shown(stored if view is None else view), stored, echoed=True)
    assert any(told in fault for fault in found), found


def test_percentiles_are_told() -> None:
    assert percentiles([]) == "none"
    assert percentiles([0.001 * each for each in range(100)]) == "50 %: 50 ms, 95 %: 95 ms, 99 %: 99 ms, longest: 99 ms"
