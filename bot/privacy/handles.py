"""What people are called on a network, where they say so: "mon insta c'est @lea.coiff"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.spans import Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either, known, words_of

_HANDLE = r"@[\w.-]{2,40}\b|(?=[a-z_.-]{0,40}(?:[\d_]|\.\w))[a-z][\w.-]{2,40}\b"
_GAP = r"[^\w.!?…]"  # a sentence ends at these: "… mon profil LinkedIn. C'est fait."


def find(text: str) -> Iterator[Span]:
    """All handles that a network's name announces.

    Without "@" one must have a digit, a dot or a line in it, or be no word of the language after "mon insta c'est".
    """
    for match in _own().finditer(fold(text)):
        if match.group(1) not in words_of("common") | known("names", "never"):
            yield Span(match.start(1), match.end(1), "link")
    for match in _announced().finditer(fold(text)):
        if "." not in match.group(1) or not re.search(r"\.(?:com|fr|org|net|ee|me)$", match.group(1)):
            yield Span(match.start(1), match.end(1), "link")


@lru_cache(maxsize=1)
def _own() -> re.Pattern[str]:
    own, services = either("links", "own"), either("links", "services")
    is_ = r"(?:c ?'? ?est|c|is|es|e|:)"
    return re.compile(rf"\b(?:{own}) (?:{services})\b ?{is_} {{0,2}}([a-z][\w.-]{{3,40}})\b")


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    services, between = either("links", "services"), either("links", "between")
    return re.compile(rf"\b(?:{services})\b{_GAP}{{0,4}}(?:(?:{between})\b{_GAP}{{1,4}}){{0,4}}(?<![\w@.])({_HANDLE})")
