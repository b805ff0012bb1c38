"""The entries of an RSS or Atom feed, read by expat with every door shut: no DTD, no entity, no outside reference.

A feed with a document type is refused whole: entities that multiply and files of this machine both need one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

_ENTRIES = {"item", "entry"}
_ROOTS = {"rss", "RDF", "feed"}
_DEEPEST = 40
_LONGEST = 100_000  # characters of one text


class FeedXmlError(ValueError):
    """What is no feed, or one that is not read: broken, with a document type, too deep."""


@dataclass
class Entry:
    """One entry: local name of an element → the texts of those so named; `href` attributes count as texts of "href"."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the first text of the first of `names` that has one, or nothing."""
        return next((text for name in names for text in self.texts.get(name, ()) if text), "")


def entries(content: bytes, most: int) -> list[Entry]:
    """Return the entries of a feed, `most` at most; raises `FeedXmlError` when it is none."""
    reader = _Reader(most)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FeedXmlError(str(error)) from error
    return reader.entries


def _refuse(*_: object) -> int:
    raise FeedXmlError("a document type")


class _Reader:
    """Gathers what the parser meets."""

    def __init__(self, most: int) -> None:
        self.entries: list[Entry] = []
        self._most = most
        self._open: list[str] = []
        self._entry: Entry | None = None
        self._texts: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(" ", 1)[-1]
        if not self._open and local not in _ROOTS:
            raise FeedXmlError("no feed")
        self._open.append(local)
        self._texts.append([])
        if len(self._open) > _DEEPEST:
            raise FeedXmlError("too deep")
        if local in _ENTRIES and self._entry is None:
            self._entry = Entry()
        elif self._entry is not None:
            for key in ("href", "startTime", "endTime"):  # Atom's link, and Google's gd:when
                if key in attributes and attributes.get("rel", "alternate") == "alternate":
                    self._entry.texts.setdefault(key, []).append(attributes[key])

    def end(self, name: str) -> None:
        local, text = self._open.pop(), "".join(self._texts.pop()).strip()
        if self._entry is None:
            return
        if local in _ENTRIES:
            if len(self.entries) < self._most:
                self.entries.append(self._entry)
            self._entry = None
        elif text:
            self._entry.texts.setdefault(local, []).append(text[:_LONGEST])

    def text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)
