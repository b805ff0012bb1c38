"""Names for an advisor's eyes: of concerns, languages, Cités."""

from __future__ import annotations

from typing import Any

from bot.knowledge.cites import load_cites
from bot.web.conversations.models import Handoff
from bot.web.desk.models import Advisor
from bot.web.desk.scope import Scope
from bot.web.words import LANGUAGES, catalogue, word


def concern(name: str | None, language: str) -> str | None:
    """The words for a concern; its plain name when the catalogue has none."""
    key = f"concerns.{name}.label"
    return word(key, language).capitalize() if name and catalogue().has(key) else name


def language_name(code: str | None, language: str) -> str | None:
    """How a language calls itself; its code when the widget does not speak it."""
    return word(f"widget.name_{code}", language) if code in LANGUAGES else code


def cite(name: str | None, language: str) -> str | None:
    """The name of a Cité; its id when the directory does not know it."""
    found = load_cites().get(name or "")
    return found.name(language) if found else name


def role_name(name: str, language: str) -> str:
    """The word for a role."""
    return word(f"account.role_{name}", language)


def role(name: str, at: str, language: str) -> str:
    """A role and where it is held, in one line."""
    place = cite(at, language) if at else word("account.everywhere", language)
    return word("account.role_at", language, role=role_name(name, language), cite=place)


def held(account: Advisor, language: str, seen_by: Scope | None = None) -> list[tuple[str, str]]:
    """The roles of an account as pairs (Cité, words); for somebody else's eyes, only where they look after people."""
    found = [each for each in account.memberships.all() if seen_by is None or seen_by.leads(each.cite)]
    return [(each.cite, role(each.role, each.cite, language)) for each in found]


def roles(account: Advisor, language: str, seen_by: Scope | None = None) -> list[str]:
    """The roles of an account, each in one line."""
    return [words for _, words in held(account, language, seen_by)]


def summary(handoff: Handoff, language: str) -> list[tuple[str, str]]:
    """The bot's summary as pairs (label, value), whether or not each is known."""
    told: dict[str, Any] = handoff.summary
    values = {
        "request": told.get("request"),
        "concern": concern(told.get("concern"), language),
        "place": told.get("place"),
        "language": language_name(told.get("language"), language),
        "cite": cite(told.get("cite"), language),
    }
    return [(word(f"desk.{key}", language), value or word("desk.unknown", language)) for key, value in values.items()]
