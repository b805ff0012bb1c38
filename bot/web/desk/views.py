"""The desk's pages: the queue, one handoff, and what an advisor can do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bot.web.accounts.gate import before_factor
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations import states
from bot.web.conversations.models import Handoff
from bot.web.desk import access
from bot.web.words import LANGUAGES

Deed = Callable[[int, Any], object]
NOTICES = ("taken", "not_sent", "gone")


@require_GET
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """GET /desk/: who waits and who is being answered, oldest first. `?part=1` is the lists alone."""
    part = "part" in request.GET
    advisor = _advisor(request)
    lists = {"waiting": access.waiting(advisor), "live": access.live(advisor), "erased": access.erased(advisor)}
    context = {**lists, **_page(request)}
    return render(request, "desk/_queue.html" if part else "desk/queue.html", context)


@require_GET
@never_cache
def handoff(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: one handoff, its summary and what the advisor may read of it."""
    found = access.find(_advisor(request), handoff_id)
    if found is None:
        return _gone(request, handoff_id)
    record(_advisor(request), Action.VIEW, found)
    return render(request, "desk/handoff.html", {**_handoff(request, found, 0), **_page(request)})


@require_GET
@never_cache
def news(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET ?after=N&state=S: the lines since N; 204 when there is nothing new, a reload when the state changed."""
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return HttpResponseBadRequest()
    found = access.find(_advisor(request), handoff_id)
    if found is None:
        return HttpResponse(headers={"HX-Redirect": _gone(request, handoff_id)["Location"]})
    if found.state != request.GET.get("state"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {**_handoff(request, found, int(after)), **_page(request)}
    if not context["messages"]:
        return HttpResponse(status=204)
    return render(request, "desk/_news.html", context)


@require_POST
def claim(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: take a waiting handoff; whoever is second is told so."""
    return _act(request, handoff_id, "claim", states.claim)


@require_POST
def give_back(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: the bot answers again."""
    return _act(request, handoff_id, "give_back", states.give_back)


@require_POST
def close(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: the exchange is over."""
    return _act(request, handoff_id, "close", states.close)


@require_POST
def answer(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST text: say something to the person. With HTMX, 204; the next look at the news shows it."""
    text = request.POST.get("text", "").strip()
    found = access.find(_advisor(request), handoff_id)
    if found is None:
        return _gone(request, handoff_id)
    if not access.may(_advisor(request), "answer", found) or not text or len(text) > settings.MESSAGE_LIMIT:
        return _back(request, handoff_id, "not_sent")
    try:
        states.advisor_says(handoff_id, _advisor(request), text)
    except states.WrongState:
        return _back(request, handoff_id, "not_sent")
    return _back(request, handoff_id)


@before_factor
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """POST language: the language of the desk for this advisor."""
    wanted = request.POST.get("language")
    if wanted not in LANGUAGES:
        return HttpResponseBadRequest()
    advisor = _advisor(request)
    advisor.language = wanted
    advisor.save(update_fields=["language"])
    return redirect("desk:queue")


def _act(request: HttpRequest, handoff_id: int, name: str, deed: Deed) -> HttpResponse:
    advisor = _advisor(request)
    found = access.find(advisor, handoff_id)
    if found is None:
        return _gone(request, handoff_id)
    if not access.may(advisor, name, found):
        return _back(request, handoff_id, "taken")
    try:
        with transaction.atomic():
            deed(handoff_id, advisor)
            record(advisor, Action(name), found)
    except states.WrongState:
        return _back(request, handoff_id, "taken")
    return _back(request, handoff_id)


def _back(request: HttpRequest, handoff_id: int, notice: str = "") -> HttpResponse:
    """To the page of the handoff, told `notice`."""
    response = redirect("desk:handoff", handoff_id)
    if notice:
        response["Location"] += f"?notice={notice}"
    return response


def _gone(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """To the queue, told why a request is not to be seen."""
    return redirect(f"/desk/?notice={access.why_gone(_advisor(request), handoff_id)}")


def _handoff(request: HttpRequest, found: Handoff, after: int) -> dict[str, Any]:
    messages = access.transcript(found, after)
    return {
        "handoff": found,
        "messages": messages,
        "last": messages[-1].seq if messages else after,
        "mine": found.claimed_by_id == _advisor(request).pk,
        "limit": settings.MESSAGE_LIMIT,
    }


def _page(request: HttpRequest) -> dict[str, Any]:
    notice = request.GET.get("notice")
    return {
        "language": _advisor(request).language,
        "languages": LANGUAGES,
        "notice": f"desk.{notice}" if notice in NOTICES else "",
    }


def _advisor(request: HttpRequest) -> Any:
    """The account that the gate has made sure of."""
    return request.user
