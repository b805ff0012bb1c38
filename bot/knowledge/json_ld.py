"""The JSON-LD of a page: its schema.org nodes, and the page's own address.

JSON-LD (https://www.w3.org/TR/json-ld11/) stands in `<script type="application/ld+json">`, several a page, each an
object, an array or an `@graph`; or a document is JSON-LD alone. Microdata and RDFa are not read; that a page has them
is told. Pages are those of strangers: each is read in one pass (the standard library's HTML parser takes minutes over
some hundred kilobytes of unclosed tags).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Node = Mapping[str, Any]
_DEEPEST = 20
_MOST_BLOCKS = 1_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?(utf-?8|iso-8859-(?:1[013-6]?|[2-9])|windows-125\d|koi8-[ru])""", re.I)

_START = re.compile(r"<(?:!--|([a-zA-Z][^\s/>]*))")
_REST = re.compile(r"""[^>=]*(?:=(?:\s*"[^"]*"|\s*'[^']*'|(?!\s*["']))[^>=]*){0,500}>""")
"""What is left of a tag; a ">" between quotes does not end it. One way to match only: no time is lost on bad ones."""
_ATTRIBUTE = re.compile(r"""(?<![^\s"'/])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TEXT_ONLY = ("script", "style", "textarea", "title")
_OPENED = re.compile(r"(\s*)(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)")
_CLOSED = re.compile(r"(?://)?\s*(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)$")
_LONGEST_CLOSING = 40


@dataclass
class Page:
    """`nodes`: what has a type or an id, outer ones first; `address`: what the page says its own address is;
    `documents`: how many blocks were read; `broken`: pairs (line, what is wrong) of those that are no JSON;
    `microdata`: whether it marks facts up in a way not read here."""

    nodes: list[Node] = field(default_factory=list)
    address: str | None = None
    documents: int = 0
    broken: list[tuple[int, str]] = field(default_factory=list)
    microdata: bool = False


def read_page(content: bytes) -> Page:
    """The JSON-LD of an HTML page, or of a file that is JSON-LD alone. Never raises.

    What a node names by its @id alone is put in its place, one step deep, so that a ring ends.
    """
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        blocks, page = [(1, text)], Page()
    else:
        found = _Html(text)
        blocks, page = found.blocks, Page(address=found.address, microdata=found.microdata)
    for line, block in blocks:
        try:
            root = json.loads(_unwrapped(block), strict=False)
        except (ValueError, RecursionError) as error:
            page.broken.append(_fault(line, error))
        else:
            page.documents += 1
            page.nodes += _nodes(root)
    by_id = {str(node["@id"]): node for node in page.nodes if len(node) > 1 and "@id" in node}
    page.nodes = [_joined(node, by_id) for node in page.nodes]
    return page


def types(node: Node) -> set[str]:
    """The names of a node's types, without their vocabulary: "https://schema.org/Place" → "Place"."""
    return {last_part(text_of(kind, "@id") or "") for kind in listed(node.get("@type"))}


def last_part(name: str) -> str:
    """A name without its vocabulary: "https://schema.org/EventCancelled" → "EventCancelled"."""
    return re.split(r"[/:#]", name)[-1]


def listed(value: Any) -> list[Any]:
    """A value that may be alone, a list, or absent, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any, *keys: str) -> str | None:
    """The text of a value, on one line: itself, that of {"@value": …}, or that of the first of a list.

    `keys`: where else the text of a node may stand, the first that there is.
    """
    value = listed(value)[0] if listed(value) else None
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", *keys) if _is_plain(value.get(key))), None)
    return (" ".join(str(value).split()) or None) if _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def _decoded(content: bytes) -> str:
    """UTF-8, else what the page declares, else what browsers take it for; what is no text becomes "�"."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:2048])
        return content.decode(declared[1].decode("ascii") if declared else "cp1252", "replace")


class _Html:
    """What counts in the HTML of a page: pairs (line, text) of its blocks, its own address, whether it has microdata.

    What is commented out does not count; a tag or a comment that never ends takes the rest of the page with it, and so
    does the last block of _MOST_BLOCKS.
    """

    def __init__(self, text: str) -> None:
        self.blocks: list[tuple[int, str]] = []
        self.address: str | None = None
        self.microdata = False
        self._text = text
        self._counted, self._line = 0, 1
        at = 0
        while len(self.blocks) < _MOST_BLOCKS and (start := _START.search(text, at)):
            at = self._element(start) if start[1] else self._comment(start)

    def _comment(self, start: re.Match[str]) -> int:
        """Where a comment ends."""
        end = self._text.find("-->", start.start() + 2)  # "<!-->" is a whole one
        return end + 3 if end >= 0 else len(self._text)

    def _element(self, start: re.Match[str]) -> int:
        """Where a tag ends, with its text where that is no HTML."""
        name, rest = start[1].lower(), _REST.match(self._text, start.end())
        if rest is None:
            return len(self._text)
        values = _attributes(rest[0]) if name in ("script", "link", "meta") or "schema.org" in rest[0] else {}
        self._facts(name, values)
        if name not in _TEXT_ONLY:
            return rest.end()
        closed = re.compile(f"</{name}", re.IGNORECASE).search(self._text, rest.end())
        end = closed.start() if closed else len(self._text)
        if name == "script" and values.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            self.blocks.append((self._line_of(rest.end()), self._text[rest.end() : end]))
        return end

    def _facts(self, name: str, values: Mapping[str, str]) -> None:
        if "schema.org" in values.get("itemtype", "") or "schema.org" in values.get("vocab", ""):
            self.microdata = True
        own = values.get("href") if "canonical" in values.get("rel", "").lower().split() else None
        if name == "meta" and values.get("property", "").lower() == "og:url":
            own = values.get("content")
        if name in ("link", "meta") and self.address is None and own and re.match(r"https?://", own):
            self.address = own

    def _line_of(self, at: int) -> int:
        """The line of a place, counted on from the last one asked."""
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._line


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)  # one of three values is filled, by its quotes
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in found}


def _unwrapped(block: str) -> str:
    """A block without the comment or CDATA marks that some sites put around it; its lines keep their numbers."""
    opened, block = _OPENED.match(block), block.rstrip()
    start = opened.end() if opened else 0
    end = max(start, len(block) - _LONGEST_CLOSING)
    return (opened[1] if opened else "") + block[start:end] + _CLOSED.sub("", block[end:])


def _fault(line: int, error: Exception) -> tuple[int, str]:
    if isinstance(error, json.JSONDecodeError):
        return line + error.lineno - 1, error.msg
    return line, "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _nodes(root: Any) -> Iterator[Node]:
    """All that has a type or an id, wherever it stands, in order, outer ones first."""
    waiting = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict) and ("@type" in value or "@id" in value):
            yield value
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, (dict, list))]


def _joined(node: Node, by_id: Mapping[str, Node]) -> Node:
    """A node, with what it names by @id alone put in its place."""
    named = {key: value for key, value in node.items() if any(_is_reference(each) for each in listed(value))}
    return {**node, **{key: _resolved(value, by_id) for key, value in named.items()}} if named else node


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value]
    return by_id.get(str(value["@id"]), value) if _is_reference(value) else value


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and "@id" in value and set(value) <= {"@id", "@type"}
