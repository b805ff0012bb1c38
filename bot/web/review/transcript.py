"""A request and what may be read of its conversation, as text to keep: for the desk, in its reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.utils import timezone

from bot.web import cards, masks
from bot.web.conversations.models import Author, Handoff, Message
from bot.web.conversations.transcript import by_day, clock_of
from bot.web.desk import access, clock, labels
from bot.web.review.until import kept_until
from bot.web.words import word


@dataclass(frozen=True)
class Part:
    """A piece of it: a `heading` (may be empty), and lines; `is_person`: the person said it, not the house."""

    heading: str
    lines: tuple[str, ...]
    is_person: bool = False


@dataclass(frozen=True)
class Written:
    """All of it: its title, its language, the summary as (label, value), and the parts in order."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def written(handoff: Handoff, language: str) -> Written:
    """What `access.transcript` lets the desk read, in words; times are those of the Cité, as on its page."""
    zone = clock_of(None, access.cite_of(handoff))
    messages = access.transcript(handoff)
    facts = [*labels.summary(handoff, messages, language), *_facts(handoff, language, zone)]
    title = word("desk.handoff", language, number=handoff.pk)
    return Written(title, language, tuple(facts), tuple(_parts(messages, language, zone)))


def as_text(found: Written) -> str:
    """As a text file."""
    facts = "\n".join(f"{label} : {value}" if found.language == "fr" else f"{label}: {value}"
                      for label, value in found.facts)  # fmt: skip
    blocks = ["\n".join([part.heading, *(f"    {line}" for line in part.lines)]).rstrip() for part in found.parts]
    return "\n\n".join([found.title, facts, *blocks]) + "\n"


def _facts(handoff: Handoff, language: str, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    yield word("review.opened", language), moment(handoff.opened, language, zone)
    if handoff.ended:
        yield word("review.ended", language), moment(handoff.ended, language, zone)
    until = kept_until(handoff.conversation)
    if until:
        yield word("review.kept_until", language), format_date(until.astimezone(zone), "long", locale=language)
    yield word("review.shared", language), word("desk.consent_yes" if handoff.consent else "desk.consent_no", language)
    yield word("review.saved", language), moment(timezone.now(), language, zone)
    there = clock.elsewhere(zone, timezone.get_current_timezone(), language)
    if there:
        yield word("desk.clock", language), there


def moment(at: datetime, language: str, zone: ZoneInfo) -> str:
    """A day and a time of the clock in words."""
    return format_datetime(at.astimezone(zone), "medium", locale=language)


def _parts(messages: list[Message], language: str, zone: ZoneInfo) -> Iterator[Part]:
    """Each message, under a heading with the day where a new one begins."""
    for day, time, message in by_day(messages, language, zone):
        if day:
            yield Part(day, ())
        heading = f"{time} {_author(message, language)}"
        yield Part(heading, tuple(_lines(message, language)), message.author == Author.PERSON)


def _author(message: Message, language: str) -> str:
    if message.author == Author.ADVISOR:
        return message.name
    return word({"person": "desk.person", "bot": "desk.bot"}.get(message.author, "desk.house"), language)


def _lines(message: Message, language: str) -> Iterator[str]:
    yield from masks.shown(message).splitlines()
    for card in message.payload.get("cards", []):
        yield from (f"* {line}" for line in cards.lines(card, language))
    titles = [choice["title"] for choice in message.payload.get("choices", [])]
    if titles:
        yield word("door.transcript_choices", language)
        yield from (f"- {title}" for title in titles)
