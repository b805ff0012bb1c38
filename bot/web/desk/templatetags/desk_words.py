"""Words and names in the desk's templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from bot.web import cards, masks
from bot.web.conversations.models import Handoff, Message
from bot.web.desk import labels
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
def summary_of(context: Context, handoff: Handoff) -> list[tuple[str, str]]:
    """The bot's summary as pairs (label, value)."""
    return labels.summary(handoff, context["language"])


@register.simple_tag(takes_context=True)
def understood(context: Context, message: Message) -> str:
    """How the bot understood what it answers to, or nothing."""
    intent, confidence = message.payload.get("intent"), message.payload.get("confidence")
    if not intent or not isinstance(confidence, (int, float)):
        return ""
    return worded("desk.confidence", context["language"], intent=intent, percent=round(100 * confidence))


@register.filter
def shown(message: Message) -> str:
    """The text of a message, what is masked in it named."""
    return masks.shown(message)


@register.filter
def titles(message: Message) -> str:
    """The titles of the choices offered with a message, in one line."""
    return " · ".join(choice["title"] for choice in message.payload.get("choices", []))


@register.filter
def lines(card: dict[str, Any]) -> list[str]:
    """What the person read on a card."""
    return cards.lines(card)


@register.filter
def own_name(code: str) -> str:
    """How a language calls itself."""
    return labels.language_name(code, code) or code
