"""Whose clock the desk shows: its reader's, and on the page of a request that of the request's Cité."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from babel.dates import get_timezone_location
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import async_only_middleware

from bot.web.conversations.transcript import clock_of
from bot.web.desk.scope import scope_of

Handler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
_FOLDER = "/desk/"


@async_only_middleware
def of_reader(get_response: Handler) -> Handler:
    """Let the pages of the desk tell the time of who reads them."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(_FOLDER):
            return await get_response(request)
        with timezone.override(await sync_to_async(_of)(request)):
            return await get_response(request)

    return middleware


def zone_of(account: Any) -> ZoneInfo:
    """The zone of an account's Cités; ours where it has none, or Cités of several."""
    zones = {clock_of(None, cite) for cite in scope_of(account).cites}
    return zones.pop() if len(zones) == 1 else clock_of(None, "")


def at_cite(cite: str) -> AbstractContextManager[Any]:
    """A page made within tells the time of that Cité (its id); of none, ours."""
    return timezone.override(clock_of(None, cite))


def elsewhere(shown: tzinfo, own: tzinfo, language: str) -> str:
    """The zone whose time is shown, in words; "" where its clocks show the same now as the reader's `own`."""
    now = timezone.now()
    same = now.astimezone(shown).utcoffset() == now.astimezone(own).utcoffset()
    return "" if same else get_timezone_location(shown, locale=language)


def _of(request: HttpRequest) -> ZoneInfo:
    account: Any = request.user
    return zone_of(account) if account.is_authenticated else clock_of(None, "")
