"""Addresses within a text as links: http(s), e-mail, phone, and nothing else; the same as the widget's (links.js).

A web address opens a new tab: who leaves the page without JavaScript does not find their conversation again.
"""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bot.web.words import word

_FOUND = re.compile(
    r"""(?P<web>(?u:https?://[^\s<>"'()]+[^\s<>"'().,;:!?»]))"""  # any blank ends it, not only an ASCII one
    r"|(?:mailto:)?(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-zA-Z]{2,24})"
    r"|(?:tel:)?(?P<phone>\+\d(?:[ .-]?\d){7,14}(?!\d)|(?<![\d+])0[1-9](?:[ .-]?\d{2}){4}(?!\d))",
    re.ASCII,
)


def linked(text: str, language: str) -> SafeString:
    """The text as HTML, escaped, its addresses as links; `language` is that in which a new tab is told."""
    parts, at = [], 0
    for match in _FOUND.finditer(text):
        parts += [escape(text[at : match.start()]), _link(match, language)]
        at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))


def _link(match: re.Match[str], language: str) -> SafeString:
    if match["web"]:
        told = f"{match['web']} {word('widget.new_tab', language)}"
        return format_html('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', match["web"], told)
    if match["mail"]:
        return format_html('<a href="mailto:{}">{}</a>', match["mail"], match["mail"])
    return format_html('<a href="tel:{}">{}</a>', re.sub(r"[^\d+]", "", match["phone"]), match["phone"])
