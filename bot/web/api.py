"""The API between the widget and the door, under /api/v1; `openapi.yml` describes it."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from bot.web import polling
from bot.web import stream as streams
from bot.web.answers import answer, file_answer, message_body, state_body
from bot.web.calls import json_body, name, whole, with_token
from bot.web.conversations import callbacks, service, signs, transcript
from bot.web.conversations import feedback as feedbacks
from bot.web.conversations.errors import Refused
from bot.web.database import in_database
from bot.web.headers import may_open
from bot.web.limits import address, rates, room
from bot.web.openapi import document
from bot.web.words import LANGUAGES, is_language, preferred

_MOST_SEQ = 10**9


async def create(request: HttpRequest) -> HttpResponseBase:
    """POST {"cite", "language"} → 201 {"conversation", "token", "language", "expires"}."""
    body = json_body(request)
    rates.hit("create", address(request))
    cite, language = name(body.get("cite")), body.get("language")
    if not may_open(request, cite):
        raise Refused("forbidden")
    if not is_language(language) or language not in LANGUAGES:
        language = preferred(request.headers.get("Accept-Language", ""))
    started = await in_database(service.create_conversation, cite=cite, language=language)
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
    body = json_body(request)
    client_id, choice, text = name(body.get("id")), name(body.get("choice")), body.get("text")
    if client_id is None:
        raise Refused("bad_request")
    rates.hit("conversation", conversation_id)
    rates.hit("address", address(request))
    posted = await in_database(service.post_message, conversation_id, client_id, text=text, choice=choice)
    return answer({"seq": posted.seq}, status=202 if posted.new else 200)


@with_token
async def history(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """GET ?after=N → {"messages": […], "state": {…}, "tag"}; with &wait=S&tag=T only once there is news."""
    after, seconds = whole(request.GET.get("after", "0")), whole(request.GET.get("wait", "0"))
    rates.hit("reading", conversation_id)
    if seconds:
        with room.hold(conversation_id, address(request)):
            news = await polling.wait_for_news(conversation_id, after, request.GET.get("tag"), seconds)
    else:
        news = await in_database(streams.read, conversation_id, after)
    if news is None:
        raise Refused("unauthorised")
    state = state_body(news.state)
    return answer({"messages": list(map(message_body, news.messages)), "state": state, "tag": polling.tag(news.state)})


@with_token
async def stream(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """GET → text/event-stream; the header Last-Event-ID replays what came after that seq."""
    after = whole(request.headers.get("Last-Event-ID", "0"))
    rates.hit("reading", conversation_id)
    room.check(conversation_id, address(request))
    return StreamingHttpResponse(
        streams.events(conversation_id, after, address(request)),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@with_token
async def feedback(request: HttpRequest, conversation_id: str, seq: int) -> HttpResponseBase:
    """PUT {"useful", "reason"} → {"useful", "reason"}; a later one replaces it."""
    body = json_body(request)
    rates.hit("conversation", conversation_id)
    given = await in_database(feedbacks.give, conversation_id, seq, body.get("useful"), body.get("reason"))
    return answer({"useful": given.useful, "reason": given.reason or None})


@with_token
async def save(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """GET ?timezone=Europe/Paris → the conversation as a text file."""
    rates.hit("reading", conversation_id)
    return file_answer(await in_database(transcript.text_file, conversation_id, request.GET.get("timezone")))


@with_token
async def language(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"language"} → {"language"}."""
    rates.hit("conversation", conversation_id)
    wanted = json_body(request).get("language")
    if wanted not in LANGUAGES:
        raise Refused("bad_request")
    return answer({"language": await in_database(service.set_language, conversation_id, wanted)})


@with_token
async def restart(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST → {"after": the last seq of what is left behind}."""
    rates.hit("conversation", conversation_id)
    return answer({"after": await in_database(service.restart, conversation_id)})


@with_token
async def typing(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"typing"} → {"typing"}: the person types, or no longer does; it holds for some seconds."""
    rates.hit("signs", conversation_id)
    typing = json_body(request).get("typing")
    if not isinstance(typing, bool):
        raise Refused("bad_request")
    await in_database(signs.person_types, conversation_id, typing)
    return answer({"typing": typing})


@with_token
async def read(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"seq"} → {"seq"}: the person has read up to that message."""
    rates.hit("signs", conversation_id)
    seq = json_body(request).get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < _MOST_SEQ:
        raise Refused("bad_request")
    await in_database(signs.person_reads, conversation_id, seq)
    return answer({"seq": seq})


@with_token
async def callback(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """POST {"name", "contact", "moment"} → 201 {"until": when it is erased at the latest}."""
    rates.hit("conversation", conversation_id)
    body = json_body(request)
    told = [body.get(name) for name in ("name", "contact", "moment")]
    until = await in_database(callbacks.request, conversation_id, *told)
    return answer({"until": until.isoformat(timespec="seconds")}, status=201)


@with_token
async def erase(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """DELETE → 200 {"erased": true}."""
    await in_database(service.erase, conversation_id)
    return answer({"erased": True})


async def openapi(request: HttpRequest) -> HttpResponseBase:
    """GET → the description of all this, in the OpenAPI format."""
    return answer(document())
