"""Words of despair or violence that leave no doubt, in every language."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.errors import DataError
from bot.knowledge.paths import DATA
from bot.knowledge.text import clean, fold
from bot.knowledge.yamlfile import read_yaml

_FILE = DATA / "distress.yml"


def is_said(text: str) -> bool:
    """Tell whether `text` holds one of the phrases of `data/distress.yml`, whatever its language."""
    said = f" {fold(clean(text))} "
    return any(phrase in said for phrase in load_phrases())


@lru_cache(maxsize=1)
def load_phrases() -> frozenset[str]:
    """Return the phrases, folded, with a space at both ends; raises `DataError` when the file is wrong."""
    root = read_yaml(_FILE)
    found = root.value
    if not isinstance(found, dict) or not all(_are_texts(listed) for listed in found.values()):
        raise DataError(_FILE, 1, "expected a list of phrases for each language", 'write "fr: [je veux mourir, …]"')
    return frozenset(f" {fold(phrase)} " for listed in found.values() for phrase in listed)


def _are_texts(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(phrase, str) and fold(phrase) for phrase in listed)
