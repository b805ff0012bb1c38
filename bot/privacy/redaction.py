"""Personal data masked in what people write: phones, e-mails, links to a person, accounts, cards, national numbers,
street addresses, names that are introduced as names.

Towns, postcodes, ages, dates, hours, sums, occupations and firms' numbers (SIREN, SIRET) stay. The work grows with the
length of the text and no faster: every candidate is of bounded length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.privacy import addresses, announced, emails, handles, ibans, links, names, national, numbers, signatures
from bot.privacy.spans import Span, even, visible

_ROUNDS = 8  # what is masked may part what stood together: it is searched again, until nothing more is found


def _searches() -> tuple[Callable[[str], Iterator[Span]], ...]:
    """In the order in which they are heard; links come before them all."""
    sure = handles.find, emails.find, ibans.find, national.find
    told = announced.documents, announced.accounts, announced.cards
    return *sure, *told, numbers.find, announced.phones, addresses.find, names.find, signatures.find


class RedactionFailed(Exception):
    """The text could not be searched: it must be treated as if it were full of personal data."""


@dataclass(frozen=True)
class Redacted:
    """A text with masks such as `[phone]` in place of personal data, and the kinds masked, sorted."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str) -> Redacted:
    """Mask personal data in `text`; raises `RedactionFailed` whatever goes wrong (never lets a text through)."""
    try:
        return _redacted(text)
    except Exception as error:  # whatever it is, the text must not pass
        raise RedactionFailed(type(error).__name__) from None


def _redacted(text: str) -> Redacted:
    kinds: set[str] = set()
    for _ in range(_ROUNDS):
        spans = _spans(text)
        if not spans:
            return Redacted(text, tuple(sorted(kinds)))
        kinds |= {span.kind for span in spans}
        text = _masked(text, spans)
    raise RuntimeError("the search does not come to an end")


def _spans(text: str) -> list[Span]:
    """Spans that do not overlap, in order: what is found first takes what others would have of it."""
    seen, places = visible(text)
    plain = even(seen)
    taken = _Taken(len(plain))
    taken.add(links.find(plain))
    plain = links.without_ordinary(plain)
    for find in _searches():
        taken.add(find(plain))
    spans = (Span(places[span.start], places[span.end - 1] + 1, span.kind) for span in taken.spans)
    return sorted(spans, key=lambda span: span.start)


class _Taken:
    """Spans so far, and the characters that are theirs."""

    def __init__(self, length: int) -> None:
        self.spans: list[Span] = []
        self._held = bytearray(length)

    def add(self, spans: Iterator[Span]) -> None:
        for span in spans:
            if not any(self._held[span.start : span.end]):
                self._held[span.start : span.end] = b"\1" * (span.end - span.start)
                self.spans.append(span)


def _masked(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return "".join([*parts, text[at:]])
