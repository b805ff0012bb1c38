"""What is kept of people, for how long, who reads it, and their rights: told on a page of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.knowledge.cites import load_cites
from bot.web.channels import commands, registry
from bot.web.channels.platform import Platform
from bot.web.conversations.retention import days_kept
from bot.web.pages.asked import language_asked
from bot.web.pages.contact import contact
from bot.web.words import LANGUAGES

_SERVICES = {"ban": "Base Adresse Nationale (France)", "nominatim": "Nominatim (OpenStreetMap)"}


async def privacy(request: HttpRequest) -> HttpResponse:
    """GET /privacy/?lang=fr&cite=marseille: what holds for conversations begun on the pages of that Cité."""
    cite = load_cites().get(request.GET.get("cite", ""))
    language = language_asked(request)
    context = {
        "language": language,
        "languages": LANGUAGES,
        "cite": cite.id if cite else "",
        "days": days_kept(cite.id if cite else None),
        "callback_days": settings.CALLBACK_DAYS,
        "controller": settings.PRIVACY_CONTROLLER,
        "geocoder": _SERVICES.get(settings.GEOCODER, settings.GEOCODER),
        **contact(cite),
        **_apps(language),
    }
    return render(request, "pages/privacy.html", context)


def _apps(language: str) -> dict[str, Any]:
    """What there is to tell of the messaging apps that are on; `apps` is empty where none is."""
    return {
        "apps": ", ".join(dict.fromkeys(map(_named, registry.all_on()))),
        "apps_days": settings.EVENTS_KEPT,
        "apps_minutes": settings.NOTE_LIFE // 60,
        "apps_erase": commands.names("erase", language)[0],
    }


def _named(platform: Platform) -> str:
    """An app, and who carries its messages where its name does not say so."""
    return platform.shown if platform.carriers == platform.shown else f"{platform.shown} ({platform.carriers})"
