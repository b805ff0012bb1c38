"""The JSON-LD of a page: its schema.org nodes, and the page's own address.

JSON-LD (https://www.w3.org/TR/json-ld11/) stands in `<script type="application/ld+json">`, several a page, each an
object, an array or an `@graph`. Microdata and RDFa are not read; that a page has them is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Node = Mapping[str, Any]
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_DEEPEST = 20


@dataclass
class Page:
    """`nodes`: what has a type, outer ones first; `address`: what the page says its own address is; `broken`: pairs
    (line, what is wrong) of blocks that are no JSON; `microdata`: whether it marks facts up in a way not read here."""

    nodes: list[Node] = field(default_factory=list)
    address: str | None = None
    broken: list[tuple[int, str]] = field(default_factory=list)
    microdata: bool = False


def read_page(content: bytes) -> Page:
    """The structured data of an HTML page, or of a file that is JSON-LD alone. Never raises."""
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        blocks, page = [(1, text)], Page()
    else:
        reader = _Reader()
        reader.feed(text)
        reader.close()
        blocks, page = reader.blocks, Page(address=reader.address, microdata=reader.microdata)
    found: list[Node] = []
    for line, block in blocks:
        try:
            found += _typed(json.loads(_unwrapped(block), strict=False), _DEEPEST)
        except json.JSONDecodeError as error:
            page.broken.append((line + error.lineno - 1, error.msg))
        except RecursionError:
            page.broken.append((line, "nested too deeply"))
    by_id = {str(node["@id"]): node for node in found if len(node) > 1 and "@id" in node}
    page.nodes = [{key: _resolved(value, by_id) for key, value in node.items()} for node in found]
    return page


def types(node: Node) -> set[str]:
    """The names of a node's types, without their vocabulary: "https://schema.org/Place" → "Place"."""
    return {re.split(r"[/:#]", str(kind))[-1] for kind in listed(node.get("@type"))}


def listed(value: Any) -> list[Any]:
    """A value that may be alone, a list, or absent, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str | None:
    """The text of a value: itself, that of {"@value": …}, or the first of a list; on one line."""
    value = listed(value)[0] if listed(value) else None
    if isinstance(value, Mapping):
        value = value.get("@value")
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return None
    return " ".join(str(value).split()) or None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[int, str]] = []
        self.address: str | None = None
        self.microdata = False
        self._in_block = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        kind = values.get("type", "").split(";")[0].strip().lower()
        self._in_block = tag == "script" and kind == "application/ld+json"
        if self._in_block:
            self.blocks.append((self.getpos()[0] + (self.get_starttag_text() or "").count("\n"), ""))
        if "schema.org" in values.get("itemtype", "") or "schema.org" in values.get("vocab", ""):
            self.microdata = True
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._says(values.get("href"))
        if tag == "meta" and values.get("property", "").lower() == "og:url":
            self._says(values.get("content"))

    def handle_data(self, data: str) -> None:
        if self._in_block:
            line, before = self.blocks[-1]  # a block comes in pieces where it holds "</"
            self.blocks[-1] = (line, before + data)

    def handle_endtag(self, tag: str) -> None:
        self._in_block = False

    def _says(self, address: str | None) -> None:
        if self.address is None and address and re.match(r"https?://", address):
            self.address = address


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:2048])
    for name in ("utf-8-sig", declared[1].decode("ascii") if declared else "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _unwrapped(block: str) -> str:
    """A block without the comment or CDATA marks that some sites put around it; its lines keep their numbers."""
    block = re.sub(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)", "", block)
    return re.sub(r"(?://)?\s*(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*$", "", block)


def _typed(value: Any, depth: int) -> Iterator[Node]:
    """All nodes that have a type or an id, outer ones first."""
    if depth == 0:
        return
    if isinstance(value, Mapping):
        if "@type" in value or "@id" in value:
            yield value
        for inner in value.values():
            yield from _typed(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _typed(inner, depth - 1)


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:
    """A value, with what it names by @id alone put in its place."""
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value]
    if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} and "@id" in value:
        return by_id.get(str(value["@id"]), value)
    return value
