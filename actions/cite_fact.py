"""Plain questions on a Cité: services, cost, appointment, audience, directions, documents, contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import announcements, cite_words, near_words
from actions.aim import aim, remembered
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.facts import Fact
from bot.knowledge.payload import payload


class CiteFact(HouseAction):
    """Answers from the charter, then from what is known of the Cité spoken of."""

    action_name = "action_cite_fact"
    may_be_mistaken = True
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Answer the question that the intent names."""
        say_fact(turn, turn.intent)


def say_fact(turn: Turn, question: str) -> None:
    """Answer `question`, an intent: from one Cité's facts where it takes a Cité, else from the charter first."""
    if question in _OF_ONE_CITE:
        target = aim(turn, question)
        if target:
            _OF_ONE_CITE[question](turn, target.cite)
            announcements.say_coming(turn, target.cite)
        return
    turn.say(f"utter_{question}", choices=_choices())
    target = remembered(turn)
    if target and question in _BESIDE:
        _BESIDE[question](turn, target.cite)


def _directions(turn: Turn, cite: Cite) -> None:
    if cite.fictional or not (cite.address or cite.access or cite.place_note):
        _unknown(turn, cite, "utter_directions_unknown")
        return
    lines = [cite.address.value if cite.address else ""]
    lines += [fact.value.get(turn.language) for fact in (cite.place_note, cite.access, cite.accessibility) if fact]
    lines.append(cite_words.map_link(cite) or "")
    details = "\n".join(line for line in lines if line)
    turn.say("utter_directions", cite=cite.name(turn.language), details=details, choices=_choices())
    if cite.accessibility is None:
        turn.say("utter_accessibility_unknown", how=cite_words.how_to_ask(cite, turn.language))
    _say_age(turn, cite, {"address": cite.address})


def _contact(turn: Turn, cite: Cite) -> None:
    facts = [fact.value for fact in (cite.address, cite.phone, cite.email, cite.website) if fact]
    if cite.fictional or not facts:
        _unknown(turn, cite, "utter_contact_unknown")
        return
    if not (cite.phone or cite.email or cite.website):
        facts.append(cite_words.NETWORK_SITE)
    details = "\n".join(f"• {fact}" for fact in facts)
    turn.say("utter_contact", cite=cite.name(turn.language), details=details, choices=_choices())
    if cite.phone is None:
        turn.say("utter_no_phone")
    _say_age(turn, cite, {"address": cite.address, "phone": cite.phone, "email": cite.email, "website": cite.website})


def _say_age(turn: Turn, cite: Cite, facts: dict[str, Fact[str] | None]) -> None:
    """Say that the Cité may be gone, else how old the oldest of the facts told is, where it is too old (by kind)."""
    if cite.status == "unknown":
        near_words.say_doubt(turn, cite)
        return
    stale = [fact for kind, fact in facts.items() if fact and fact.as_of and fact.is_stale(kind, turn.now.date())]
    if stale:
        oldest = min(stale, key=lambda fact: fact.as_of or turn.now.date())
        turn.say("utter_contact_stale", date=cite_words.dated(oldest, turn.language))


def _unknown(turn: Turn, cite: Cite, response: str) -> None:
    if cite.fictional:
        turn.say("utter_fictional", cite=cite.name(turn.language), choices=_choices())
        return
    how = cite_words.how_to_ask(cite, turn.language)
    turn.say(response, cite=cite.name(turn.language), how=how, choices=_choices())


def _services(turn: Turn, cite: Cite) -> None:
    parts = []
    if cite.services:
        named = [cite_words.words(f"services.{service}", turn.language) for service in cite.services.value]
        parts.append(wording.join(named, turn.language, "and"))
    if parts:
        turn.say("utter_services_of", cite=cite.name(turn.language), services=parts[0])
    if cite.poles:
        poles = wording.join([pole.name for pole in cite.poles.value], turn.language, "and")
        turn.say("utter_poles_of", cite=cite.name(turn.language), poles=poles)
    _say_old(turn, cite, cite.services or cite.poles)


def _appointment(turn: Turn, cite: Cite) -> None:
    if cite.appointment:
        how = cite_words.words(f"appointment.{cite.appointment.value}", turn.language)
        turn.say("utter_appointment_of", cite=cite.name(turn.language), appointment=how)
        _say_old(turn, cite, cite.appointment)


def _say_old(turn: Turn, cite: Cite, fact: Fact[Any] | None) -> None:
    if fact and not cite.fictional and fact.is_stale("services", turn.now.date()):
        how = cite_words.how_to_ask(cite, turn.language)
        turn.say("utter_old_facts", date=cite_words.dated(fact, turn.language), how=how)


_OF_ONE_CITE: dict[str, Callable[[Turn, Cite], None]] = {"ask_directions": _directions, "ask_contact": _contact}
_BESIDE: dict[str, Callable[[Turn, Cite], None]] = {"ask_services": _services, "ask_appointment": _appointment}


def _choices() -> list[Choice]:
    return [
        Choice(payload("find_nearest_cite"), "find_nearest_cite"),
        Choice(payload("ask_opening_hours"), "ask_opening_hours"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
