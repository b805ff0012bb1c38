"""The page of what never arrived in a messaging app: sent once more, or set aside; each is written in the audit log."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bot.web import digits
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.channels import outbox
from bot.web.channels.models import Parcel
from bot.web.conversations.models import Handoff
from bot.web.desk import access, undelivered
from bot.web.desk.frame import OF_THE_LETTERS, frame
from bot.web.desk.guard import advisor


@require_GET
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """GET ?request=N: what never arrived, of one request or of all that the account may see."""
    wanted = _number(request)
    found, count = undelivered.letters(advisor(request), wanted)
    context = {"letters": found, "count": count, "wanted": wanted, **frame(request, *OF_THE_LETTERS)}
    return render(request, "desk/letters.html", context)


@require_POST
@never_cache
def again(request: HttpRequest, letter_id: int) -> HttpResponse:
    """POST ?request=N: send it once more, where there is something to send and its app is on."""
    found = access.find_letter(advisor(request), letter_id)
    if found is not None and (not found.body or undelivered.is_off(found)):
        return _back(request, "letter_stuck")
    return _do(request, found, Action.SEND_AGAIN, outbox.try_again, "letter_again")


@require_POST
@never_cache
def aside(request: HttpRequest, letter_id: int) -> HttpResponse:
    """POST ?request=N: tell of it no longer; what was said stays in the conversation."""
    found = access.find_letter(advisor(request), letter_id)
    return _do(request, found, Action.SET_ASIDE, outbox.set_aside, "letter_aside")


def _do(
    request: HttpRequest, found: Parcel | None, action: str, deed: Callable[[int], bool], done: str
) -> HttpResponse:
    """Do it and write it down: both, or neither."""
    if found is None:
        return _back(request, "letter_gone")
    with transaction.atomic():
        if not deed(found.pk):
            return _back(request, "letter_gone")
        record(advisor(request), action, _subject(found))
    return _back(request, done)


def _subject(found: Parcel) -> Handoff | object:
    """What the audit log names: the request, or without any the conversation."""
    number = getattr(found, "request", None)
    return Handoff.objects.get(pk=number) if number else found.contact.conversation


def _back(request: HttpRequest, notice: str) -> HttpResponse:
    wanted = _number(request)
    only = f"request={wanted}&" if wanted is not None else ""
    return redirect(f"{reverse('desk:letters')}?{only}notice={notice}")


def _number(request: HttpRequest) -> int | None:
    """The request whose messages alone are asked for."""
    return digits.whole(request.GET.get("request", ""))
