"""The webhooks: a call is checked, stored and answered; neither Rasa nor the platform is waited for."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from bot.web.channels import inbox, registry
from bot.web.channels.platform import Call, Incoming, Malformed, Platform
from bot.web.channels.turns import Turns, fair
from bot.web.database import in_database

log = logging.getLogger(__name__)
_turns = Turns()


@csrf_exempt  # the platform's own signature says who calls
async def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """One call of a platform: 404 where it is off, 403 without its signature, 503 when it should call again."""
    platform = registry.on(name)
    if platform is None:
        raise Http404
    call = _call(request)
    if request.method == "GET":
        return _greeted(platform, call)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, POST"})
    if not platform.verify(call):
        return HttpResponse(status=403)
    return await _take(platform, call)


async def _take(platform: Platform, call: Call) -> HttpResponse:
    """Store each event of a call whose signature is right."""
    try:
        events = platform.parse(call)
    except Malformed as error:
        log.warning("%s: a call out of shape is passed over (%s)", platform.name, error)
        events = []
    taken: list[tuple[Incoming, bool | None]] = []
    try:
        for event in fair(events):
            async with _turns.of(f"{platform.name} {event.user or event.id}"):
                taken.append((event, await in_database(_stored, platform, event)))
    except DatabaseError:
        log.exception("the database did not answer")
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    right = [(event, new) for event, new in taken if new is not None]
    if len(right) < len(taken):
        return HttpResponse(status=500)  # the platform calls again: what was taken is then known
    answer = platform.acknowledge(right)
    return HttpResponse(answer.body, content_type=answer.content_type)


def _stored(platform: Platform, event: Incoming) -> bool | None:
    """Whether an event is new; None where we break off at it: it must not be in the way of those after it."""
    try:
        return inbox.take(platform, event)
    except Exception as error:
        if isinstance(error, DatabaseError) and not isinstance(error, (DataError, IntegrityError)):
            raise  # the database is away, and for those after it too
        log.exception("%s: an event (%s) could not be taken", platform.name, event.kind.value)
        return None


def _greeted(platform: Platform, call: Call) -> HttpResponse:
    words = platform.handshake(call)
    return HttpResponse(status=403) if words is None else HttpResponse(words, content_type="text/plain")


def _call(request: HttpRequest) -> Call:
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = settings.PUBLIC_URL + request.get_full_path()
    # Not `request.body`, which refuses what is larger than a widget's call; the server has counted already.
    body = request.read()
    return Call(request.method or "", url, request.GET.dict(), headers, body)
