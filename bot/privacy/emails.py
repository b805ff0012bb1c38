"""E-mail addresses, also as people spell them ("jean (at) exemple point fr")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.spans import Span

# Every repetition is bounded, so that no text makes the search slow (RFC 5321: 64 and 255 characters).
_LOCAL = r"[^\s@<>()\[\],;:\"'«»]{1,64}"
_DOMAIN = r"(?:[^\W_](?:[\w-]{0,62})\.){1,6}[^\W\d_]{2,24}"
_PLAIN = re.compile(rf"{_LOCAL}\s?@\s?{_DOMAIN}")
_AT = r"\s{0,2}(?:[(\[{]\s?(?:at|arobase|arroba|chiocciola|a)\s?[)\]}]|\s(?:arobase|arobas|arroba|chiocciola)\s)\s{0,2}"
_DOT = r"(?:\.|\s?[(\[{](?:dot|point|punto|ponto)[)\]}]\s?|\s(?:dot|point|punto|ponto)\s)"
_SPELT = re.compile(
    rf"[\w.+-]{{1,64}}(?:\s(?:dot|point|punto|ponto)\s[\w+-]{{1,32}}){{0,2}}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,4}}[^\W\d_]{{2,24}}",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    """All e-mail addresses of `text`."""
    if "@" in text:
        yield from (Span(match.start(), match.end(), "email") for match in _PLAIN.finditer(text))
    yield from (Span(match.start(), match.end(), "email") for match in _SPELT.finditer(text))
