"""Fields of forms: each with its label, its hint, and its error tied to it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from bot.web.desk.scope import scope_of

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


@register.simple_tag
def looks_after_people(account: Any) -> bool:
    """Whether the account has people to look after, and so the pages for it."""
    return bool(account.is_authenticated) and scope_of(account).looks_after_people
