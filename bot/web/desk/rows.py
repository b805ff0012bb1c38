"""The rows of the queue: what an advisor sees of each request before opening it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from bot.web import masks
from bot.web.conversations.models import Handoff, HandoffState
from bot.web.desk import access, exchange, labels
from bot.web.desk_notes import looks, notes
from bot.web.desk_notes.looks import Other

_PREVIEW = 120  # characters
_ADDRESS = "cite", "language", "concern"
MINE = "mine"  # among the concerns: those that the account knows best
_LISTED = (HandoffState.WAITING, HandoffState.CALLBACK, HandoffState.LIVE)


@dataclass(frozen=True)
class Row:
    """One request, its names in the desk's language; `minutes` since it has waited, or been answered.

    `known`: its concern is one of those that the account knows best. `passed`: a colleague has passed it to the
    account, which has not opened it since. `left`: who is to call back has left, so that it
    is to be taken over. `overdue`: the person has waited for their advisor's answer for so long that somebody else will
    soon be looked for.
    """

    number: int
    state: str
    since: datetime
    minutes: int = field(repr=False)  # the page counts on by itself: this alone is nothing new (`seen`)
    cite: str
    cite_name: str
    language: str
    language_name: str
    concern: str
    concern_name: str
    known: bool
    channel: str
    preview: str
    advisor: str
    mine: bool
    tags: tuple[str, ...]
    others: tuple[Other, ...]
    left: bool
    overdue: bool
    passed: bool = False


@dataclass(frozen=True)
class Wanted:
    """What of the queue is to be shown: a Cité, a language and a concern, "" for all; `mine`: of those under way, one's
    own."""

    cite: str = ""
    language: str = ""
    concern: str = ""
    mine: bool = False

    @staticmethod
    def of(asked: QueryDict) -> Wanted:
        """The filters of an address; anything else in it is passed over."""
        cite, language, concern = (asked.get(name, "")[:80] for name in _ADDRESS)
        return Wanted(cite, language, concern, "mine" in asked)

    def takes(self, row: Row) -> bool:
        """Whether a row is to be shown."""
        if self.mine and not row.mine and row.state != HandoffState.WAITING:
            return False
        about = row.known if self.concern == MINE else self.concern in ("", row.concern)
        return about and self.cite in ("", row.cite) and self.language in ("", row.language)

    @property
    def query(self) -> str:
        """The filters as they stand in an address; "" when there are none."""
        asked = QueryDict(mutable=True)
        asked.update({name: getattr(self, name) for name in _ADDRESS if getattr(self, name)})
        if self.mine:
            asked["mine"] = "1"
        return asked.urlencode()


def rows(account: Any) -> list[Row]:
    """All that wait, are to be called back or are answered, of those an account may see; the oldest first."""
    found = list(access.handoffs_for(account).filter(state__in=_LISTED))
    tags, looking = notes.tags_of(found), looks.looking(found, account)
    left = access.orphans(each for each in found if each.state == HandoffState.CALLBACK)
    passed = set(exchange.passed_to(account).values_list("pk", flat=True))
    return [
        replace(_row(each, account, tags.get(each.pk, ()), looking.get(each.pk, ()), each.pk in left),
                passed=each.pk in passed)
        for each in found
    ]  # fmt: skip


def seen(shown: Iterable[object]) -> str:
    """A short mark of what is shown: it changes with any of it."""
    return hashlib.blake2b(repr(list(shown)).encode(), digest_size=8).hexdigest()


def preview(handoff: Handoff, language: str) -> str:
    """The beginning of what the person asks for, what is masked in it named."""
    return beginning(masks.in_words(handoff.summary.get("request") or "", masks.kinds_known(), language))


def beginning(text: str) -> str:
    """So much of a text as a row shows, on one line."""
    whole = " ".join(text.split())
    return whole if len(whole) <= _PREVIEW else f"{whole[: _PREVIEW - 1].rstrip()}…"


def _row(handoff: Handoff, account: Any, tags: tuple[str, ...], others: tuple[Other, ...], left: bool) -> Row:
    language = account.language
    since = handoff.queued if handoff.state == HandoffState.WAITING else handoff.claimed or handoff.opened
    return Row(
        number=handoff.pk,
        state=handoff.state,
        since=since,
        minutes=max(0, int((timezone.now() - since).total_seconds() // 60)),
        cite=access.cite_of(handoff),
        cite_name=labels.cite(access.cite_of(handoff), language) or "",
        language=exchange.language_of(handoff),
        language_name=labels.language_name(exchange.language_of(handoff), language) or "",
        concern=exchange.concern_of(handoff),
        concern_name=labels.concern(exchange.concern_of(handoff), language) or "",
        known=account.knows(exchange.concern_of(handoff)),
        channel=labels.channel(handoff.channel, language),
        preview=preview(handoff, language),
        advisor=handoff.claimed_by.first_name if handoff.claimed_by else "",
        mine=handoff.claimed_by_id == account.pk,
        tags=tags,
        others=others,
        left=left,
        overdue=handoff.nudged is not None,
    )
