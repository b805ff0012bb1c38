"""What is kept of people, for how long, who reads it, and their rights: told on a page of its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.knowledge.cites import load_cites
from bot.web.conversations.retention import days_kept
from bot.web.pages.asked import language_asked
from bot.web.words import LANGUAGES

_SERVICES = {"ban": "Base Adresse Nationale (France)", "nominatim": "Nominatim (OpenStreetMap)"}


async def privacy(request: HttpRequest) -> HttpResponse:
    """GET /privacy/?lang=fr&cite=marseille: what holds for conversations begun on the pages of that Cité."""
    cite = load_cites().get(request.GET.get("cite", ""))
    own = cite.email.value if cite and cite.email else ""
    contact = settings.PRIVACY_CONTACT or own
    context = {
        "language": language_asked(request),
        "languages": LANGUAGES,
        "cite": cite.id if cite else "",
        "days": days_kept(cite.id if cite else None),
        "callback_days": settings.CALLBACK_DAYS,
        "controller": settings.PRIVACY_CONTROLLER,
        "contact": contact,
        "address": contact if contact.startswith(("https://", "http://")) else f"mailto:{contact}",
        "geocoder": _SERVICES.get(settings.GEOCODER, settings.GEOCODER),
    }
    return render(request, "pages/privacy.html", context)
