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
from bot.web.desk_notes import looks


@require_POST
@of_handoff
def opened(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST: take it, and read how to reach the person; the answer itself shows it, so that no address does.

    take_over=ACCOUNT: take it over from that one, who has opened it before.
    """
    if not allowed(request, "callback", found):
        return back(request, found, "taken")
    try:
        with transaction.atomic():
            contact = callbacks.open_callback(found.pk, advisor(request), instead_of=_instead_of(request, found))
            record(advisor(request), Action.CALLBACK_VIEW, found)
    except WrongState:
        return back(request, found, "taken")
    looks.look(found, advisor(request))
    context = {"handoff": found, "contact": contact, "outcomes": exchange.outcomes(), **frame(request)}
    context["others"] = looks.others(found, advisor(request))
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


def _instead_of(request: HttpRequest, found: Handoff) -> int | None:
    """From whom it is taken over, where that is asked for and allowed: the one whom the page has named."""
    named = request.POST.get("take_over", "") == str(found.claimed_by_id)
    return found.claimed_by_id if named and allowed(request, "take_over", found) else None
