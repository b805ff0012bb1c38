"""The intents that the assistant knows to hear, as `domain.yml` lists them."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.paths import ROOT
from bot.knowledge.yamlfile import read_yaml

FALLBACK = "nlu_fallback"
"""What Rasa calls a message that it is not sure to have understood."""


@lru_cache(maxsize=1)
def intents() -> tuple[str, ...]:
    """Their names, in the order of the file; each is worded as `readings.<name>` in the catalogues."""
    listed = read_yaml(ROOT / "domain.yml")["intents"]
    return tuple(next(iter(each.value)) if isinstance(each.value, dict) else str(each.value) for each in listed)
