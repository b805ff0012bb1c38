"""The desk's pages: the queue, one handoff, and what an advisor can do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bot.web.conversations import states
from bot.web.conversations.erasure import erased_lately
from bot.web.conversations.models import Handoff
from bot.web.desk import access
from bot.web.words import LANGUAGES

Action = Callable[[int, Any], object]
NOTICES = ("taken", "not_sent", "gone")


@require_GET
@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """GET /desk/: who waits and who is being answered, oldest first. `?part=1` is the lists alone."""
    part = "part" in request.GET
    context = {"waiting": access.waiting(), "live": access.live(), "erased": erased_lately(), **_page(request)}
    return render(request, "desk/_queue.html" if part else "desk/queue.html", context)


@require_GET
@login_required
@never_cache
def handoff(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: one handoff, its summary and what the advisor may read of it."""
    found = Handoff.objects.select_related("conversation", "claimed_by").filter(pk=handoff_id).first()
    if found is None:
        return redirect("/desk/?notice=gone")
    return render(request, "desk/handoff.html", {**_handoff(request, found, 0), **_page(request)})


@require_GET
@login_required
@never_cache
def news(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET ?after=N&state=S: the lines since N; 204 when there is nothing new, a reload when the state changed."""
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return HttpResponseBadRequest()
    found = Handoff.objects.select_related("conversation").filter(pk=handoff_id).first()
    if found is None:
        return HttpResponse(headers={"HX-Redirect": "/desk/?notice=gone"})
    if found.state != request.GET.get("state"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {**_handoff(request, found, int(after)), **_page(request)}
    if not context["messages"]:
        return HttpResponse(status=204)
    return render(request, "desk/_news.html", context)


@require_POST
@login_required
def claim(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: take a waiting handoff; whoever is second is told so."""
    return _act(request, handoff_id, states.claim)


@require_POST
@login_required
def give_back(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: the bot answers again."""
    return _act(request, handoff_id, states.give_back)


@require_POST
@login_required
def close(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST: the exchange is over."""
    return _act(request, handoff_id, states.close)


@require_POST
@login_required
def answer(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """POST text: say something to the person. With HTMX, 204; the next look at the news shows it."""
    text = request.POST.get("text", "").strip()
    if not text or len(text) > settings.MESSAGE_LIMIT:
        return _back(request, handoff_id, "not_sent")
    try:
        states.advisor_says(handoff_id, _advisor(request), text)
    except states.WrongState:
        return _back(request, handoff_id, "not_sent")
    return _back(request, handoff_id)


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """POST language: the language of the desk for this advisor."""
    wanted = request.POST.get("language")
    if wanted not in LANGUAGES:
        return HttpResponseBadRequest()
    advisor = _advisor(request)
    advisor.language = wanted
    advisor.save(update_fields=["language"])
    return redirect("desk:queue")


def _act(request: HttpRequest, handoff_id: int, action: Action) -> HttpResponse:
    try:
        action(handoff_id, _advisor(request))
    except states.WrongState:
        return _back(request, handoff_id, "taken")
    return _back(request, handoff_id)


def _back(request: HttpRequest, handoff_id: int, notice: str = "") -> HttpResponse:
    """To the page of the handoff, told `notice`."""
    response = redirect("desk:handoff", handoff_id)
    if notice:
        response["Location"] += f"?notice={notice}"
    return response


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
    """The account that `login_required` has made sure of."""
    return request.user
