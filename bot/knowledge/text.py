"""Text as people type it, made even for search and recognition."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_REPEATED = re.compile(r"(\w)\1{2,}")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_MASK = re.compile(r"\[[a-z_]+\]")  # as `bot.privacy.redaction` puts them
_MOSTLY_CAPITALS = 0.7


def clean(text: str) -> str:
    """Return `text` with one form for each character, one space between words, no shouting and no masks.

    Masks such as `[phone]` are the door's words and not the person's: they are left out, unless there is nothing else.

    Letters repeated three times or more are kept twice ("heeelp" → "heelp"); a text of which more than
    70 % of the letters are capitals is put in lower case, since encoders read capitals as other words.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = _MASK.sub(" ", text) if words(_MASK.sub(" ", text)) else text
    text = _REPEATED.sub(r"\1\1", text)
    text = _SPACES.sub(" ", text).strip()
    return text.lower() if _is_shouted(text) else text


def fold(text: str) -> str:
    """Return `text` in lower case ASCII, without accents or punctuation: "St-Étienne" → "st etienne"."""
    return re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).strip()


def words(text: str) -> list[str]:
    """Return the words of `text`, in lower case, accents kept."""
    return re.findall(r"[^\W\d_]+", text.lower())


def _is_shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > 3 and capitals > _MOSTLY_CAPITALS * len(letters)
