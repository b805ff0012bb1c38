"""Addresses on the web that lead to a person: profiles, shared files, keys and user names in them, one's own site.

The pages of public bodies, of the Cités, and all others that tell nothing of a person, stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

from bot.privacy.spans import BLOT, Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either, known, listed

_LINK = re.compile(
    r"(?<![\w@.-])(?:(?P<scheme>https?://)[^\s<>\"«»]{3,2000}"
    r"|(?:[^\W_][\w-]{0,62}\.){1,5}[a-z]{2,12}(?![\w@])(?:[/?#][^\s<>\"«»]{0,2000})?)",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}'’"
_SECRET = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}")
_WORDS_BETWEEN = 4
_LOOK_BACK = 50


def find(text: str) -> Iterator[Span]:
    """All personal addresses of `text`, whole."""
    yield from (span for span, personal in _all(text) if personal)


def without_ordinary(text: str) -> str:
    """The text, of the same length, with the addresses that stay blotted out: numbers in them are nobody's."""
    for span, personal in _all(text):
        if not personal and "://" in text[span.start : span.end]:
            text = text[: span.start] + BLOT * (span.end - span.start) + text[span.end :]
    return text


def _all(text: str) -> Iterator[tuple[Span, bool]]:
    for match in _LINK.finditer(text):
        link = match.group().rstrip(_TAIL)
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        yield Span(match.start(), match.start() + len(link), "link"), _is_personal(link, before)


def _is_personal(link: str, before: str) -> bool:
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:  # not an address that one can follow
        return False
    if "@" in link or _tells_in_query(parts):
        return True
    if _is_of(host, known("links", "files")):
        return len(parts.path) > 1
    if any(body in fold(link) for body in listed("links", "bodies")):
        return False
    if _is_of(host, known("links", "profiles")):
        return _is_profile(parts.path)
    return _holds_a_person(parts.path) or _is_own().search(fold(before)) is not None


def _is_of(host: str, sites: frozenset[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[at:]) in sites for at in range(len(parts)))


def _is_profile(path: str) -> bool:
    """Whether the path of a network's page is somebody's, and not a firm's, a group's, the network's own."""
    parts = [part for part in path.lower().split("/") if part]
    return bool(parts) and parts[0] not in known("links", "pages")


def _holds_a_person(path: str) -> bool:
    parts = [part for part in path.lower().split("/") if part]
    if any(part.startswith(("@", "~")) for part in parts):
        return True
    return any(part in known("links", "holders") for part in parts[:-1])


def _tells_in_query(parts: SplitResult) -> bool:
    pairs = parse_qsl(parts.query, max_num_fields=200) + parse_qsl(parts.fragment, max_num_fields=200)
    return any(name.lower() in known("links", "parameters") or _SECRET.fullmatch(value) for name, value in pairs)


@lru_cache(maxsize=1)
def _is_own() -> re.Pattern[str]:
    """What announces one's own page: "mon site perso : "."""
    own, pages = either("links", "own"), either("links", "pages_of_mine")
    few = rf"(?:\W{{1,3}}[a-z]{{1,12}}){{0,{_WORDS_BETWEEN}}}"
    return re.compile(
        rf"(?:\b(?:{own})\W{{1,2}}(?:[a-z]{{1,12}}\W{{1,2}})?(?:{pages})\b{few}|\b(?:portfolio|cv|book)\b{few})\W{{0,4}}$"
    )
