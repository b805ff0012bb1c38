"""Characters that have no business in what is typed: invisible ones, and the one that no database takes."""

from __future__ import annotations

from unicodedata import category

from django.http import HttpRequest, QueryDict

_NUL = "\0"


def printable(text: str) -> str:
    """The text without control and invisible characters, but for line breaks and what joins emoji; stripped."""
    kept = (char for char in text if char in "\n\t\u200d" or char.isprintable() or category(char) == "Zs")
    return "".join(kept).strip()


def make_storable(request: HttpRequest) -> None:
    """Take NUL out of the fields of an address and of a form: PostgreSQL refuses to store it, or to look for it."""
    request.GET = _storable(request.GET)
    request.POST = _storable(request.POST)


def _storable(fields: QueryDict) -> QueryDict:
    if not any(_NUL in value for _, values in fields.lists() for value in values):
        return fields
    kept = QueryDict(mutable=True)
    for name, values in fields.lists():
        kept.setlist(name, [value.replace(_NUL, "") for value in values])
    return kept
