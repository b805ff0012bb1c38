"""The conversation as a page, for browsers without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel.dates import format_datetime
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.privacy.ids import random_id
from bot.web import masks
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Message
from bot.web.conversations.service import State
from bot.web.conversations.transcript import author, clock_of
from bot.web.conversations.waiting_words import callback_card
from bot.web.pages import written_cards
from bot.web.pages.written_judgement import Judgement, questions
from bot.web.pages.written_links import linked
from bot.web.pages.written_news import News, news
from bot.web.words import LANGUAGES, word

_AT_FAULT = {"no_name": "name", "bad_contact": "contact"}
"""The field of the form for a callback that a refusal is about; the others are about the message."""


@dataclass(frozen=True)
class Sheet:
    """What a page shows. Without `conversation` it offers to begin; with `sure` it asks whether to erase all.

    `judged` is what the person has just said of an answer.
    """

    language: str
    cite: str
    conversation: str = ""
    token: str = ""
    messages: tuple[Message, ...] = ()
    state: State | None = None
    draft: str = ""
    sure: bool = False
    erased: bool = False
    asked: tuple[str, str, str] = ("", "", "")
    """What was typed into the form for a callback: name, phone or e-mail, moment."""
    judged: Judgement | None = None
    seen: int | None = None
    """The last message that the page before had shown, where it told."""
    awaits: bool = False
    """Whether something new is expected, so that it is told when nothing is."""


def written(request: HttpRequest, sheet: Sheet, refused: Refused | None = None) -> HttpResponse:
    """The page, with what was refused said at its field, else above the form.

    Its forms lead to "#new", the first new line: a browser then begins there rather than at the field that asks for
    the focus. Where something else is to be told first, that line is still new on the next page.
    """
    told, thanks = news(sheet.messages, sheet.seen), _thanks(sheet)
    off = _callback_off(sheet)
    begins = told.first if not (refused or thanks or sheet.sure) else None
    context = {
        "sheet": sheet,
        "language": sheet.language,
        "languages": LANGUAGES,
        "limit": settings.MESSAGE_LIMIT,
        "id": random_id(),  # of the next message
        "lines": _lines(sheet),
        "offer": next((message for message in reversed(sheet.messages) if message.payload.get("choices")), None),
        "speaking": _speaking(sheet),
        "consent": callback_card(sheet.language)["consent"],
        "callback": _callback_fields(sheet),
        "off": off,
        "fault": _AT_FAULT.get(refused.code, "") if refused else "",
        "begins": begins,
        "news": told.count,
        "seen": told.seen if begins or not told.count else sheet.seen,
        "note": thanks or _nothing_new(sheet, told, refused),
        "asks_why": _asks_why(sheet),
        "refusal": _refusal(sheet, refused, off),
    }
    response = render(request, "pages/write.html", context, status=refused.status if refused else 200)
    response.headers["Cache-Control"] = "no-store"
    if refused and refused.retry_after is not None:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


def _refusal(sheet: Sheet, refused: Refused | None, off: str) -> str:
    if refused is None:
        return ""
    if refused.code == "no_callback" and off:
        return off  # more to the point
    return word(f"door.{refused.code}", sheet.language, **refused.values)


def _callback_off(sheet: Sheet) -> str:
    """What is said where the form for a callback was being filled in and can no longer be sent: its fields stay."""
    if sheet.state is None or sheet.state.callback or not any(sheet.asked):
        return ""
    key = "widget.callback_joined" if sheet.state.speaker == "advisor" else "widget.callback_off"
    return word(key, sheet.language, advisor=sheet.state.advisor or "")


def _callback_fields(sheet: Sheet) -> list[dict[str, Any]]:
    """How to reach somebody may be a phone number or an address: no one kind for a browser to fill in."""
    name, contact, moment = sheet.asked
    return [
        {"name": "name", "typed": name, "needed": True, "autocomplete": "name"},
        {"name": "contact", "typed": contact, "needed": True},
        {"name": "moment", "typed": moment, "autocomplete": "off"},
    ]


def _lines(sheet: Sheet) -> list[dict[str, Any]]:
    under = questions(sheet.messages)
    return [{**_line(message, sheet), "asked": under.get(message.seq)} for message in sheet.messages]


def _line(message: Message, sheet: Sheet) -> dict[str, Any]:
    at = message.created.astimezone(clock_of(None, sheet.cite))
    words = message.language if message.language in LANGUAGES else sheet.language
    return {
        "seq": message.seq,
        "author": message.author,
        "who": author(message, sheet.language),
        "at": at.isoformat(timespec="seconds"),
        "time": format_datetime(at, "short", locale=sheet.language),
        "language": message.language,
        "text": linked(masks.shown(message), words),
        "masked": masks.notice(message),
        "cards": [written_cards.shown(card, words) for card in message.payload.get("cards", ()) if _is_card(card)],
    }


def _is_card(card: dict[str, Any]) -> bool:
    return card.get("kind") in written_cards.KINDS


def _thanks(sheet: Sheet) -> str:
    """What is said of a judgement, as the widget does: a reason may follow where there is none yet."""
    if sheet.judged is None:
        return ""
    return word("widget.thanks_why" if _asks_why(sheet) else "widget.thanks", sheet.language)


def _nothing_new(sheet: Sheet, told: News, refused: Refused | None) -> str:
    return word("page.nothing_new", sheet.language) if sheet.awaits and not told.count and not refused else ""


def _asks_why(sheet: Sheet) -> int | None:
    """The message that was just said to be of no use, without a reason: the focus goes to the reasons."""
    judged = sheet.judged
    return judged.seq if judged and not judged.useful and judged.reason is None else None


def _speaking(sheet: Sheet) -> str:
    """Who answers now, in words; the same as the widget's."""
    state = sheet.state
    if state is None or state.speaker == "bot":
        return word("widget.speaker_bot", sheet.language)
    if state.speaker == "advisor":
        return word("widget.advisor", sheet.language, advisor=state.advisor or "")
    key = "widget.waiting_nth" if state.position else "widget.waiting"
    return word(key, sheet.language, position=state.position)
