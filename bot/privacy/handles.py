"""What people are called on a network, where they say so: "mon insta c'est @lea.coiff"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.spans import Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either, known, listed, words_of

_SIGNED = r"@[\w.-]{2,40}\b|[a-z][\w.-]{1,40}#\d{4}\b|live:[\w.-]{2,40}\b"
_HANDLE = rf"{_SIGNED}|(?=[a-z_.-]{{0,40}}(?:[\d_]|\.\w))[a-z][\w.-]{{2,40}}\b"
_GAP = r"[^\w.!?…]"  # a sentence ends at these: "… mon profil LinkedIn. C'est fait."


def find(text: str) -> Iterator[Span]:
    """All handles that a network's name announces.

    Without "@" one must have a digit, a dot or a line in it, or be no word of the language after "mon insta c'est" or
    "snap :".
    """
    for form in _own(), _labelled():
        for match in form.finditer(fold(text)):
            if not _is_word(match.group(1)):
                yield Span(match.start(1), match.end(1), "link")
    for match in _announced().finditer(fold(text)):
        if "." not in match.group(1) or not re.search(r"\.(?:com|fr|org|net|ee|me)$", match.group(1)):
            yield Span(match.start(1), match.end(1), "link")


def _is_word(handle: str) -> bool:
    """Whether what stands for a handle is a word of the language, or the name of a public body."""
    if any(body in handle for body in listed("links", "bodies")):
        return True
    return handle in words_of("common") or handle in known("names", "never") or handle in words_of("places")


@lru_cache(maxsize=1)
def _own() -> re.Pattern[str]:
    own, services = either("links", "own"), either("links", "services")
    is_ = r"(?:c ?'? ?est|c|is|es|e|ist|heet|heisst|heißt|:)"
    return re.compile(rf"\b(?:{own}) (?:{services})\b ?{is_} {{0,2}}([a-z][\w.-]{{3,40}})\b")


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    """ "snap : leacoiff", with nothing more on its line or after a comma."""
    services = either("links", "nicknamed")
    return re.compile(rf"\b(?:{services}) ?[:=] {{0,2}}([a-z][\w.-]{{3,40}})\b(?= ?[.!]? ?(?:[,;\n]|$))")


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    services, between = either("links", "services"), either("links", "between")
    return re.compile(rf"\b(?:{services})\b{_GAP}{{0,4}}(?:(?:{between})\b{_GAP}{{1,4}}){{0,4}}(?<![\w@.])({_HANDLE})")
