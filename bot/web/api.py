"""The API between the widget and the door, under /api/v1."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from bot.web import stream as streams
from bot.web.answers import answer, message_body, refusal, state_body
from bot.web.conversations import service
from bot.web.conversations.errors import Refused
from bot.web.database import in_database
from bot.web.limits import address, rates
from bot.web.words import LANGUAGES, is_language, preferred

View = Callable[..., Awaitable[HttpResponseBase]]
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")  # ids chosen by a client, keys, ids of Cités


def endpoint(**methods: View) -> View:
    """A view from one function for each method; refusals become JSON in the person's language."""
    allowed = ", ".join(methods)

    @csrf_exempt  # the API knows no cookie: a token is sent with each call
    async def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
        function = methods.get(request.method or "")
        try:
            if function is None:
                raise Refused("not_allowed")
            return await function(request, **parts)
        except Refused as refused:
            response = refusal(request, refused)
        except DatabaseError:
            response = refusal(request, Refused("unavailable", retry_after=5))
        if function is None:
            response.headers["Allow"] = allowed
        return response

    return view


def with_token(function: View) -> View:
    """Call the view only with the conversation's own token, sent as `Authorization: Bearer TOKEN`."""

    @wraps(function)
    async def checked(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refused("unauthorised")
        await in_database(service.authorise, conversation_id, token.strip())
        return await function(request, conversation_id)

    return checked


async def create(request: HttpRequest) -> HttpResponseBase:
    """POST {"cite", "language"} → 201 {"conversation", "token", "language", "expires"}."""
    body = _body(request)
    rates.hit("create", address(request))
    language = body.get("language")
    if not is_language(language) or language not in LANGUAGES:
        language = preferred(request.headers.get("Accept-Language", ""))
    started = await in_database(service.create_conversation, cite=_name(body.get("cite")), language=language)
    return answer(
        {
            "conversation": started.id,
            "token": started.token,
            "language": started.language,
            "expires": started.expires.isoformat(timespec="seconds"),
        },
        status=201,
    )


@with_token
async def post(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"id", "text"} or {"id", "choice"} → 202 {"seq"}; the same id again → 200 and the same seq."""
    body = _body(request)
    client_id, choice, text = _name(body.get("id")), _name(body.get("choice")), body.get("text")
    if client_id is None:
        raise Refused("bad_request")
    rates.hit("conversation", conversation_id)
    rates.hit("address", address(request))
    posted = await in_database(service.post_message, conversation_id, client_id, text=text, choice=choice)
    return answer({"seq": posted.seq}, status=202 if posted.new else 200)


@with_token
async def history(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """GET ?after=N → {"messages": […], "state": {…}}."""
    after = _whole(request.GET.get("after", "0"))
    messages = await in_database(service.messages_after, conversation_id, after)
    state = await in_database(service.state, conversation_id)
    return answer({"messages": list(map(message_body, messages)), "state": state_body(state)})


@with_token
async def stream(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """GET → text/event-stream; the header Last-Event-ID replays what came after that seq."""
    after = _whole(request.headers.get("Last-Event-ID", "0"))
    streams.check_room(conversation_id)
    return StreamingHttpResponse(
        streams.events(conversation_id, after),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@with_token
async def language(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"language"} → {"language"}."""
    rates.hit("conversation", conversation_id)
    wanted = _body(request).get("language")
    if wanted not in LANGUAGES:
        raise Refused("bad_request")
    return answer({"language": await in_database(service.set_language, conversation_id, wanted)})


@with_token
async def restart(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST → {"after": the last seq of what is left behind}."""
    rates.hit("conversation", conversation_id)
    return answer({"after": await in_database(service.restart, conversation_id)})


@with_token
async def erase(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """DELETE → 200 {"erased": true}."""
    await in_database(service.erase, conversation_id)
    return answer({"erased": True})


def _body(request: HttpRequest) -> dict[str, Any]:
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


def _name(value: object) -> str | None:
    """A short plain name, or None when there is none; `Refused` for anything else."""
    if value is None:
        return None
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise Refused("bad_request")


def _whole(raw: str) -> int:
    """A seq: a whole number from 0, as digits."""
    if raw.isascii() and raw.isdigit() and len(raw) < 10:
        return int(raw)
    raise Refused("bad_request")
