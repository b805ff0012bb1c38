"""Cuts a text into pieces of words that e5 knows, the likeliest way of all (SentencePiece's unigram model)."""

from __future__ import annotations

import re

from bot.knowledge.e5_file import Vocabulary

_SPACE = "\u2581"  # how the vocabulary writes a space
_SPACES = re.compile("  +")
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as SentencePiece has it


class Tokenizer:
    """Turns texts into numbers of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the pieces and their scores."""
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.numbers))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY

    def tokens(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the pieces of `text`, between the marks of its beginning and end; `longest` in all."""
        pieces = self._pieces(self._normal(text))[: longest - 2]
        return [self._vocabulary.first, *pieces, self._vocabulary.last]

    def _normal(self, text: str) -> str:
        even = _SPACES.sub(" ", text.translate(self._vocabulary.characters))
        return (even if even.startswith(" ") else " " + even).replace(" ", _SPACE)

    def _pieces(self, text: str) -> list[int]:
        """Return the likeliest pieces (Viterbi's way: for each place in turn, the best piece that ends there)."""
        number_of, scores, unknown = self._vocabulary.numbers.get, self._vocabulary.scores, self._vocabulary.unknown
        best = [0.0, *[float("-inf")] * len(text)]
        came_from = [(0, unknown)] * (len(text) + 1)
        for start in range(len(text)):
            so_far = best[start]
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                number = number_of(text[start:end])
                if number is not None and so_far + scores[number] > best[end]:
                    best[end], came_from[end] = so_far + scores[number], (start, number)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1], came_from[start + 1] = so_far + self._unknown_score, (start, unknown)
        return _path(came_from)


def _path(came_from: list[tuple[int, int]]) -> list[int]:
    pieces, end = [], len(came_from) - 1
    while end:
        end, number = came_from[end]
        pieces.append(number)
    return pieces[::-1]
