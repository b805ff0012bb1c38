"""Cards that stand beside each other, with their links as buttons, where a platform shows that; else they are text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.web.cards import facts
from bot.web.channels import cards
from bot.web.channels.capabilities import Capabilities, Tiles
from bot.web.words import word

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_BETWEEN = " · "


@dataclass(frozen=True)
class Link:
    """A button of a tile: its label, and an https address or, if `dials`, a telephone number (`+33…`)."""

    label: str
    target: str
    dials: bool = False


@dataclass(frozen=True)
class Tile:
    """A card: its title, what fits under it (it may be empty), and one link at least."""

    title: str
    subtitle: str
    links: tuple[Link, ...]


def lay_out(found: Sequence[Mapping[str, Any]], able: Capabilities, language: str) -> tuple[list[str], list[Tile]]:
    """Cards as blocks of text and as tiles; a card is a block too where the tile cannot hold all that it tells."""
    blocks: list[str] = []
    tiles: list[Tile] = []
    for card in found:
        tile = _tile(card, able.tiles, able.size, language) if able.tiles and cards.is_known(card) else None
        if tile is None:
            blocks.append(cards.block(card, language))
            continue
        tiles.append(tile)
        told = facts(card, language)
        if tile.subtitle != _BETWEEN.join(told[1:]):
            blocks.append("\n".join(told))
    return blocks, tiles


def _tile(card: Mapping[str, Any], able: Tiles, size: Callable[[str], int], language: str) -> Tile | None:
    """A card as a tile; None where its title, one of its links or their number does not fit."""
    told = facts(card, language)
    links = [_button(name, target, language) for name, target in cards.ways(card)]
    right = [link for link in links if link and size(link.label) <= able.label]
    if not told or not 1 <= len(links) <= able.links or len(right) < len(links) or size(told[0]) > able.title:
        return None
    return Tile(told[0], _subtitle(told[1:], able.subtitle, size), tuple(right))


def _button(name: str, target: str, language: str) -> Link | None:
    """A link; None for a telephone number that cannot be dialled from everywhere."""
    label = word(f"channels.button.{name}", language)
    if name != "call":
        return Link(label, target)
    number = re.sub(r"[\s().-]", "", target)
    return Link(label, number, dials=True) if _NUMBER.fullmatch(number) else None


def _subtitle(lines: Sequence[str], room: int, size: Callable[[str], int]) -> str:
    """The first lines, as many as fit, none of them cut."""
    told = ""
    for line in lines:
        longer = f"{told}{_BETWEEN}{line}" if told else line
        if size(longer) > room:
            break
        told = longer
    return told
