"""One rendering of what is said, for all platforms: texts that fit, choices to press or to answer by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.web import masks
from bot.web.channels import cards
from bot.web.channels.capabilities import Capabilities, Choices
from bot.web.channels.splitting import split
from bot.web.conversations.models import Author, Message
from bot.web.words import word


@dataclass(frozen=True)
class Choice:
    """A choice to press: an opaque key of 22 characters of A-Z a-z 0-9 - _, and its label."""

    key: str
    label: str


@dataclass(frozen=True)
class Part:
    """One message for a platform: a text that fits, and choices that fit as buttons, or as rows of a list."""

    text: str
    choices: tuple[Choice, ...] = ()
    as_list: bool = False


@dataclass(frozen=True)
class Shown:
    """A message in parts, and the keys of the choices that are answered by number, in the order of their numbers."""

    parts: tuple[Part, ...]
    numbered: tuple[str, ...] = ()


def shown(message: Message, able: Capabilities, first_number: int = 1) -> Shown:
    """What a person is to see of one message; choices that can only be numbered begin at `first_number`.

    Of their own message, only what was masked in it.
    """
    language = message.language
    if message.author == Author.PERSON:
        told = masks.notice(message)
        return Shown(_texts([told], able.text, able)) if told else Shown(())
    said = [_said(message), *(cards.block(card, language) for card in message.payload.get("cards", []))]
    choices = [Choice(each["key"], each["title"]) for each in message.payload.get("choices", [])]
    way = _way(choices, able)
    if way is not None:
        parts = _texts(said, way.text, able)
        last = Part(parts[-1].text, tuple(choices), way is not able.buttons)
        return Shown((*parts[:-1], last))
    if not choices:
        return Shown(_texts(said, able.text, able))
    return _numbered(said, choices, able, first_number, language)


def _numbered(said: list[str], choices: list[Choice], able: Capabilities, first: int, language: str) -> Shown:
    """Choices as numbered lines; where there are buttons enough for the numbers, they carry these."""
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, first)]
    parts = _texts([*said, "\n".join([word("channels.by_number", language), *lines])], able.text, able)
    keys = tuple(choice.key for choice in choices)
    if able.buttons and len(choices) <= able.buttons.count and able.size(parts[-1].text) <= able.buttons.text:
        pressed = tuple(Choice(choice.key, str(number)) for number, choice in enumerate(choices, first))
        parts = (*parts[:-1], Part(parts[-1].text, pressed))
    return Shown(parts, keys)


def _said(message: Message) -> str:
    """The text, after the name of the advisor where one speaks."""
    if message.author != Author.ADVISOR:
        return message.text
    name = word("widget.by_advisor", message.language, advisor=message.name)
    return word("channels.says", message.language, name=name, text=message.text)


def _way(choices: list[Choice], able: Capabilities) -> Choices | None:
    """The first way in which all the choices can be pressed with their whole labels; None when there is none."""
    if not choices:
        return None
    longest = max(able.size(choice.label) for choice in choices)
    ways = (able.buttons, able.rows)
    return next((way for way in ways if way and len(choices) <= way.count and longest <= way.label), None)


def _texts(blocks: Sequence[str], limit: int, able: Capabilities) -> tuple[Part, ...]:
    """Blocks with blank lines between them, as many in one text as fit; never none."""
    texts: list[str] = []
    for block in filter(None, blocks):
        together = f"{texts[-1]}\n\n{block}" if texts else block
        if able.size(together) <= limit:
            texts[-1:] = [together]
        else:
            texts += split(block, limit, able.size)
    return tuple(map(Part, texts or ["…"]))


def plain(text: str, able: Capabilities) -> list[Part]:
    """A sentence outside of any conversation."""
    return list(_texts([text], able.text, able))


