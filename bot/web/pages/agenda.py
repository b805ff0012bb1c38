"""Calendar files of events: what "add to my calendar" leads to. Nothing of a person is asked or kept."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse

from bot.knowledge import agenda
from bot.knowledge.cites import load_cites
from bot.knowledge.event_ics import STAMP, calendar_file
from bot.web.conversations.errors import Refused
from bot.web.limits import address, rates
from bot.web.pages.views import sentence

_KEY = re.compile(r"[0-9a-f]{16}")
_PATIENCE_S = 5.0  # for an agenda that this process has not read yet


async def event(request: HttpRequest, cite: str, key: str, start: str) -> HttpResponse:
    """GET /agenda/<cite>/<key>/<start>.ics: one event, as text/calendar; a page that says so when it is no more."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        rates.hit("calendar", address(request))
    except Refused as refused:
        answer = sentence(request, "page.too_many", 429)
        answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    status, found = await sync_to_async(_find, thread_sensitive=False)(cite, key, start)
    if found is None:
        return sentence(request, "page.event_gone" if status == 404 else "door.unavailable", status)
    headers = {"Content-Disposition": f'attachment; filename="{cite}-{start[:8]}.ics"', "Cache-Control": "no-store"}
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers=headers)


def _find(name: str, key: str, start: str) -> tuple[int, bytes | None]:
    """The status to answer with, and the file: 503 when the agenda cannot be read, which tells nothing of the event."""
    cite = load_cites().get(name)
    try:
        moment = datetime.strptime(start, STAMP).replace(tzinfo=timezone.utc)
        end = moment + timedelta(seconds=1)
        if cite is None or not _KEY.fullmatch(key):
            return 404, None
        listed = agenda.agenda(cite, moment, end, until=time.monotonic() + _PATIENCE_S)
    except (ValueError, OverflowError):
        return 404, None
    found = next((event for event in listed.events if event.key == key and event.start == moment), None)
    if found is None:
        return (503 if listed.unread else 404), None
    return 200, calendar_file(cite, found, datetime.now(timezone.utc))
