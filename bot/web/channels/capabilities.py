"""What a messaging platform can show, as its documentation says: rendering goes by this and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# GSM 03.38: the basic alphabet of text messages, and the characters of its extension, each worth two.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True)
class Choices:
    """One way to show choices: how many at most, how long a label may be, how long the text with them.

    `first_word`: how long the first word of a label may be, where a label is shown by its first words.
    """

    count: int
    label: int
    text: int
    first_word: int | None = None


@dataclass(frozen=True)
class Tiles:
    """Cards beside each other: how many, how long a title and what stands under it, how many links, their labels."""

    count: int
    title: int
    subtitle: int
    links: int
    label: int


@dataclass(frozen=True)
class Capabilities:
    """The longest text, how its length is counted, and which choices can be pressed; None: they are numbered.

    `buttons` are looked at first, then `rows` (a list that opens). Cards are text where there are no `tiles`. Lengths
    are in `size`.
    """

    text: int
    size: Callable[[str], int]
    buttons: Choices | None = None
    rows: Choices | None = None
    tiles: Tiles | None = None


def characters(text: str) -> int:
    """Length in Unicode code points."""
    return len(text)


def utf16(text: str) -> int:
    """Length in UTF-16 code units: most emoji count two."""
    return len(text.encode("utf-16-le")) // 2


def is_gsm(text: str) -> bool:
    """Whether a text message can be sent in the GSM alphabet, 160 characters a part, and not in UCS-2, 70 a part."""
    return all(char in _GSM or char in _GSM_EXTENSION for char in text)


def sms(text: str) -> int:
    """Length of a text message: in GSM characters where it can be sent so, else in UTF-16 code units."""
    if not is_gsm(text):
        return utf16(text)
    return len(text) + sum(char in _GSM_EXTENSION for char in text)
