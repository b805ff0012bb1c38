"""What a page's address asks for."""

from __future__ import annotations

from django.http import HttpRequest

from bot.web.words import LANGUAGES, preferred


def language_asked(request: HttpRequest) -> str:
    """The language of `?lang=`, where the door speaks it, else the first that the browser prefers."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))
