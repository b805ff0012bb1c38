"""Public pages."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from bot.knowledge.cites import load_cites
from bot.web import workers
from bot.web.database import in_database
from bot.web.pages.asked import language_asked
from bot.web.pages.contact import contact
from bot.web.words import LANGUAGES, preferred, word


async def home(request: HttpRequest) -> HttpResponse:
    """GET /: the demonstration page is what there is to see."""
    return HttpResponseRedirect("/demo/")


async def demo(request: HttpRequest) -> HttpResponse:
    """GET /demo/?lang=en: the site of a fictional Cité, with the widget on it."""
    language = request.GET.get("lang", "fr")
    if language not in LANGUAGES:
        language = "fr"
    return render(request, "pages/demo.html", {"language": language, "languages": LANGUAGES})


async def accessibility(request: HttpRequest) -> HttpResponse:
    """GET /accessibility/?lang=en&cite=marseille: what was checked of the assistant's accessibility, how, what was not.

    Also whom to tell of a fault: who answers for the pages of that Cité.
    """
    cite = load_cites().get(request.GET.get("cite", ""))
    context = {
        "language": language_asked(request),
        "languages": LANGUAGES,
        "cite": cite.id if cite else "",
        **contact(cite),
    }
    return render(request, "pages/accessibility.html", context)


async def health(request: HttpRequest) -> HttpResponse:
    """GET /health: {"status": "ok"}, or 503 when the database does not answer or a worker has ended by a fault."""
    try:
        await in_database(_ask_database)
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    if ended := workers.ended():
        return JsonResponse({"status": "stopped", "workers": ended}, status=503)
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return sentence(request, "page.not_found", 404)


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form sent from elsewhere."""
    return sentence(request, "page.forbidden", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours."""
    return sentence(request, "page.failed", 500)


def sentence(request: HttpRequest, key: str, status: int) -> HttpResponse:
    """A page of one sentence, in the language that the browser prefers."""
    language = preferred(request.headers.get("Accept-Language", ""))
    context = {"language": language, "sentence": word(key, language)}
    return render(request, "pages/sentence.html", context, status=status)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
