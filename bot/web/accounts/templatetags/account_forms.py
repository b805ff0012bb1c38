"""Fields of forms: each with its label, its hint, and its error tied to it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html

from bot.web.accounts import lasting
from bot.web.accounts.gate import is_passed

register = template.Library()


@register.inclusion_tag("accounts/_field.html", takes_context=True)
def field(context: Context, name: str, label: str, hint: str = "", **more: Any) -> dict[str, Any]:
    """A field of one line. The first wrong one has the focus. `more`: type, value, autocomplete, limit, optional."""
    errors = context.get("errors") or {}
    return {
        "language": context["language"],
        "name": name,
        "label": label,
        "hint": hint,
        "error": errors.get(name, ""),
        "first": next(iter(errors), "") == name,
        "type": "text",
        **more,
    }


@register.simple_tag(takes_context=True)
def tied(context: Context, name: str, *hints: str, focus: bool = True) -> str:
    """The attributes that tie a field to what is wrong with it (`faults`, by field) and to its hints, by their ids.

    The first wrong one has the focus; of several fields of one name only that with `focus`.
    """
    faults = context.get("faults") or {}
    described = " ".join((f"{name}-fault", *hints) if name in faults else hints)
    told = format_html(' aria-describedby="{}"', described) if described else ""
    if name not in faults:
        return told
    first = " autofocus" if focus and next(iter(faults)) == name else ""
    return format_html('{} aria-invalid="true"{}', told, first)


@register.simple_tag(takes_context=True)
def is_at_desk(context: Context) -> bool:
    """Whether who is signed in has passed the gate: only then does a page lead on, and ask for news."""
    return is_passed(context["request"])


@register.simple_tag(takes_context=True)
def session_left(context: Context) -> lasting.Left | None:
    """How long the session of who is signed in still lasts."""
    return lasting.of(context["request"])
