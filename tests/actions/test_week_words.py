"""An ordinary week of opening hours in words."""

from __future__ import annotations

import pytest

from actions.week_words import week
from bot.knowledge.opening import HoursError


@pytest.mark.parametrize(
    ("expression", "language", "wanted"),
    [
        ("Mo-Fr 10:00-18:00", "fr", "lundi–vendredi 10 h – 18 h"),
        ("Mo-Fr 10:00-18:00", "en", "Monday–Friday 10:00–18:00"),
        ("Mo-We,Fr 09:30-17:30; Th 09:30-19:00", "fr",
         "lundi–mercredi 9 h 30 – 17 h 30, jeudi 9 h 30 – 19 h, vendredi 9 h 30 – 17 h 30"),
        ("Tu 09:00-12:00,13:30-17:00", "it", "martedì 9:00–12:00 e 13:30–17:00"),
        ("Sa 10:00-13:00; PH off", "es", "sábado 10:00–13:00"),
        ("Mo-Su off", "fr", ""),
        ("We 09:00-24:00", "fr", "mercredi 9 h – 24 h"),
    ],
)  # fmt: skip
def test_a_week(expression: str, language: str, wanted: str) -> None:
    assert week(expression, language) == wanted


def test_what_is_no_hours_is_refused() -> None:
    with pytest.raises(HoursError):
        week("quand on veut", "fr")
