"""One rendering of what is said, for all platforms: texts that fit, choices to press or to answer by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.web import masks
from bot.web.channels.capabilities import Capabilities, Choices
from bot.web.channels.splitting import split
from bot.web.channels.tiles import Tile, lay_out
from bot.web.conversations.models import Author, Message
from bot.web.words import DEFAULT, word


@dataclass(frozen=True)
class Choice:
    """A choice to press: an opaque key of 22 characters of A-Z a-z 0-9 - _, and its label."""

    key: str
    label: str


@dataclass(frozen=True)
class Part:
    """One message for a platform: a text that fits or, where the platform shows them beside each other, cards instead.

    Choices fit as buttons, or as rows of a list that opens at a word in `language`.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    as_list: bool = False
    tiles: tuple[Tile, ...] = ()
    language: str = field(default=DEFAULT, compare=False)


@dataclass(frozen=True)
class Shown:
    """A message in parts, and the keys of the choices that are answered by number, in the order of their numbers."""

    parts: tuple[Part, ...]
    numbered: tuple[str, ...] = ()


def shown(message: Message, able: Capabilities, first_number: int = 1) -> Shown:
    """What a person is to see of one message; choices that can only be numbered begin at `first_number`.

    Of their own message, only what was masked in it; nothing of what is for the desk alone.
    """
    language = message.language
    if message.payload.get("desk_only"):
        return Shown(())
    if message.author == Author.PERSON:
        told = masks.notice(message)
        return Shown(_texts([told], able.text, able)) if told else Shown(())
    blocks, tiles = lay_out(message.payload.get("cards", []), able, language)
    said = [_said(message), *blocks]
    choices = [Choice(each["key"], each["title"]) for each in message.payload.get("choices", [])]
    way = _way(choices, able)
    if way is not None:
        parts = (*_texts(said, way.text, able), *_beside(tiles, able))
        chosen = replace(parts[-1], choices=tuple(choices), as_list=way is not able.buttons, language=language)
        return Shown((*parts[:-1], chosen))
    if tiles or not choices:
        parts = (*_texts(said, able.text, able), *_beside(tiles, able))
        rest = _numbered([], choices, able, first_number, language) if choices else Shown(())
        return Shown((*parts, *rest.parts), rest.numbered)
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
    if len({choice.label for choice in choices}) < len(choices):
        return None  # no platform takes two buttons of one name
    labels = [choice.label for choice in choices]
    return next((way for way in (able.buttons, able.rows) if way and _holds(way, labels, able)), None)


def _holds(way: Choices, labels: list[str], able: Capabilities) -> bool:
    """Whether choices of these labels can be pressed in one way."""
    if len(labels) > way.count or max(map(able.size, labels)) > way.label:
        return False
    first_words = [label.split(maxsplit=1)[0] for label in labels if label.strip()]
    return way.first_word is None or all(able.size(word) <= way.first_word for word in first_words)


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


def _beside(tiles: Sequence[Tile], able: Capabilities) -> Iterator[Part]:
    """Cards as messages of their own, as many in one as the platform takes."""
    most = able.tiles.count if able.tiles else 1
    for start in range(0, len(tiles), most):
        yield Part("", tiles=tuple(tiles[start : start + most]))


def plain(text: str, able: Capabilities) -> list[Part]:
    """A sentence outside of any conversation."""
    return list(_texts([text], able.text, able))


