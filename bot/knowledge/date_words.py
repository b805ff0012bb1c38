"""The words of a language that make up dates, read from `data/dates/<language>.yml` (its README tells the
sections).

Every phrase becomes a `Word` with a code of one letter, so that a sentence is a string of letters on which
`date_patterns` runs ordinary regular expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from pathlib import Path
from typing import Any

from bot.knowledge.date_tokens import tokens
from bot.knowledge.named_days import NAMES
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

LANGUAGES = ("fr", "en", "es", "it", "pt", "nl", "de", "ca")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = {"before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
_SURE_LENGTH = 5  # letters from which a word belongs to one language only, unless listed as shared


@dataclass(frozen=True)
class Word:
    """What a phrase means: a code of one letter (the table `_CODES`) and a value whose type goes with the
    code.

    `often`: the phrase tells a habit; `shared`: other languages have the word too.
    """

    code: str
    value: Any = None
    shared: bool = False


OTHER = Word("-")

# Section → code. Where two sections hold the same phrase, the first one here has it.
_CODES = {
    "never": "-",
    "streets": "r",
    "next_week": "x",
    "moments": "R",
    "habits": "B",
    "weekdays_often": "w",
    "weekdays": "W",
    "weekdays_weak": "q",
    "months": "M",
    "holidays": "H",
    "parts": "P",
    "seasons": "S",
    "weekdays_short": "v",
    "months_short": "j",
    "first": "O",
    "numbers": "N",
    "hours": "h",
    "quarters": "4",
    "before_hour": "5",
    "after_hour": "6",
    "units": "U",
    "units_many": "u",
    "edges": "e",
    "weeks_after": "8",
    "next": "n",
    "this": "t",
    "last": "l",
    "every": "y",
    "now": "I",
    "later": "f",
    "before_noon": "z",
    "after_noon": "z",
    "clock": "K",
    "in": "i",
    "since": "s",
    "between": "b",
    "and": "&",
    "of": "F",
    "at": "X",
    "inside": "E",
    "before": "Q",
    "after": "Q",
    "or": "Q",
    "cue": "Q",
    "articles": "A",
}
_SAYING = frozenset({"before_noon", "after_noon", "never", "before", "after", "or"})
"""Sections whose words mean what the section says."""
DAY_SIDES = ("before", "after", "from", "until")
"""Groups of the section `sides`."""
_SIDES = ("at", "of", "later", "before", "after")
"""Groups of the sections `clock`, `of` and `later`: the last two tell a side of the hour that follows."""
ANCHORS = frozenset("RBWwqMmjHSUuIvx")
"""Codes without one of which, or a digit, a text holds no date."""


@dataclass(frozen=True)
class Lexicon:
    """The words of one language and its habits; `phrases` and `sides` are by the folded tokens of a phrase, `notions`
    as `notion` finds them."""

    phrases: dict[tuple[str, ...], Word]
    longest: dict[str, int]
    anchors: frozenset[str]
    spellings: tuple[str, ...]
    habit_articles: frozenset[str]
    day_articles: frozenset[str]
    day_names: frozenset[str]
    hour_articles: frozenset[str]
    opening: frozenset[str]
    numbers: dict[str, int]
    betweens: frozenset[str]
    range_articles: frozenset[str]
    notions: tuple[tuple[str, str], ...]
    sides: dict[tuple[str, ...], str]
    next_weekend: str
    afternoon_hours: bool
    month_first: bool


@lru_cache(maxsize=16)
def lexicon(language: str, folder: Path = DATA / "dates") -> Lexicon:
    """Return the words of `language`; raises `DataError` when its file is missing or wrong."""
    root = read_yaml(folder / f"{language}.yml")
    phrases = _phrases(root)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return Lexicon(
        phrases,
        longest,
        frozenset(max(phrase, key=len) for phrase, found in phrases.items() if found.code in ANCHORS),
        tuple(sorted(phrase[0] for phrase, found in phrases.items() if _is_spelling(phrase, found))),
        frozenset(_setting(root, "habit_articles", [])),
        frozenset(folded(article)[0] for article in _setting(root, "day_articles", [])),
        frozenset(folded(name)[-1] for name in _setting(root, "units", {}).get("day", [])),
        frozenset(folded(article)[0] for article in _setting(root, "hour_articles", [])),
        frozenset(folded(word)[-1] for word in _setting(root, "opening", [])),
        {phrase[0]: value for phrase, value in _entries(root, "numbers") if len(phrase) == 1},
        frozenset(folded(word)[0] for word in _setting(root, "between", [])),
        frozenset(_setting(root, "range_articles", [])),
        tuple(_notions(root)),
        dict(_entries(root, "sides")),
        str(_setting(root, "next_weekend", "coming")),
        _setting(root, "small_hours", None) == "afternoon",
        bool(_setting(root, "month_first", False)),
    )


def folded(phrase: str) -> tuple[str, ...]:
    """Return the folded tokens of a phrase."""
    return tuple(token.folded for token in tokens(phrase))


def _phrases(root: Node) -> dict[tuple[str, ...], Word]:
    shared = {folded(name) for name in _setting(root, "shared", [])}
    weak = {folded(name) for name in _setting(root, "months_weak", [])}
    found: dict[tuple[str, ...], Word] = {}
    for section, code in _CODES.items():
        more = _MADE[section](root) if section in _MADE else ()
        for phrase, value in chain(_entries(root, section), more):
            if phrase in found or not phrase:
                continue
            # A weak month is a month that needs a word or a number beside it.
            actual = "m" if code == "M" and phrase in weak else code
            is_shared = phrase in shared or max(map(len, phrase)) < _SURE_LENGTH
            found[phrase] = Word(_compound_code(value, actual), value, is_shared)
    return found


def _notions(root: Node) -> Iterator[tuple[str, str]]:
    """Pairs (phrase folded, section) of the kinds of days that people ask about without naming one."""
    for section in ("school_holidays", "public_holidays"):
        yield from ((" ".join(folded(phrase)), section) for phrase in _setting(root, section, []))


def notion(text: str, language: str) -> str | None:
    """The kind of days that a text asks about in a language: "school_holidays", "public_holidays" or None."""
    said = " ".join(token.folded for token in tokens(text))
    found = [(len(phrase), name) for phrase, name in lexicon(language).notions if f" {phrase} " in f" {said} "]
    return max(found)[1] if found else None


def _compound_code(value: Any, code: str) -> str:
    return "C" if isinstance(value, tuple) and len(value) == 3 else code


def _entries(root: Node, section: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    node = root.get(section)
    if node is None or node.value is None:
        return
    if isinstance(node.value, list):
        yield from ((folded(_text(child)), _list_value(section, folded(_text(child)))) for child in node)
        return
    for key, group in node.items():
        value = _value(section, key, group)
        yield from ((folded(_text(child)), value) for child in group)


def _list_value(section: str, phrase: tuple[str, ...]) -> Any:
    if section == "articles":
        return phrase[-1]  # "o dia 15" is a day, "o 15" may be a bus
    if section == "next_week":
        return "week"
    return section if section in _SAYING else None


def _value(section: str, key: Any, node: Node) -> Any:
    if section.startswith("weekdays"):
        return _index(WEEKDAYS, key, node)
    if section == "moments":
        day, _, part = str(key).partition(" ")
        if day not in DAYS:
            raise node.error(f'"{day}" is not a day known', f"write one of: {', '.join(DAYS)}")
        return DAYS[day], part or None
    sides = DAY_SIDES if section == "sides" else _SIDES if section in {"clock", "of", "later"} else (key,)
    if key not in sides:
        raise node.error(f'"{key}" is not known here', f"write one of: {', '.join(sides)}")
    if section == "holidays" and key not in NAMES:
        raise node.error(f'"{key}" is not a holiday known', f"write one of: {', '.join(sorted(NAMES))}")
    return key


def _compounds(root: Node) -> Iterator[tuple[tuple[str, ...], Any]]:
    """German and Dutch join a weekday and a part of the day: value ("weekday", number, part)."""
    node, days = root.get("compounds"), root.get("weekdays")
    if node is None or days is None:
        return
    for (part, endings), (day, names) in product(node.items(), days.items()):
        for name, ending in product(names.value, endings.value):
            value = ("weekday", _index(WEEKDAYS, day, names), part)
            yield from ((folded(name + ending), value), (folded(f"{name} {ending}"), value))


def _ordinals(root: Node) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Portuguese weekdays are ordinals too: "segunda oportunidade" is no Monday. Value "never"."""
    names = [name for key in ("weekdays", "weekdays_weak") for day in _setting(root, key, {}).values() for name in day]
    for name, noun in product(names, _setting(root, "counted", [])):
        if len(folded(name)) == 1:
            yield folded(f"{name} {noun}"), "never"


