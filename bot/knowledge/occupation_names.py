"""The names of occupations and sectors, read from `data/occupations/*.tsv`, one occupation a row.

Columns: id, kind ("occupation" or "sector"), then a column a language with the names separated by commas, the
commonest first. A name beginning with "?" counts only after a cue (`context.yml`). An all-capitals name of
up to four letters must be typed in capitals. Feminines and plurals are found by `occupation_stems`; those
that differ more ("actrice") stand in the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.occupation_stems import LANGUAGES, stem
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

_KINDS = ("occupation", "sector")
_LONGEST_ACRONYM = 4
# Inclusive endings: boulanger·ère, infirmier(e), technicien.ne, vendeur/se; what follows a bare dot must
# be an ending.
_WORD = re.compile(
    r"\d?[^\W\d_]+(?:[.·•(/-]"
    r"(?:e|ne|se|le|te|re|ère|ere|euse|rice|trice|ice|sse|fe|ve|a|o|in|innen)s?\b\)?)?",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\d?[^\W\d_]+")

Word = tuple[str, int, int]
"""A folded word and where it stands, in characters."""


@dataclass(frozen=True)
class Occupation:
    """One row: `names` by language, the label first."""

    id: str
    kind: str
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Name:
    """One name as it is looked for: `heads`, its words but the small ones, and their stems.

    `occupation` is None for a phrase that is none.
    """

    occupation: Occupation | None
    heads: tuple[str, ...]
    stems: tuple[str, ...]
    cued: bool = False
    capitals: bool = False


@dataclass(frozen=True)
class Met:
    """What tells that somebody of a trade was met: `met` of `context.yml`."""

    the: frozenset[str]
    one: frozenset[str]
    me: frozenset[str]
    says: frozenset[str]
    does: frozenset[str]
    seeing: frozenset[str]
    consulted: frozenset[str]


@dataclass(frozen=True)
class Context:
    """The words of `context.yml`, folded."""

    cues: frozenset[str]
    possessives: frozenset[str]
    small: frozenset[str]
    met: Met
    shortened: dict[str, dict[str, str]]
    never: tuple[str, ...]
    ordinary: frozenset[str]


@dataclass(frozen=True)
class Index:
    """Names by language and first stem, the longest first; `spellings`: the words by language and first
    letter."""

    by_stem: dict[str, dict[str, list[Name]]]
    spellings: dict[tuple[str, str], list[str]]


def words(text: str) -> list[Word]:
    """Return (folded word, start, end) for each word of `text`, inclusive endings taken in but not folded."""
    found = []
    for match in _WORD.finditer(text):
        head = _HEAD.match(match.group())
        assert head is not None, "a word begins with a letter"
        found.append((anyascii(head.group()).lower(), *match.span()))
    return found


@lru_cache(maxsize=4)
def occupations(folder: Path = DATA / "occupations") -> dict[str, Occupation]:
    """Return all occupations by id; raises `DataErrors` with every fault of the files."""
    found: dict[str, Occupation] = {}
    faults: list[DataError] = []
    for path in sorted(folder.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines[1:], start=2):
            row = _row(path, number, line, lines[0].split("\t"), found)
            if isinstance(row, DataError):
                faults.append(row)
            else:
                found[row.id] = row
    raise_all(faults)
    return found


def _row(
    path: Path, number: int, line: str, head: list[str], known: dict[str, Occupation]
) -> Occupation | DataError:
    cells = line.split("\t")
    if len(cells) != len(head):
        return DataError(
            path, number, f"{len(cells)} columns instead of {len(head)}", "separate the columns by one tab"
        )
    row = dict(zip(head, cells, strict=True))
    names = {code: tuple(filter(None, map(str.strip, row.get(code, "").split(",")))) for code in LANGUAGES}
    if row["kind"] not in _KINDS:
        return DataError(path, number, f'"{row["kind"]}" is not a kind', "write occupation or sector")
    if row["id"] in known:
        return DataError(path, number, f'the id "{row["id"]}" stands twice', "give this row another id")
    if not names["fr"]:
        return DataError(
            path, number, f'"{row["id"]}" has no French name', "give it one: it is the label of last resort"
        )
    return Occupation(row["id"], row["kind"], names)


@lru_cache(maxsize=4)
def context(folder: Path = DATA / "occupations") -> Context:
    """Return the words of `context.yml`; raises `DataError` when it cannot be read."""
    raw = read_yaml(folder / "context.yml").value
    cues = _folded([word for listed in raw["cues"].values() for word in listed])
    return Context(
        cues,
        _folded(raw["possessives"]),
        _folded(raw["small"]),
        _met(raw["met"]),
        {code: _folded_pairs(pairs) for code, pairs in raw["shortened"].items()},
        tuple(raw["never"]),
        _folded(raw["ordinary"]),
    )


def _folded(listed: list[str]) -> frozenset[str]:
    return frozenset(word for item in listed for word, *_ in words(item))


def _met(raw: dict[str, list[str]]) -> Met:
    consulted = frozenset(raw["consulted"])
    return Met(**{key: _folded(raw[key]) for key in raw if key != "consulted"}, consulted=consulted)


def _folded_pairs(pairs: dict[str, str]) -> dict[str, str]:
    return {anyascii(short).lower(): anyascii(whole).lower() for short, whole in pairs.items()}


@lru_cache(maxsize=4)
def index(folder: Path = DATA / "occupations") -> Index:
    """Return what `find` looks names up in."""
    by_stem: dict[str, dict[str, list[Name]]] = {code: defaultdict(list) for code in LANGUAGES}
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for language, name in _all_names(folder):
        by_stem[language][name.stems[0]].append(name)
        for word in name.heads if name.occupation and not name.cued else ():
            spellings[language, word[0]].add(word)
    for names in by_stem.values():
        for listed in names.values():
            listed.sort(key=lambda name: -len(name.stems))
    return Index(
        {code: dict(names) for code, names in by_stem.items()},
        {key: sorted(known) for key, known in spellings.items()},
    )


def _all_names(folder: Path) -> Iterator[tuple[str, Name]]:
    small = context(folder).small
    for occupation in occupations(folder).values():
        for language, names in occupation.names.items():
            for written in names:
                yield from _forms(language, occupation, written, small)
    for written in context(folder).never:
        for language in LANGUAGES:
            yield from _forms(language, None, written, small)


def _forms(
    language: str, occupation: Occupation | None, written: str, small: frozenset[str]
) -> Iterator[tuple[str, Name]]:
    bare, cued = written.removeprefix("?"), written.startswith("?")
    heads = tuple(word for word, *_ in words(bare) if word not in small) or tuple(
        word for word, *_ in words(bare)
    )
    capitals = bare.isupper() and len(bare) <= _LONGEST_ACRONYM
    yield language, Name(occupation, heads, tuple(stem(word, language) for word in heads), cued, capitals)
    joined = "".join(heads)
    if len(heads) == 2 and occupation and len(joined) > _LONGEST_ACRONYM * 2:  # "aidesoignante", "sagefemme"
        yield language, Name(occupation, (joined,), (stem(joined, language),), cued)
