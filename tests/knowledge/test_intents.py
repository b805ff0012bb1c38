"""When a reading is called unsure: as the assistant itself has it."""

from __future__ import annotations

import pytest
import yaml

from bot.knowledge.intents import FALLBACK, UNSURE_BELOW, is_unsure
from bot.knowledge.paths import ROOT


def test_unsure_is_what_the_assistant_asks_about() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    (threshold,) = [each["threshold"] for each in pipeline if each["name"] == "FallbackClassifier"]
    assert threshold == UNSURE_BELOW


@pytest.mark.parametrize(
    ("intent", "confidence", "unsure"),
    [
        ("find_cite", UNSURE_BELOW, False),
        ("find_cite", UNSURE_BELOW - 0.01, True),
        ("find_cite", 0, True),
        ("find_cite", None, False),
        ("find_cite", "0.1", False),
        (FALLBACK, 0.9, True),
        (FALLBACK, None, True),
        (None, None, False),
    ],
)
def test_a_reading_is_unsure_below_or_when_asked_again(intent: object, confidence: object, unsure: bool) -> None:
    assert is_unsure(intent, confidence) is unsure
