"""A short way to write the many forms of one phrase."""

from __future__ import annotations

import re
from itertools import product
from math import prod

from bot.knowledge.text import fold

Words = tuple[str, ...]
"""Words of a phrase or of a message, as `split` makes them."""

_PART = re.compile(r"\(([^()]*)\)|(\S+)")
_DOUBLED = re.compile(r"([a-z])\1+")
_MOST_FORMS = 2000


def split(text: str) -> Words:
    """Return the words of `text`, folded; a doubled letter counts once ("mourrir" = "mourir"), "+" is "plus"."""
    return tuple(_DOUBLED.sub(r"\1", fold(text.replace("+", " plus "))).split())


def forms(phrase: str) -> list[Words]:
    """Return all that `phrase` stands for.

    "veux/voudrais" is one of the two, "(ne)" or "(ne/n')" one of them or nothing, and "_" joins the words of one
    choice ("train/premier_train"). Raises `ValueError` when a choice has no letter, a bracket is alone, nothing
    has to be said, or there are too many forms.
    """
    parts = [_choices(optional, plain) for optional, plain in _PART.findall(phrase)]
    if not parts or all(() in choices for choices in parts):
        raise ValueError(f'"{phrase}" holds no word that has to be said')
    if prod(map(len, parts)) > _MOST_FORMS:
        raise ValueError(f'"{phrase}" stands for more than {_MOST_FORMS} forms')
    return [tuple(word for choice in chosen for word in choice) for chosen in product(*parts)]


def _choices(optional: str, plain: str) -> list[Words]:
    if "(" in plain or ")" in plain:
        raise ValueError(f'"{plain}" has a bracket alone')
    found = [split(choice) for choice in (plain or optional).split("/")]
    if () in found:
        raise ValueError(f'"{plain or optional}" has a choice without a letter')
    return found if plain else [(), *found]
