"""The pages that the desk's navigation leads to, and which of them is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bot.web.desk import access
from bot.web.desk.scope import scope_of

_EVERYBODY = (
    ("desk:queue", "desk.queue"),
    ("review:search", "review.title"),
    ("review:answers", "review.answers"),
    ("notices:board", "notices.title"),
    ("figures:index", "figures.title"),
)
_LETTERS = ("desk:letters", "desk.letters.title")
_LEADING = (("desk:people", "account.people"), ("desk:audit", "audit.title"))
_OWN = (("desk:account", "account.mine"),)


@dataclass(frozen=True)
class Entry:
    """An address, the key of its name, and the value of `aria-current`: "page", "true" for a page below it, or "".

    `count`: how many things wait there for somebody; 0 is not told.
    """

    address: str
    key: str
    current: str
    count: int = 0


def entries(account: Any, path: str) -> list[Entry]:
    """The pages for an account, in order; `path`: the address of the page that is open, or "" for none of them.

    What never arrived in a messaging app has its page there as long as there is any, or as the page is open.
    """
    lost = access.letters_for(account).count()
    letters = (_LETTERS,) if lost or path.startswith(reverse(_LETTERS[0])) else ()
    pages = _EVERYBODY[:1] + letters + _EVERYBODY[1:] + _more(account)
    named = [(reverse(name), key) for name, key in pages]
    inside = max((address for address, _ in named if path.startswith(address)), key=len, default="")
    counts = {_LETTERS[1]: lost}
    return [Entry(address, key, _current(address, inside, path), counts.get(key, 0)) for address, key in named]


def _more(account: Any) -> tuple[tuple[str, str], ...]:
    return (_LEADING if scope_of(account).looks_after_people else ()) + _OWN


def _current(address: str, inside: str, path: str) -> str:
    if address != inside:
        return ""
    return "page" if address == path else "true"
