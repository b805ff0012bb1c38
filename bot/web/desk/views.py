"""One request at the desk: its page, what is new in it, and what an advisor can do with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from bot.privacy.ids import random_id
from bot.web import digits
from bot.web.audit.log import has_recorded, record
from bot.web.audit.models import Action
from bot.web.characters import printable
from bot.web.conversations import states
from bot.web.conversations.models import Handoff, HandoffState
from bot.web.desk import access, exchange, undelivered
from bot.web.desk.frame import CHANGES, OF_THE_QUEUE, frame
from bot.web.desk.guard import advisor, allowed, is_htmx, of_handoff
from bot.web.desk.rows import seen
from bot.web.desk_notes import looks, notes

Deed = Callable[[], object]
_FORM_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")


@require_GET
@of_handoff
def handoff(request: HttpRequest, found: Handoff) -> HttpResponse:
    """GET: one request, its summary and what the advisor may read of it."""
    record(advisor(request), Action.VIEW, found)
    looks.look(found, advisor(request))
    return render(request, "desk/handoff.html", {**_whole(request, found), **frame(request, *OF_THE_QUEUE, *CHANGES)})


@require_GET
@of_handoff
def news(request: HttpRequest, found: Handoff) -> HttpResponse:
    """GET ?after=N&state=S&by=ADVISOR&others=MARK&typing=1: the lines since N, and who else looks.

    204 when there is nothing new; when the state or whose it is has changed, the page comes anew and says so.
    """
    asked = request.GET
    after = digits.whole(asked.get("after", ""))
    if after is None:
        return HttpResponseBadRequest()
    if (asked.get("state"), asked.get("by", "")) != (found.state, str(found.claimed_by_id or "")):
        address = reverse("desk:handoff", args=[found.pk])
        return HttpResponseClientRedirect(f"{address}?notice={exchange.changed(found, advisor(request))}")
    _notice(found, advisor(request), asked.get("typing") == "1")
    context = {**_talk(request, found, after), **frame(request)}
    if not context["messages"] and context["others_seen"] == asked.get("others"):
        return HttpResponse(status=204)
    if context["messages"]:
        _opened(request, found, after)
    return render(request, "desk/_news.html", context)


@require_POST
@of_handoff
def claim(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST: take a waiting request; whoever is second is told so."""
    return _do(request, found, Action.CLAIM, lambda: states.claim(found.pk, advisor(request)))


@require_POST
@of_handoff
def transfer(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST to=ACCOUNT: pass it to a colleague who may see it; to="" puts it back into the queue.

    Who coordinates the Cité may do so with what somebody else has.
    """
    to = request.POST.get("to", "")
    colleague = next((one for one in exchange.colleagues(found) if str(one.pk) == to), None)
    if to and colleague is None:
        return back(request, found, "no_colleague")
    return _do(
        request, found, Action.TRANSFER, lambda: exchange.transfer(found, advisor(request), colleague), done="passed"
    )


@require_POST
@of_handoff
def give_back(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST outcome=CODE: the bot answers again; what came of it may be left open."""
    return _end(request, found, Action.GIVE_BACK, states.give_back, ("", *exchange.outcomes()))


@require_POST
@of_handoff
def close(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST outcome=CODE: the exchange is over."""
    return _end(request, found, Action.CLOSE, states.close, exchange.outcomes())


@require_POST
@of_handoff
def answer(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST text, form_id: say something to the person, once however often the same is sent.

    With HTMX, 204; the next look at the news shows it.
    """
    text, form_id = printable(request.POST.get("text", "")), request.POST.get("form_id", "")
    sendable = text and len(text) <= settings.MESSAGE_LIMIT and allowed(request, "answer", found)
    try:
        if sendable:
            states.advisor_says(found.pk, advisor(request), text, form_id if _FORM_ID.fullmatch(form_id) else None)
    except states.WrongState:
        sendable = False
    if is_htmx(request):
        return HttpResponse(status=204) if sendable else _problem(request)
    return back(request, found, "" if sendable else "not_sent")


def back(request: HttpRequest, found: Handoff, notice: str = "") -> HttpResponse:
    """To the page of the request, told `notice`."""
    address = reverse("desk:handoff", args=[found.pk]) + (f"?notice={notice}" if notice else "")
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)


def _end(
    request: HttpRequest, found: Handoff, action: str, end: Callable[..., object], known: Collection[str]
) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    if outcome not in known:
        return back(request, found, "no_outcome")
    return _do(request, found, action, lambda: end(found.pk, advisor(request), outcome))


def _do(request: HttpRequest, found: Handoff, action: str, deed: Deed, done: str = "") -> HttpResponse:
    """Do it if the account may, and write it down: both, or neither."""
    if not allowed(request, action, found):
        return back(request, found, "taken")
    try:
        with transaction.atomic():
            deed()
            record(advisor(request), action, found)
    except states.WrongState:
        return back(request, found, "taken")
    return back(request, found, done)


def _notice(found: Handoff, account: Any, typing: bool) -> None:
    """Somebody looks at the page: colleagues see it, and the person sees that an answer is being typed."""
    looks.look(found, account, typing)
    if found.state == HandoffState.LIVE and found.claimed_by_id == account.pk:
        exchange.attends(found, account, typing)


def _opened(request: HttpRequest, found: Handoff, after: int) -> None:
    """What is read without its page having been opened is a view like any other, and is written down."""
    a_session = timedelta(hours=settings.SESSION_HOURS)
    if after == 0 or not has_recorded(advisor(request), Action.VIEW, found, a_session):
        record(advisor(request), Action.VIEW, found)


def _problem(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/_problem.html", {"problem": "desk.not_sent", **frame(request)})


def _talk(request: HttpRequest, found: Handoff, after: int) -> dict[str, Any]:
    """What is new since `after`, who else looks, and how many messages never arrived."""
    messages = access.transcript(found, after)
    others, person = looks.others(found, advisor(request)), exchange.signs_of(found)
    lost = undelivered.count(advisor(request), found)
    return {
        "handoff": found,
        "messages": messages,
        "last": messages[-1].seq if messages else after,
        "others": others,
        "signs": person,
        "lost": lost,
        "others_seen": seen([*others, person, lost]),
    }


def _whole(request: HttpRequest, found: Handoff) -> dict[str, Any]:
    mine = found.claimed_by_id == advisor(request).pk
    passes = found.state == HandoffState.LIVE and allowed(request, "transfer", found)
    return {
        **_talk(request, found, 0),
        "mine": mine,
        "limit": settings.MESSAGE_LIMIT,
        "form_id": random_id(),
        "outcomes": exchange.outcomes(),
        "left": bool(access.orphans([found])),
        "takes_over": allowed(request, "take_over", found),
        "moved": exchange.moved(found),
        "passes": passes,
        "colleagues": exchange.colleagues(found) if passes else [],
        "notes": notes.of(found),
        "note_limit": notes.LONGEST,
        "tags": notes.tags_of([found]).get(found.pk, ()),
    }
