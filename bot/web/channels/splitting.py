"""A long text in several: at a blank line, else a line, a sentence, a word; never inside a word that fits."""

from __future__ import annotations

import re
from collections.abc import Callable

# No-break spaces are none of these: French puts one before "!" and ":".
_BREAKS = tuple(map(re.compile, (r"[ \t]*\n[ \t]*\n[ \t\n]*", r"[ \t]*\n[ \t]*", r"(?<=[.!?…])[ \t]+", r"[ \t\n]+")))
_BLANKS = " \t\n"
_WORTH_IT = 0.3  # of the room: a coarse break that leaves less than this gives way to a finer one


def split(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """The text in pieces of at most `limit`, as `size` counts, blanks at the breaks left out; none is empty."""
    pieces, rest = [], text.strip(_BLANKS)
    while size(rest) > limit:
        end, start = _cut(rest, limit, size)
        pieces.append(rest[:end].rstrip(_BLANKS))
        rest = rest[start:].strip(_BLANKS)
    return [piece for piece in [*pieces, rest] if piece.strip()]


def _cut(text: str, limit: int, size: Callable[[str], int]) -> tuple[int, int]:
    """Where the first piece ends and the next one starts."""
    longest = _fitting(text, limit, size)
    for pattern in _BREAKS:
        found = None
        for match in pattern.finditer(text, 0, longest + 2):
            if 0 < match.start() <= longest:
                found = match.span()
        if found and (found[0] > longest * _WORTH_IT or pattern is _BREAKS[-1]):
            return found
    return longest, longest  # one word, longer than all the room there is


def _fitting(text: str, limit: int, size: Callable[[str], int]) -> int:
    """The greatest number of characters from the start that fit, one at least."""
    end = min(len(text), limit)
    while end > 1 and size(text[:end]) > limit:
        end -= max(1, (size(text[:end]) - limit) // 2)
    return max(end, 1)
