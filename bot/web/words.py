"""The door's words: a thin reading of the project's catalogues."""

from __future__ import annotations

import re

from bot.knowledge.catalogue import SPOKEN, Catalogue

LANGUAGES = SPOKEN
"""Languages that can be chosen in the widget."""
DEFAULT = "fr"
_CODE = re.compile(r"[a-z]{2}")


def catalogue() -> Catalogue:
    """All words; read once, at the first call."""
    return Catalogue.load()


def word(key: str, language: str, **values: object) -> str:
    """The text of `key` ("door.too_long") in `language`, with its placeholders filled in."""
    return catalogue().text(key, language, **values)


def language_of(key: str, language: str) -> str:
    """The language in which `word` gives `key` when asked for `language`."""
    return catalogue().language_of(key, language)


def is_language(value: object) -> bool:
    """Whether `value` has the form of a two-letter language code."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def preferred(accept_language: str) -> str:
    """The first language of an `Accept-Language` header that the door speaks, else French."""
    for part in accept_language.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT
