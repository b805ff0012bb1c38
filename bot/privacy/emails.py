"""E-mail addresses, also as people spell them ("jean (at) exemple point fr") or mistype them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.spans import Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either, known, words_of

# Every repetition is bounded, so that no text makes the search slow (RFC 5321: 64 and 255 characters).
_SIGN = r"[^\s@<>()\[\],;:\"'’«»]"
# "o'connor" is whole; "l'" and "qu'" are the sentence's.
_BEFORE = rf"(?:(?<![^\W\d_])(?!(?:[cdjlmnst]|qu)['’]){_SIGN}{{1,32}}(?<=[^\W\d_])['’](?=[^\W\d_])){{0,2}}"
_LOCAL = rf"{_BEFORE}{_SIGN}{{1,64}}"
_DOMAIN = r"(?:[^\W_](?:[\w-]{0,62})\.){1,6}[^\W\d_]{2,24}"
_PLAIN = re.compile(rf"{_LOCAL}\s?@\s?{_DOMAIN}")


def find(text: str) -> Iterator[Span]:
    """All e-mail addresses of `text`."""
    folded = fold(text)
    for form in (_PLAIN, *_mistyped()) if "@" in text else ():
        yield from _spans(form, folded)
    for form in _spelt():
        yield from _spans(form, folded)
    for match in _at_a_known_host().finditer(folded):
        if match.group("local") not in words_of("common") | known("names", "never"):  # "look at gmail.com"
            yield Span(match.start(), match.end(), "email")


def _spans(form: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in form.finditer(text):
        yield Span(match.start("address") if form.groups else match.start(), match.end(), "email")


@lru_cache(maxsize=1)
def _mistyped() -> tuple[re.Pattern[str], ...]:
    """ "jean@exemple,fr", "jean @ exemple . fr", "jean@gmail", "jean@gmailcom"."""
    ends, hosts = either("emails", "ends"), either("emails", "hosts")
    parted = rf"{_LOCAL} ?@ ?(?:[\w-]{{1,63}}\.){{0,3}}[\w-]{{1,63}}(?: ?[.,] ?)(?:{ends})\b"
    return re.compile(parted), re.compile(rf"{_LOCAL}@(?:{hosts})(?:{ends})?\b")


@lru_cache(maxsize=1)
def _spelt() -> tuple[re.Pattern[str], ...]:
    """ "jean point paul arobase exemple point fr"; "at" is a word like others.

    It counts where it stands in brackets, where the dot is spelt too, or where a word tells that an address comes.
    """
    dot, line, at = (f"(?:{either('emails', name)})" for name in ("dot", "line", "at"))
    spelt_dot = rf"(?:\s?[(\[{{]{dot}[)\]}}]\s?|\s{dot}\s)"
    ends = f"(?:{either('emails', 'ends')}|{either('emails', 'other_ends')})"
    beginning = rf"[\w.+-]{{1,64}}(?:\s(?:{dot}|{line})\s[\w+-]{{1,32}}){{0,3}}"
    end = rf"(?:[\w-]{{1,63}}(?:\.|{spelt_dot})){{1,4}}[^\W\d_]{{2,24}}"
    bracketed = rf"\s{{0,2}}[(\[{{]\s?(?:{either('emails', 'bracketed')})\s?[)\]}}]\s{{0,2}}"
    announcing = rf"\b(?:{either('emails', 'announcing')})\b[^\n@]{{0,12}}\s"
    return (
        re.compile(rf"{beginning}(?:{bracketed}|\s{at}\s){end}"),
        re.compile(rf"{beginning}\sat\s(?:[\w-]{{1,63}}{spelt_dot}){{1,4}}{ends}\b"),
        re.compile(rf"{announcing}(?P<address>{beginning}\sat\s{end})"),
    )


@lru_cache(maxsize=1)
def _at_a_known_host() -> re.Pattern[str]:
    """ "jean.dupont at gmail.com"."""
    hosts, ends = either("emails", "hosts"), either("emails", "ends")
    return re.compile(rf"(?<![\w.+-])(?P<local>[\w.+-]{{1,64}})\sat\s(?:{hosts})\.(?:com?\.)?(?:{ends})\b")
