"""Names for an advisor's eyes: of concerns, languages, Cités."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.knowledge.cites import load_cites
from bot.knowledge.intents import UNSURE_BELOW
from bot.web import masks
from bot.web.conversations.models import Author, Handoff, Message
from bot.web.conversations.ways import app_of
from bot.web.desk.models import Advisor
from bot.web.desk.scope import Scope
from bot.web.words import LANGUAGES, catalogue, word

_SURE = ((0.8, "much"), (UNSURE_BELOW, "rather"), (0.0, "little"))
_OFFERED = 6


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


def channel(name: str, language: str) -> str:
    """By which way the person writes; the plain name of one that the catalogue does not know."""
    key = f"desk.channel.{app_of(name)}"
    return word(key, language) if catalogue().has(key) else name


def intent(name: str, language: str) -> str:
    """How the bot understood a message, as people would say it; its plain name when the catalogue has no words."""
    key = f"readings.{name}"
    return word(key, language) if catalogue().has(key) else name


def outcome(code: str, language: str) -> str:
    """What came of a request: a code that an advisor gave, or how it ended without one (`figures.kinds.OUTCOMES`)."""
    return word(f"desk.outcome.{code}", language)


def tag(name: str, language: str) -> str:
    """The words of a tag."""
    return word(f"desk.tag.{name}", language)


def sureness(confidence: float, language: str) -> str:
    """How sure the bot was, in words; `confidence` from 0 to 1."""
    step = next(name for least, name in _SURE if confidence >= least)
    return word(f"desk.sure.{step}", language)


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


def summary(handoff: Handoff, messages: Sequence[Message], language: str) -> list[tuple[str, str]]:
    """The bot's summary as pairs (label, value), known or not; `messages`: what the advisor may read."""
    told: dict[str, Any] = handoff.summary
    values = {
        "request": masks.in_words(told.get("request") or "", masks.kinds_known(), language),
        "asked_last": asked_last(messages, language),
        "concern": concern(told.get("concern"), language),
        "place": told.get("place"),
        "language": language_name(told.get("language"), language),
        "cite": cite(told.get("cite"), language),
        "offered": " · ".join(offered(messages)),
    }
    if values["asked_last"] == values["request"]:
        del values["asked_last"]  # said once is enough
    return [(word(f"desk.{key}", language), value or word("desk.unknown", language)) for key, value in values.items()]


def offered(messages: Sequence[Message]) -> list[str]:
    """What the bot has shown: the names of its cards, the last shown first; without any, the choices it last gave.

    The question of consent says nothing of what is wanted.
    """
    said = [message for message in reversed(messages) if message.author == Author.BOT]
    cards = [card for message in said for card in message.payload.get("cards", ())]
    names = (card.get("name") or card.get("title") or card.get("caption") for card in cards)
    shown = list(dict.fromkeys(str(name) for name in names if name))
    about = (message for message in said if not message.payload.get("consent"))
    choices = next((choices for message in about if (choices := message.payload.get("choices"))), ())
    return (shown or [str(choice["title"]) for choice in choices])[:_OFFERED]


def asked_last(messages: Sequence[Message], language: str) -> str:
    """The last words that the person typed, as far as the advisor may read them."""
    last = next((each for each in reversed(messages) if each.author == Author.PERSON and not each.command), None)
    return masks.in_words(last.text, last.payload.get("masked", ()), language) if last else ""
