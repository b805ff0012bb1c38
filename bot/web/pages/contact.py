"""Whom a page of a Cité tells people to write to."""

from __future__ import annotations

from django.conf import settings

from bot.knowledge.cite_types import Cite


def contact(cite: Cite | None) -> dict[str, str]:
    """`contact`: an e-mail or web address, the setting's, else the Cité's own, else ""; `address`: that as a link."""
    own = cite.email.value if cite and cite.email else ""
    told = settings.PRIVACY_CONTACT or own
    return {"contact": told, "address": _link(told) if told else ""}


def _link(told: str) -> str:
    return told if told.startswith(("https://", "http://")) else f"mailto:{told}"
