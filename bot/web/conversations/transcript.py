"""A conversation as a text file: what the person saw, in their language, for them to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_time
from django.conf import settings
from django.utils import timezone

from bot.knowledge.cites import load_cites
from bot.web import cards, masks
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Conversation, Message
from bot.web.conversations.service import messages_after
from bot.web.words import word


@dataclass(frozen=True)
class TextFile:
    """A file to hand over: its name (ASCII), its language (two letters), what it holds."""

    name: str
    language: str
    text: str


def text_file(conversation_id: str, zone: str | None = None) -> TextFile:
    """The conversation since the person last started anew; `Refused` when it does not exist.

    Times are those of `zone` ("Europe/Paris", what the browser calls its own), else of the Cité's, else of ours.
    """
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None:
        raise Refused("not_found")
    language, clock = conversation.language, clock_of(zone, conversation.cite)
    now = timezone.now().astimezone(clock)
    blocks = [_head(now, language), *_blocks(messages_after(conversation_id), language, clock)]
    name = word("door.transcript_file", language)
    return TextFile(f"{name}-{now:%Y-%m-%d}.txt", language, "\n\n".join(blocks) + "\n")


def clock_of(zone: str | None, cite: str) -> ZoneInfo:
    """The first of these zones that there is."""
    known = load_cites().get(cite)
    for name in (zone, known.timezone if known else None):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue  # browsers know zones that this machine does not, and anybody may send anything
    return ZoneInfo(settings.TIME_ZONE)


def _head(now: datetime, language: str) -> str:
    when = format_datetime(now, "long", locale=language)
    saved = word("door.transcript_saved", language, when=when, zone=str(now.tzinfo))
    return f"{word('widget.title', language)}\n{saved}"


def by_day(messages: Iterable[Message], language: str, clock: ZoneInfo) -> Iterator[tuple[str, str, Message]]:
    """Each message as (day, time, message) in words; the day is a line of its own where a new one begins, else ""."""
    day: date | None = None
    for message in messages:
        at = message.created.astimezone(clock)
        begins = at.date() != day
        day = at.date()
        line = f"— {format_date(day, 'full', locale=language)} —" if begins else ""
        yield line, format_time(at, "short", locale=language), message


def _blocks(messages: list[Message], language: str, clock: ZoneInfo) -> Iterator[str]:
    for day, time, message in by_day(messages, language, clock):
        if day:
            yield day
        yield _block(message, time, language)


def _block(message: Message, time: str, language: str) -> str:
    who = f"{time} {author(message, language)}"
    lines = masks.shown(message).splitlines()
    for card in message.payload.get("cards", []):
        lines += _card(card, language)
    choices = [choice["title"] for choice in message.payload.get("choices", [])]
    if choices:
        lines += [word("door.transcript_choices", language), *(f"- {title}" for title in choices)]
    return "\n".join([who, *(f"    {line}" for line in lines)])


def author(message: Message, language: str) -> str:
    """Who said it, in words."""
    if message.author == Author.ADVISOR:
        return word("widget.by_advisor", language, advisor=message.name)
    names = {Author.PERSON: "widget.you", Author.BOT: "widget.bot", Author.HOUSE: "widget.house"}
    return word(names[Author(message.author)], language)


def _card(card: dict[str, Any], language: str) -> list[str]:
    """A card as lines, the first with a star."""
    return [f"{' ' if number else '*'} {line}" for number, line in enumerate(cards.lines(card, language, has_map=True))]
