"""What every call of the API has in common: its method, its token, its body, and how it is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from bot.web import digits
from bot.web.answers import refusal
from bot.web.conversations import service
from bot.web.conversations.errors import Refused
from bot.web.database import in_database
from bot.web.limits import address, rates

View = Callable[..., Awaitable[HttpResponseBase]]
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")  # ids chosen by a client, keys, ids of Cités


def endpoint(**methods: View) -> View:
    """A view from one function for each method; refusals become JSON in the person's language."""
    allowed = ", ".join(methods)

    @csrf_exempt  # the API knows no cookie: a token is sent with each call
    async def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        function = methods.get(request.method or "")
        try:
            rates.hit("calls", address(request))
            if function is None:
                raise Refused("not_allowed" if methods else "nowhere")
            return await function(request, **parts)
        except Refused as refused:
            response = refusal(request, refused)
        except SuspiciousOperation:
            response = refusal(request, Refused("bad_request"))
        except DatabaseError:
            response = refusal(request, Refused("unavailable", retry_after=5))
        if function is None and methods:
            response.headers["Allow"] = allowed
        return response

    view.methods = methods
    return view


def with_token(function: View) -> View:
    """Call the view only with the conversation's own token, sent as `Authorization: Bearer TOKEN`."""

    @wraps(function)
    async def checked(request: HttpRequest, conversation_id: str, **parts: Any) -> HttpResponseBase:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not _NAME.fullmatch(conversation_id):
            raise Refused("unauthorised")
        await in_database(service.authorise, conversation_id, token.strip())
        try:
            return await function(request, conversation_id, **parts)
        except Refused as refused:
            if refused.code != "not_found":
                raise
            raise Refused("unauthorised") from None  # erased in between

    return checked


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty object."""
    try:
        raw = request.body
    except RequestDataTooBig:
        raise Refused("body_too_large", limit=settings.BODY_LIMIT // 1024) from None
    if not raw:
        return {}
    if request.content_type != "application/json":
        raise Refused("bad_request")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused("bad_request") from None
    if not isinstance(body, dict):
        raise Refused("bad_request")
    return body


def name(value: object) -> str | None:
    """A short plain name, or None when there is none; `Refused` for anything else."""
    if value is None:
        return None
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise Refused("bad_request")


def whole(raw: str) -> int:
    """A seq, or seconds; `Refused` for what is no whole number from 0."""
    found = digits.whole(raw)
    if found is None:
        raise Refused("bad_request")
    return found
