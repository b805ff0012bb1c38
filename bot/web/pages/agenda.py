"""Calendar files of events: what "add to my calendar" leads to. Nothing of a person is asked or kept."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse

from bot.knowledge import agenda
from bot.knowledge.cites import load_cites
from bot.knowledge.event_ics import STAMP, calendar_file
from bot.web.conversations.errors import Refused
from bot.web.limits import address, rates
from bot.web.pages.views import sentence

_KEY = re.compile(r"[0-9a-f]{16}")


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
    found = await sync_to_async(_file, thread_sensitive=False)(cite, key, start)
    if found is None:
        return sentence(request, "page.event_gone", 404)
    headers = {"Content-Disposition": f'attachment; filename="{cite}-{start[:8]}.ics"', "Cache-Control": "no-store"}
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers=headers)


def _file(name: str, key: str, start: str) -> bytes | None:
    cite = load_cites().get(name)
    try:
        moment = datetime.strptime(start, STAMP).replace(tzinfo=timezone.utc)
        found = agenda.event(cite, key, moment) if cite and _KEY.fullmatch(key) else None
    except (ValueError, OverflowError):
        return None
    return calendar_file(cite, found, datetime.now(timezone.utc)) if cite and found else None
