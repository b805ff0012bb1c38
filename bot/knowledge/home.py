"""Whether a place named in a sentence is where the person is, or where they would like to go."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.paths import DATA
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml


def told_as_home(text: str, start: int) -> bool:
    """Tell whether the words of `text` before the character `start` say that one is or lives there ("j'habite à")."""
    before = f" {fold(text[:start])}"
    return any(before.endswith(f" {words}") for words in _words())


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """The phrases of `data/places/home.yml`, in all languages; raises `DataError` when the file is wrong."""
    listed = read_yaml(DATA / "places" / "home.yml").value.values()
    return frozenset(fold(words) for phrases in listed for words in phrases.split(","))
