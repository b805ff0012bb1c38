"""The intents that the assistant knows to hear, as `domain.yml` lists them."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.paths import ROOT
from bot.knowledge.yamlfile import read_yaml

FALLBACK = "nlu_fallback"
"""What Rasa calls a message that it is not sure to have understood."""

UNSURE_BELOW = 0.5
"""The confidence, from 0 to 1, under which the assistant asks instead of answering.

It is the `threshold` of `FallbackClassifier` in `config.yml`: what the desk, the review and the figures call unsure is
what the person was asked about.
"""


def is_unsure(intent: object, confidence: object) -> bool:
    """Whether a message that was read as `intent` (its name, or None) with this confidence (or None) was not sure."""
    return intent == FALLBACK or (isinstance(confidence, (int, float)) and confidence < UNSURE_BELOW)


@lru_cache(maxsize=1)
def intents() -> tuple[str, ...]:
    """Their names, in the order of the file; each is worded as `readings.<name>` in the catalogues."""
    listed = read_yaml(ROOT / "domain.yml")["intents"]
    return tuple(next(iter(each.value)) if isinstance(each.value, dict) else str(each.value) for each in listed)
