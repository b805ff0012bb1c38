"""Every word that a person reads, one catalogue a language.

A catalogue is `data/locales/<language>.yml` and every `data/locales/*/<language>.yml`, merged. Keys are nested and
joined with dots ("utterances.utter_greet"); a text holds placeholders in braces ("{limit}").
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.knowledge.errors import DataError
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

SPOKEN = ("fr", "en", "es", "it", "pt")
_NEAREST = {"ca": "es", "nl": "en", "de": "en", "es": "en", "it": "en", "pt": "en", "en": "fr"}


@dataclass(frozen=True)
class Entry:
    """One text of a catalogue and the place where it is written."""

    text: str
    file: Path
    line: int


@dataclass(frozen=True)
class Catalogue:
    """The words of all languages: language → key → text."""

    entries: dict[str, dict[str, Entry]]

    @staticmethod
    @lru_cache(maxsize=4)
    def load(folder: Path | None = None) -> Catalogue:
        """Read the catalogues under `folder` (data/locales); raises `DataError` on the first fault."""
        folder = folder or DATA / "locales"
        return Catalogue({language: _read_language(folder, language) for language in SPOKEN})

    def has(self, key: str, language: str | None = None) -> bool:
        """Tell whether `key` is worded, in `language` or in any."""
        languages = [language] if language else list(self.entries)
        return any(key in self.entries.get(code, {}) for code in languages)

    def language_of(self, key: str, language: str) -> str:
        """Return the language in which `text` words `key` when asked for `language`."""
        return next((code for code in _chain(language) if key in self.entries.get(code, {})), language)

    def text(self, key: str, language: str, **values: object) -> str:
        """Return the words of `key` in `language`, or in the nearest language that has them.

        Raises `KeyError` when no language words the key or when a placeholder has no value.
        """
        spoken = self.language_of(key, language)
        return self.entries[spoken][key].text.format(**values)

    def part(self, prefix: str, language: str) -> dict[str, str]:
        """Return all texts whose key begins with `prefix` and a dot, the prefix taken off."""
        found: dict[str, str] = {}
        for code in reversed(_chain(language)):
            for key, entry in self.entries.get(code, {}).items():
                if key.startswith(prefix + "."):
                    found[key[len(prefix) + 1 :]] = entry.text
        return found


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of `text`; raises `ValueError` when the braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def parity_faults(catalogue: Catalogue) -> list[DataError]:
    """Return what differs between the catalogues: keys that only some have, placeholders that differ.

    French is the reference. A language without any file is not compared: it is not spoken yet.
    """
    reference = catalogue.entries["fr"]
    faults: list[DataError] = []
    for language, entries in catalogue.entries.items():
        if entries:
            faults += _missing(reference, entries, language) + _different(reference, entries)
    return sorted(faults, key=lambda fault: (str(fault.file), fault.line, str(fault)))


def _missing(reference: dict[str, Entry], entries: dict[str, Entry], language: str) -> list[DataError]:
    lacking = [
        DataError(reference[key].file, reference[key].line, f'"{key}" is not worded in {language}', "write it there")
        for key in reference.keys() - entries.keys()
    ]
    alone = [
        DataError(entries[key].file, entries[key].line, f'"{key}" is not in French', "add it there or take it out")
        for key in entries.keys() - reference.keys()
    ]
    return lacking + alone


def _different(reference: dict[str, Entry], entries: dict[str, Entry]) -> list[DataError]:
    return [
        DataError(entries[key].file, entries[key].line, f'the placeholders of "{key}" differ from the French ones',
                  "use " + (", ".join(sorted(f"{{{name}}}" for name in placeholders(reference[key].text))) or "none"))
        for key in reference.keys() & entries.keys()
        if placeholders(reference[key].text) != placeholders(entries[key].text)
    ]


def _chain(language: str) -> list[str]:
    chain = [language]
    while chain[-1] in _NEAREST and _NEAREST[chain[-1]] not in chain:
        chain.append(_NEAREST[chain[-1]])
    return chain if chain[-1] == "fr" else [*chain, "fr"]


def _read_language(folder: Path, language: str) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for path in [folder / f"{language}.yml", *sorted(folder.glob(f"*/{language}.yml"))]:
        if path.exists():
            for key, entry in _flatten(read_yaml(path), ""):
                if key in entries:
                    mend = f"keep one (the other is in {entries[key].file})"
                    raise DataError(entry.file, entry.line, f'"{key}" is worded twice', mend)
                entries[key] = entry
    return entries


def _flatten(node: Node, prefix: str) -> Iterator[tuple[str, Entry]]:
    for name, child in node.items():
        key = f"{prefix}.{name}" if prefix else str(name)
        if child.children:
            yield from _flatten(child, key)
        else:
            yield key, _entry(child, key)


def _entry(node: Node, key: str) -> Entry:
    if not isinstance(node.value, str):
        raise node.error(f'"{key}" is not a text', "put it in quotes")
    try:
        placeholders(node.value)
    except ValueError as error:
        raise node.error(f'the braces of "{key}" do not match ({error})', "write {name}") from None
    return Entry(node.value.strip(), node.file, node.line)