def _feasts(root: Node) -> Iterator[tuple[tuple[str, ...], Any]]:
    """ "el día" is an article, but begins "el día de Reyes" as well: holidays with all of it before."""
    articles = [folded(article) for article in _setting(root, "articles", [])]
    for (phrase, value), article in product(list(_entries(root, "holidays")), articles):
        if len(article) > 1 and article[-1] == phrase[0]:
            yield article[:-1] + phrase, value


_MADE: dict[str, Callable[[Node], Iterable[tuple[tuple[str, ...], Any]]]] = {
    "moments": _compounds,
    "never": _ordinals,
    "holidays": _feasts,
}
"""Sections of which phrases are made beside those that are listed."""


def _index(names: tuple[str, ...], key: Any, node: Node) -> int:
    if key not in names:
        raise node.error(f'"{key}" is not known here', f"write one of: {', '.join(names)}")
    return names.index(key)


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise node.error(f"{node.value!r} is not a text", "put it in quotes")
    return node.value


def _setting(root: Node, key: str, default: Any) -> Any:
    node = root.get(key)
    return default if node is None or node.value is None else node.value


def _is_spelling(phrase: tuple[str, ...], word: Word) -> bool:
    return len(phrase) == 1 and word.code in "WM" and len(phrase[0]) >= _SURE_LENGTH + 1
