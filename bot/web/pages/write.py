"""Writing to the assistant without JavaScript: a form, the conversation as a page, no cookie.

The form itself carries the conversation's token, in the body of a POST: no address tells it. No browser sends it by
itself, so that a form of another site can do nothing in somebody's name.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from bot.web import digits, polling
from bot.web import stream as streams
from bot.web.answers import file_answer
from bot.web.calls import name
from bot.web.characters import make_storable
from bot.web.conversations import callbacks, feedback, service, transcript
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Speaker
from bot.web.database import in_database
from bot.web.limits import address, rates, room
from bot.web.notifier import notifier
from bot.web.pages import written_judgement
from bot.web.pages.asked import language_asked
from bot.web.pages.written import Sheet, written
from bot.web.words import LANGUAGES

_PATIENCE_S = 15.0  # for the answer; then the page is shown without it


@dataclass(frozen=True)
class Form:
    """What the browser sent; `id` is of the page it was written on, `judged` what a button says of an answer.

    `seen`: the last message that this page had shown as read; None where it does not tell.
    """

    action: str
    conversation: str
    token: str
    id: str
    text: str
    choice: str | None
    language: str
    judged: str
    name: str
    contact: str
    moment: str
    seen: int | None

    @property
    def asked(self) -> tuple[str, str, str]:
        """What was typed into the form for a callback."""
        return self.name, self.contact, self.moment


@csrf_exempt
async def write(request: HttpRequest) -> HttpResponse:
    """GET ?cite=marseille&lang=fr: the beginning. POST: what was done on the page, and the page after it."""
    sheet = Sheet(language=language_asked(request), cite=request.GET.get("cite", ""))
    if request.method in ("GET", "HEAD"):
        return written(request, sheet)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    try:
        return await _posted(request, sheet)
    except Refused as refused:
        return written(request, sheet, refused)
    except SuspiciousOperation:
        return written(request, sheet, Refused("bad_request"))
    except DatabaseError:
        return written(request, sheet, Refused("unavailable", retry_after=5))


async def _posted(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    rates.hit("calls", address(request))
    make_storable(request)
    form = _form(request)
    if form.action == "begin":
        return written(request, await _begun(request, sheet))
    if name(form.conversation) is None:
        raise Refused("unauthorised")
    await in_database(service.authorise, form.conversation, form.token)
    state = await in_database(service.state, form.conversation)
    sheet = replace(sheet, conversation=form.conversation, token=form.token, seen=form.seen)
    sheet = replace(sheet, language=_spoken(state.language, sheet))
    if form.action == "save":
        rates.hit("reading", form.conversation)
        return file_answer(await in_database(transcript.text_file, form.conversation))
    if form.action == "erase_yes":
        await in_database(service.erase, form.conversation)
        return written(request, Sheet(sheet.language, sheet.cite, erased=True))
    try:
        await _ACTIONS.get(form.action, _say)(request, form)
    except Refused as refused:
        return written(request, await _read(replace(sheet, asked=form.asked), draft=form.text), refused)
    judged = written_judgement.read(form.judged) if form.action == "judge" else None
    asked = form.asked if form.action != "callback" else Sheet.asked
    sheet = replace(sheet, judged=judged, sure=form.action == "erase", asked=asked, awaits=form.action in _AWAIT)
    return written(request, await _read(sheet, draft=form.text if form.action in _KEEP_DRAFT or form.choice else ""))


async def _begun(request: HttpRequest, sheet: Sheet) -> Sheet:
    rates.hit("create", address(request))
    cite = name(sheet.cite or None)
    started = await in_database(service.create_conversation, cite=cite, language=sheet.language, channel="page")
    await _wait(request, started.id, 0)
    return await _read(replace(sheet, conversation=started.id, token=started.token, seen=0))


async def _say(request: HttpRequest, form: Form) -> None:
    rates.hit("conversation", form.conversation)
    rates.hit("address", address(request))
    text = None if form.choice else form.text
    # The same page sent twice says its words once; other words, after a step back, are another message.
    key = hashlib.sha256(f"{form.id}\0{form.choice}\0{text}".encode()).hexdigest()[:32]
    posted = await in_database(service.post_message, form.conversation, key, text=text, choice=form.choice)
    await _wait(request, form.conversation, posted.seq)


async def _look(request: HttpRequest, form: Form) -> None:
    rates.hit("reading", form.conversation)


async def _judge(request: HttpRequest, form: Form) -> None:
    rates.hit("conversation", form.conversation)
    said = written_judgement.read(form.judged)
    await in_database(feedback.give, form.conversation, said.seq, said.useful, said.reason)


async def _restart(request: HttpRequest, form: Form) -> None:
    rates.hit("conversation", form.conversation)
    await _wait(request, form.conversation, await in_database(service.restart, form.conversation))


async def _speak(request: HttpRequest, form: Form) -> None:
    rates.hit("conversation", form.conversation)
    if form.language not in LANGUAGES:
        raise Refused("bad_request")
    await in_database(service.set_language, form.conversation, form.language)


async def _callback(request: HttpRequest, form: Form) -> None:
    rates.hit("conversation", form.conversation)
    await in_database(callbacks.request, form.conversation, *form.asked)


_ACTIONS: dict[str, Callable[[HttpRequest, Form], Awaitable[None]]] = {
    "look": _look,
    "erase": _look,  # the page then asks whether to erase
    "judge": _judge,
    "restart": _restart,
    "language": _speak,
    "callback": _callback,
}
_AWAIT = ("say", "look", "")  # after which something new is expected; a choice is no action
_KEEP_DRAFT = ("look", "judge", "language", "callback")  # after which what is being written stays


async def _wait(request: HttpRequest, conversation_id: str, after: int) -> None:
    """Until an answer to what was said last is there, or none will come from the bot, or it takes too long."""
    if not await in_database(service.awaits_answer, conversation_id):
        return
    end, known = time.monotonic() + _PATIENCE_S, None
    with room.hold(conversation_id, address(request)):
        while (left := end - time.monotonic()) > 0 and not notifier.closing:
            news = await polling.wait_for_news(conversation_id, after, known, math.ceil(left))
            if news is None or news.messages or news.state.speaker != Speaker.BOT:
                return
            known = polling.tag(news.state)


async def _read(sheet: Sheet, draft: str = "") -> Sheet:
    news = await in_database(streams.read, sheet.conversation, 0)
    if news is None:
        raise Refused("unauthorised")
    language = _spoken(news.state.language, sheet)
    return replace(sheet, language=language, state=news.state, messages=tuple(news.messages), draft=draft)


def _spoken(language: str, sheet: Sheet) -> str:
    """The conversation's language where the page can be shown in it."""
    return language if language in LANGUAGES else sheet.language


def _form(request: HttpRequest) -> Form:
    sent = request.POST
    return Form(
        action="judge" if sent.get("judge") else sent.get("action", ""),
        conversation=sent.get("conversation", ""),
        token=sent.get("token", ""),
        id=sent.get("id", ""),
        text=sent.get("text", "").replace("\r\n", "\n"),
        choice=sent.get("choice") or None,
        language=sent.get("language", ""),
        name=sent.get("name", ""),
        contact=sent.get("contact", ""),
        moment=sent.get("moment", ""),
        judged=sent.get("judge", ""),
        seen=digits.whole(sent.get("seen", "")),
    )
