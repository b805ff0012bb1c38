"""What is said to who waits for an advisor: what may be promised, and what else there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.knowledge import cite_lines, hours, wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.facts import Fact
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Conversation, Handoff
from bot.web.conversations.promise import Promise, promise
from bot.web.conversations.ways import FORMS
from bot.web.words import language_of, word

RESUME = "door:resume"
"""The payload of "go back to the assistant", handled by the door itself."""
WAIT = "door:wait"
"""The payload of "go on waiting"."""
_PROMISES = {
    "here": "door.promise_here",
    "expected": "door.promise_expected",
    "closed": "door.promise_closed",
    "closed_far": "door.promise_closed_far",
    "unknown": "door.promise_unknown",
}


def say_opened(conversation: Conversation, handoff: Handoff) -> bool:
    """Tell who begins to wait what may be promised; whether all other ways were told too, since nobody answers now."""
    return _say_promise(conversation, handoff, word("door.waiting", conversation.language))


def say_requeued(conversation: Conversation, handoff: Handoff, sentence: str, advisor: str, without: int = 0) -> None:
    """The request is back in the queue; `sentence` (a key of the catalogue) tells why `advisor` has it no longer.

    Nothing is promised of the account `without`, even where its desk is open.
    """
    _say_promise(conversation, handoff, word(sentence, conversation.language, advisor=advisor), without)


def say_unanswered(conversation: Conversation, handoff: Handoff) -> None:
    """Nobody has answered for long: say so, and what else there is."""
    lines = [word("door.unanswered", conversation.language), *_ways(handoff.cite, conversation.language)]
    choices = [("door.keep_waiting", WAIT), ("door.resume", RESUME)]
    _say(conversation, lines, choices, offer_callback=True)


def promised(found: Promise, language: str, now: datetime) -> str:
    """A promise in words. `now` tells which day is today in the zone of `found.opens`."""
    kind = "closed_far" if found.kind == "closed" and found.opens is None else found.kind
    values = {}
    if found.opens:
        values = {"day": _day(found.opens, now, language), "time": wording.time(found.opens, language)}
    told = word(_PROMISES[kind], language, **values)
    if found.minutes is None:
        return told
    wait = word("door.promise_wait", language, minutes=found.minutes)
    return f"{told} {wait}"


def callback_card(language: str) -> dict[str, Any]:
    """The card that opens the form for a callback, with what is agreed to by sending it."""
    consent = word("door.callback_consent", language, days=settings.CALLBACK_DAYS)
    return {"kind": "callback", "consent": consent}


def _say_promise(conversation: Conversation, handoff: Handoff, first: str, without: int = 0) -> bool:
    widened = handoff.widened is not None
    found = promise(handoff.cite, conversation.language, without=without, widened=widened)
    lines = [first, promised(found, conversation.language, timezone.now())]
    nobody = found.kind in ("closed", "unknown")
    if nobody:
        lines += _ways(handoff.cite, conversation.language)
    _say(conversation, lines, [("door.resume", RESUME)], offer_callback=nobody)
    return nobody


def _say(conversation: Conversation, lines: list[str], choices: list[tuple[str, str]], offer_callback: bool) -> None:
    language = conversation.language
    cards = []
    if offer_callback and conversation.channel in FORMS:
        lines = [*lines, word("door.callback_offer", language)]
        cards = [callback_card(language)]
    writing.add(
        conversation,
        Author.HOUSE,
        choices=[(word(title, language), payload) for title, payload in choices],
        text="\n".join(lines),
        payload={"cards": cards} if cards else {},
        language=language_of("door.waiting", language),
    )


def _ways(cite_id: str, language: str) -> list[str]:
    """The known ways to reach a Cité itself, and its hours, each a line; nothing where nothing is sure."""
    cite = load_cites().get(cite_id)
    if cite is None or not cite.offered:
        return []
    now = timezone.now()
    ways = {"phone": cite.phone, "website": cite.website}
    name = cite.name(language)
    lines = []
    if cite.phone:
        lines.append(word("door.way_phone", language, cite=name, phone=cite.phone.value))
    if cite.website:
        lines.append(word("door.way_website", language, cite=name, website=cite.website.value))
    return [*lines, *_age(cite, ways, language, now), *_hours(cite, language, now)]


def _age(cite: Cite, ways: dict[str, Fact[str] | None], language: str, now: datetime) -> Iterator[str]:
    """That the Cité may be gone, else how old the oldest of the facts told is, where it is too old."""
    if cite.status == "unknown":
        yield word("card.status_unknown", language)
        return
    old = [fact for kind, fact in ways.items() if fact and fact.dated and fact.is_stale(kind, now.date())]
    if old:
        oldest = min(old, key=lambda fact: fact.dated or now.date())
        yield word("utterances.utter_contact_stale", language, date=cite_lines.dated(oldest, language))


def _hours(cite: Cite, language: str, now: datetime) -> Iterator[str]:
    """When the reception is open, or opens, in a line, where that is sure."""
    found = hours.state(cite, now, today=now.date())
    if cite_lines.hours_are_sure(cite, now) and (found.open or found.next_opening):
        told = cite_lines.hours_line(cite, now, language)
        yield word("door.way_hours", language, cite=cite.name(language), hours=told)


def _day(at: datetime, now: datetime, language: str) -> str:
    return wording.day(at.date(), language, now.astimezone(at.tzinfo).date())
