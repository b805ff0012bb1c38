"""Answers of the API: refusals, messages and states as JSON, a conversation as a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from bot.web import masks
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Feedback, Message
from bot.web.conversations.service import State
from bot.web.conversations.transcript import TextFile
from bot.web.words import preferred, word


def answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    """A JSON answer that nobody keeps."""
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def refusal(request: HttpRequest, refused: Refused, language: str | None = None) -> JsonResponse:
    """{"error": {"code", "text"}}, in `language` or the one the browser prefers."""
    language = language or preferred(request.headers.get("Accept-Language", ""))
    response = answer({"error": error_body(refused, language)}, refused.status)
    if refused.retry_after is not None:
        response.headers["Retry-After"] = str(refused.retry_after)
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def error_body(refused: Refused, language: str) -> dict[str, str]:
    """{"code", "text"} of one refusal."""
    return {"code": refused.code, "text": word(f"door.{refused.code}", language, **refused.values)}


def file_answer(file: TextFile) -> HttpResponse:
    """A copy of the conversation, for the person to keep."""
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Content-Language": file.language,
        "Cache-Control": "no-store",
    }
    return HttpResponse(file.text, content_type="text/plain; charset=utf-8", headers=headers)


def message_body(message: Message) -> dict[str, Any]:
    """One message as the widget gets it.

    A person's own also carries the `id` its browser chose, and what was `masked` in it, in words, or None; the bot's
    what the person thought of it: {"useful", "reason"} or None.
    """
    body: dict[str, Any] = {
        "seq": message.seq,
        "author": message.author,
        "name": message.name or None,
        "language": message.language,
        "text": masks.shown(message),
        "time": message.created.isoformat(timespec="seconds"),
        "choices": message.payload.get("choices", []),
        "cards": message.payload.get("cards", []),
    }
    if message.author == Author.PERSON:
        body["id"] = message.client_id
        body["masked"] = masks.notice(message)
    if message.author == Author.BOT:
        body["feedback"] = _feedback(message)
    return body


def _feedback(message: Message) -> dict[str, Any] | None:
    given: Feedback | None = getattr(message, "feedback", None)
    return {"useful": given.useful, "reason": given.reason or None} if given else None


def state_body(state: State) -> dict[str, Any]:
    """{"speaker", "advisor", "position", "typing", "language", "advisor_typing", "advisor_read_seq", "callback"}."""
    return asdict(state)


def event(name: str, body: dict[str, Any], seq: int | None = None) -> str:
    """One server-sent event; `seq` becomes its id."""
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
