"""What every page of the desk is given: its language, and what there is to say at its top."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bot.web.desk.guard import advisor
from bot.web.words import LANGUAGES

NOTICES = ("taken", "not_sent", "gone", "no_outcome", "no_colleague", "note_refused", "passed")
_GOOD = ("passed",)


def frame(request: HttpRequest) -> dict[str, Any]:
    """language, languages, notice: a key of the catalogue or "", whether that is `good` news; `at_desk`: that whoever
    is signed in has passed the gate, so that the page may go on asking for news."""
    notice = request.GET.get("notice")
    return {
        "at_desk": True,
        "language": advisor(request).language,
        "languages": LANGUAGES,
        "notice": f"desk.{notice}" if notice in NOTICES else "",
        "good": notice in _GOOD,
    }
