"""What the pages of review and announcements say besides the desk's own words."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date, format_time
from django import template
from django.template import Context
from django.utils import timezone

from bot.web import masks
from bot.web.conversations.models import Handoff, Message
from bot.web.desk import labels, rows
from bot.web.words import word

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: Context, when: datetime) -> str:
    """A moment, in the words of the page's language."""
    there = when.astimezone(timezone.get_current_timezone())
    language = context["language"]
    return f"{format_date(there, locale=language)}, {format_time(there, 'short', locale=language)}"


@register.simple_tag(takes_context=True)
def on(context: Context, when: datetime) -> str:
    """The day of a moment, in the words of the page's language."""
    day = when.astimezone(timezone.get_current_timezone())
    return format_date(day, "long", locale=context["language"])


@register.simple_tag(takes_context=True)
def named(context: Context, kind: str, value: str) -> str:
    """A value of a review in words: its state, its reason, an intent, a fact, a flag, a Cité; a dash for none."""
    language = context["language"]
    if not value:
        return "–"
    if kind == "cite":
        return labels.cite(value, language) or value
    if kind in ("answer", "note"):
        return value
    key = f"readings.{value}" if kind == "intent" else f"review.{'fact' if kind == 'field' else kind}_{value}"
    return word(key, language)


@register.simple_tag(takes_context=True)
def about(context: Context, handoff: Handoff) -> str:
    """What a request was about, in one line: concern, language, Cité, and what came of it, as far as is known."""
    language = context["language"]
    spoken = labels.language_name(handoff.language, language)
    outcome = labels.outcome(handoff.outcome, language) if handoff.outcome else None
    known = (labels.concern(handoff.concern, language), spoken, labels.cite(handoff.cite, language), outcome)
    return " · ".join(each for each in known if each)


@register.filter
def preview(message: Message) -> str:
    """The beginning of what a message says."""
    return rows.beginning(masks.shown(message))


@register.simple_tag(takes_context=True)
def requested(context: Context, handoff: Handoff) -> str:
    """The beginning of what a person asked an advisor for, as the queue shows it."""
    return rows.preview(handoff, context["language"])


@register.simple_tag(takes_context=True)
def changed(context: Context, field: str) -> str:
    """What a field of a review is called."""
    keys = {"cite": "desk.cite", "field": "review.which_fact", "answer": "review.right"}
    return word(keys.get(field, f"review.{field}"), context["language"])
