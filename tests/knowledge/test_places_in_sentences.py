"""The written sentences: places are found where they are meant, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import places
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

_MARKED = re.compile(r"\[([^\]>]*)(?:>([^\]]*))?\]")
_WRITTEN = read_yaml(Path(__file__).parent / "data" / "places.yml").value["spans"]
_LEAST_F1 = 0.97
_LEAST_RESOLVED = 0.97


@dataclass
class _Score:
    right: int = 0
    wanted: int = 0
    given: int = 0
    resolved: int = 0


def test_there_are_hundreds() -> None:
    assert sum(map(len, _WRITTEN.values())) >= 300


def test_sentences() -> None:
    score, wrong = _Score(), []
    for group, sentences in _WRITTEN.items():
        for sentence in sentences:
            if not _count(sentence, group == "expected", score):
                wrong.append(sentence)
    assert 2 * score.right / (score.wanted + score.given) >= _LEAST_F1, "\n".join(wrong)
    assert score.resolved / score.right >= _LEAST_RESOLVED, "\n".join(wrong)


def test_a_miss_is_counted() -> None:
    score = _Score()
    assert not _count("je n'ai pas de [métier]", False, score)
    assert (score.wanted, score.given, score.right) == (1, 0, 0)


def _count(sentence: str, expected: bool, score: _Score) -> bool:
    text, wanted = _unmarked(sentence)
    found = places.spans(text, expected=expected)
    pairs = [
        (name, span) for start, end, name in wanted for span in found if start < span.end and span.start < end
    ]
    resolved = sum(_is(span.found, name) for name, span in pairs)
    score.right += len(pairs)
    score.wanted += len(wanted)
    score.given += len(found)
    score.resolved += resolved
    return len(wanted) == len(found) == len(pairs) == resolved


def _unmarked(sentence: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The sentence without brackets, and (start, end, name) of what stood in them."""
    text, wanted, position = "", [], 0
    for mark in _MARKED.finditer(sentence):
        text += sentence[position : mark.start()]
        wanted.append((len(text), len(text) + len(mark[1]), mark[2] or mark[1]))
        text += mark[1]
        position = mark.end()
    return text + sentence[position:], wanted


def _is(found: places.Found, name: str) -> bool:
    if name == "?":
        return len(found.candidates) >= 2
    if found.place is None:
        return False
    return name.isdigit() and found.place.kind == "department" or fold(name) == fold(found.place.name)
