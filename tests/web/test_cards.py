"""What is read of a card: the same for an advisor and on a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cli import talk
from bot.web.cards import lines

CITE = {"kind": "cite", "id": "demo", "name": "Cité", "city": None, "distance_km": 3.4, "distance": "about 3 km",
        "map": "https://map.example/", "phone": "+33 1"}  # fmt: skip
WEEK = {"kind": "week", "caption": "Hours", "columns": ["Day", "Desk", "Talks"],
        "rows": [{"day": "Monday", "hours": ["9-17", "closed"], "today": True}]}  # fmt: skip


@pytest.mark.parametrize(
    ("card", "read"),
    [
        (CITE, ["Cité", "about 3 km", "+33 1"]),
        ({"kind": "event", "title": "Job fair", "calendar": "/events/x.ics", "url": "https://x.example/"},
         ["Job fair", "https://x.example/"]),
        ({"kind": "cite", "name": "Cité", "city": "Lille", "distance_km": 3.4, "address": "1\nrue"},
         ["Cité", "Lille · 3.4 km away", "1 rue"]),
        (WEEK, ["Hours (Desk / Talks)", "Monday: 9-17 / closed"]),
        ({"kind": "other", "payload": "/inform"}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_only_what_people_read_is_told(card: dict[str, Any], read: list[str]) -> None:
    assert lines(card, "en") == read


def test_a_terminal_shows_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    reply = {"text": "Here.", "language": "en", "cards": [CITE, WEEK], "choices": [{"key": "k1", "title": "Hours"}]}
    talk._as_text([reply], "bot")
    assert capsys.readouterr().out.splitlines()[:5] == [
        "Here.", "   ▪ Cité — about 3 km — +33 1", "   ▪ Hours (Desk / Talks) — Monday: 9-17 / closed",
        "   [1] Hours", "",
    ]  # fmt: skip
