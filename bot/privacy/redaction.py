"""Personal data masked in what people write: phones, e-mails, bank accounts, cards, national numbers.

Towns, postcodes, ages, dates, hours, sums and firms' numbers (SIREN, SIRET) stay. The work grows with the
length of the text and no faster: every candidate is of bounded length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.privacy import emails, ibans, national, numbers
from bot.privacy.spans import Span, digits_as_ascii


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
        return _masked(text, list(_spans(text)))
    except Exception as error:  # whatever it is, the text must not pass
        raise RedactionFailed(type(error).__name__) from None


def _spans(text: str) -> Iterator[Span]:
    """Spans that do not overlap, in order: e-mails first, then accounts, then numbers around them."""
    even = digits_as_ascii(text)
    taken: list[Span] = []
    for find in (emails.find, ibans.find, national.find, numbers.find):
        taken += [span for span in find(even) if not any(map(span.overlaps, taken))]
    yield from sorted(taken, key=lambda span: span.start)


def _masked(text: str, spans: list[Span]) -> Redacted:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return Redacted("".join([*parts, text[at:]]), tuple(sorted({span.kind for span in spans})))
