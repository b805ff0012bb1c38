"""What never arrived in a messaging app, as the desk shows it: when, where and why, neither words nor an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.web.channels import outbox, reasons, registry
from bot.web.channels.models import Parcel
from bot.web.channels.outbox import DeadLetter
from bot.web.conversations.models import Handoff
from bot.web.desk import access, labels
from bot.web.words import word

MOST = 100
"""How many are shown at once."""


@dataclass(frozen=True)
class Letter:
    """One message: `told` of the outbox's own, and its names in the desk's language.

    `request`: the number of the request that it belongs to, None for none; `code`: the platform's, or ""; `off`:
    whether its app is off now, and nothing can be sent there.
    """

    told: DeadLetter
    request: int | None
    app: str
    cite: str
    why: str
    code: str
    off: bool

    @property
    def may_go(self) -> bool:
        """Whether it can be sent once more."""
        return self.told.can_retry and not self.off


def letters(account: Any, request: int | None = None) -> tuple[list[Letter], int]:
    """The latest that an account may see, of one request or of all, and how many there are."""
    found = access.letters_for(account)
    if request is not None:
        found = found.filter(request=request)
    latest = list(found[:MOST])
    told = zip(outbox.dead_letters(latest), latest, strict=True)
    return [_letter(one, parcel, account.language) for one, parcel in told], found.count()


def count(account: Any, handoff: Handoff) -> int:
    """How many messages of a request never arrived; the widget has no such thing."""
    if handoff.channel not in registry.NAMES:
        return 0
    found = access.letters_for(account).filter(contact__conversation=handoff.conversation_id)
    return found.filter(request=handoff.pk).count()


def _letter(told: DeadLetter, parcel: Any, language: str) -> Letter:
    return Letter(
        told=told,
        request=parcel.request,
        app=registry.PLATFORMS[told.platform].shown,
        cite=labels.cite(parcel.contact.conversation.cite, language) or "",
        why=word(f"desk.letters.why.{reasons.kind(told.reason)}", language),
        code=reasons.code(told.reason),
        off=is_off(parcel),
    )


def is_off(parcel: Parcel) -> bool:
    """Whether its app is off now."""
    return registry.on(parcel.contact.platform) is None
