"""What was masked in what a person wrote, in words that people read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from babel.lists import format_list

from bot.web.conversations.models import Message
from bot.web.words import DEFAULT, catalogue, language_of, word

_MASK = re.compile(r"\[([a-z-]+)\]")
_UNSURE = frozenset({"name", "address", "link"})  # told by words around them, which may mislead


def shown(message: Message) -> str:
    """The text of a message as people read it, its masks in its own language."""
    return in_words(message.text, message.payload.get("masked", []), message.language)


def notice(message: Message) -> str | None:
    """What was masked in a message and why, or None."""
    kinds = message.payload.get("masked")
    return told(kinds, message.language) if kinds else None


def told(kinds: Collection[str], language: str) -> str:
    """What was masked and why, in a sentence or two; `kinds` as redaction names them, at least one."""
    language = language_of("masks.told", language)
    names = [word(f"masks.kind.{_key(kind)}", language) for kind in kinds]
    sentence = word("masks.told", language, kinds=format_list(names, locale=language))
    return sentence if _UNSURE.isdisjoint(kinds) else f"{sentence} {word('masks.mistaken', language)}"


def in_words(text: str, kinds: Collection[str], language: str) -> str:
    """A masked text with the masks of `kinds` in the reader's language: "[phone]" → "[téléphone]"."""
    return "".join(f"[{said}]" if masked else said for said, masked in parts(text, kinds, language))


def parts(text: str, kinds: Collection[str], language: str) -> Iterator[tuple[str, bool]]:
    """A masked text cut at its masks: (what stands there, False), or (what was masked, in a word or two, True)."""
    end = 0
    for mask in _MASK.finditer(text):
        if mask[1] in kinds:
            yield text[end : mask.start()], False
            yield word(f"masks.in_place.{_key(mask[1])}", language), True
            end = mask.end()
    yield text[end:], False


def kinds_known() -> frozenset[str]:
    """All the kinds of what may be masked."""
    return frozenset(key.replace("_", "-") for key in catalogue().part("masks.in_place", DEFAULT))


def _key(kind: str) -> str:
    return kind.replace("-", "_")
