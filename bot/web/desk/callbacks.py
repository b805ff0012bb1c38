"""Calling somebody back: how to reach them is shown to the one advisor who takes it, and to nobody else."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations import callbacks
from bot.web.conversations.models import Handoff
from bot.web.conversations.transitions import WrongState
from bot.web.desk import exchange
from bot.web.desk.frame import frame
from bot.web.desk.guard import advisor, allowed, of_handoff
from bot.web.desk.views import back


@require_POST
@of_handoff
def opened(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST: take it, and read how to reach the person; the answer itself shows it, so that no address does."""
    if not allowed(request, "callback", found):
        return back(request, found, "taken")
    try:
        with transaction.atomic():
            contact = callbacks.open_callback(found.pk, advisor(request))
            record(advisor(request), Action.CALLBACK_VIEW, found)
    except WrongState:
        return back(request, found, "taken")
    context = {"handoff": found, "contact": contact, "outcomes": exchange.outcomes(), **frame(request)}
    return render(request, "desk/callback.html", context)


@require_POST
@of_handoff
def done(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST outcome=CODE: the call is made, or cannot be; how to reach the person is erased."""
    outcome = request.POST.get("outcome", "")
    if outcome not in exchange.outcomes():
        return back(request, found, "no_outcome")
    try:
        with transaction.atomic():
            callbacks.finish_callback(found.pk, advisor(request), outcome)
            record(advisor(request), Action.CALLBACK_DONE, found)
    except WrongState:
        return back(request, found, "taken")
    return redirect("desk:queue")
