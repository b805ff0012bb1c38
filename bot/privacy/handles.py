"""What people are called on a network, where they say so: "mon insta c'est @lea.coiff"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.spans import Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import listed

_HANDLE = r"@[\w.-]{2,40}\b|(?=[a-z_.-]{0,40}[\d_.])[a-z][\w.-]{2,40}\b"


def find(text: str) -> Iterator[Span]:
    """All handles that a network's name announces; without "@" one must have a digit, a dot or a line in it."""
    for match in _announced().finditer(fold(text)):
        if "." not in match.group(1) or not re.search(r"\.(?:com|fr|org|net|ee|me)$", match.group(1)):
            yield Span(match.start(1), match.end(1), "link")


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    services, between = (
        "|".join(sorted(listed("links", section), key=len, reverse=True)) for section in ("services", "between")
    )
    return re.compile(rf"\b(?:{services})\b\W{{0,4}}(?:(?:{between})\b\W{{1,4}}){{0,4}}(?<![\w@.])({_HANDLE})")
