"""Words and names in the desk's templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from bot.knowledge import wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.tags import load_tags
from bot.web import cards, masks
from bot.web.conversations.models import Handoff, Message
from bot.web.desk import clock, exchange, labels
from bot.web.desk.models import Advisor
from bot.web.desk.navigation import Entry, entries
from bot.web.desk_notes.models import Note
from bot.web.pages.files import address
from bot.web.words import word as worded

register = template.Library()


@register.simple_tag(takes_context=True)
def word(context: Context, key: str, **values: Any) -> str:
    """The text of a key in the page's language."""
    return worded(key, context["language"], **values)


@register.simple_tag
def file(name: str) -> str:
    """The address of a static file."""
    return address(name)


@register.simple_tag(takes_context=True)
def summary_of(context: Context, handoff: Handoff, messages: Sequence[Message]) -> list[tuple[str, str]]:
    """The bot's summary as pairs (label, value)."""
    return labels.summary(handoff, messages, context["language"])


@register.simple_tag(takes_context=True)
def understood(context: Context, message: Message) -> str:
    """How the bot understood what it answers to, and how sure it was, or nothing."""
    intent, confidence = message.payload.get("intent"), message.payload.get("confidence")
    if not intent or not isinstance(confidence, (int, float)):
        return ""
    language = context["language"]
    told = {"intent": labels.intent(intent, language), "sure": labels.sureness(confidence, language)}
    return worded("desk.confidence", language, percent=round(100 * confidence), **told)


@register.simple_tag(takes_context=True)
def segments(context: Context, message: Message) -> list[tuple[str, bool]]:
    """The text of a message in pieces: (text, False), or (what was masked there, True)."""
    return list(masks.parts(message.text, message.payload.get("masked", ()), context["language"]))


@register.simple_tag(takes_context=True)
def note_segments(context: Context, note: Note) -> list[tuple[str, bool]]:
    """The same for a private note."""
    return list(masks.parts(note.text, note.masked, context["language"]))


@register.simple_tag(takes_context=True)
def desk_counts(context: Context) -> dict[str, int]:
    """What every page tells by a number, for who is signed in."""
    return exchange.counts(context["user"])


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Entry]:
    """The pages of the desk for who is signed in, the open one marked."""
    path = "" if context.get("nowhere") else context["request"].path
    return entries(context["user"], path)


@register.simple_tag(takes_context=True)
def clock_elsewhere(context: Context) -> str:
    """Whose time the page tells, in words, where that is not its reader's; else nothing."""
    return clock.elsewhere(timezone.get_current_timezone(), clock.zone_of(context["user"]), context["language"])


@register.simple_tag
def all_tags() -> tuple[str, ...]:
    """The names of the tags that can be put on a request."""
    return load_tags()


@register.simple_tag(takes_context=True)
def age(context: Context, minutes: int) -> str:
    """A time in words: "12 min", "1 h 05 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return worded("desk.age.minutes", context["language"], minutes=rest)
    return worded("desk.age.hours", context["language"], hours=hours, minutes=f"{rest:02d}")


@register.filter
def tag(name: str, language: str) -> str:
    """The words of a tag."""
    return labels.tag(name, language)


@register.filter
def fact(key: str, language: str) -> str:
    """What a fact of a Cité is called."""
    return worded(f"desk.fact.{key}", language)


@register.filter
def knows(account: Advisor, handoff: Handoff) -> bool:
    """Whether an account knows the concern of a request best."""
    return account.knows(exchange.concern_of(handoff))


@register.filter
def outcome(code: str, language: str) -> str:
    """What came of an exchange, in words."""
    return labels.outcome(code, language)


@register.filter
def cite_name(cite: Cite, language: str) -> str:
    """The name of a Cité."""
    return cite.name(language)


@register.filter
def day(date: dt.date, language: str) -> str:
    """A day in words."""
    return wording.date_long(date, language, dt.date.today())


@register.filter
def lines(card: dict[str, Any], language: str) -> list[str]:
    """What the person read on a card."""
    return cards.lines(card, language)


@register.filter
def own_name(code: str) -> str:
    """How a language calls itself."""
    return labels.language_name(code, code) or code
