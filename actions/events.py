"""What is on at a Cité."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import cite_words
from actions.aim import aim
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import agenda, wording
from bot.knowledge.agenda import Agenda, Event
from bot.knowledge.cite_types import Cite
from bot.knowledge.concerns import load_concerns
from bot.knowledge.payload import payload
from bot.knowledge.text import fold

_SHOWN = 3
_SOON = timedelta(days=30)
_LATER = timedelta(days=120)


class Events(HouseAction):
    """Says what events are coming at the Cité spoken of."""

    action_name = "action_events"
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Answer for the dates and the theme that the message names, widening when there is nothing."""
        say_events(turn)


def say_events(turn: Turn) -> None:
    """Say the coming events of the Cité that `turn` is about."""
    target = aim(turn, "ask_events")
    if target is None:
        return
    if not target.cite.agenda:
        how = cite_words.how_to_ask(target.cite, turn.language)
        turn.say("utter_no_agenda", cite=target.cite.name(turn.language), how=how, choices=_choices())
        return
    start, end = _asked_span(turn)
    theme = _theme(turn)
    found = agenda.agenda(target.cite, start, end, theme)
    if found.events:
        _say_found(turn, target.cite, found, "utter_events")
    else:
        _say_wider(turn, target.cite, theme)
    _say_age(turn, found)


def _asked_span(turn: Turn) -> tuple[datetime, datetime]:
    for value in turn.entities("date"):
        start = datetime.fromisoformat(value["from"])
        end = datetime.fromisoformat(value["to"]) if value.get("to") else start + timedelta(days=1)
        return max(start, turn.now.replace(tzinfo=start.tzinfo)), end
    return turn.now, turn.now + _SOON


def _theme(turn: Turn) -> str | None:
    """The concern of the button, else the one of which the message uses a theme word."""
    told = [value for value in turn.entities("concern") if value in load_concerns()]
    if told:
        return str(told[0])
    said = f" {fold(turn.text)} "
    for concern in load_concerns().values():
        words = concern.theme.get(turn.language, ()) + concern.theme.get("fr", ())
        if any(f" {fold(word)} " in said for word in words):
            return concern.id
    return None


def _say_wider(turn: Turn, cite: Cite, theme: str | None) -> None:
    """Nothing in the span asked: offer the next events on the theme, then any, and say so."""
    for wanted in dict.fromkeys((theme, None)):
        found = agenda.agenda(cite, turn.now, turn.now + _LATER, wanted)
        if found.events:
            _say_found(turn, cite, found, "utter_events_wider" if wanted == theme else "utter_events_other_theme")
            return
    how = cite_words.how_to_ask(cite, turn.language)
    turn.say("utter_no_events", cite=cite.name(turn.language), how=how, choices=_choices())


def _say_found(turn: Turn, cite: Cite, found: Agenda, response: str) -> None:
    first_of_each = {event.title: event for event in reversed(found.events)}
    shown = [event for event in found.events if first_of_each[event.title] is event][:_SHOWN]
    cards = [_card(turn, event) for event in shown]
    turn.say(response, cite=cite.name(turn.language), custom={"cards": cards}, choices=_choices())


def _say_age(turn: Turn, found: Agenda) -> None:
    ages = [state.fetched_at for state in found.sources if not state.fresh and state.fetched_at]
    if ages:
        turn.say("utter_agenda_old", date=wording.day(min(ages).date(), turn.language, turn.now.date()))


def _card(turn: Turn, event: Event) -> dict[str, str | None]:
    day = wording.day(event.start.date(), turn.language, turn.now.date())
    span = wording.hours_range(event.start.time(), event.end.time(), turn.language)
    return {
        "kind": "event",
        "title": event.title,
        "when": day if event.all_day else f"{day}, {span}",
        "place": event.location,
        "url": event.url,
    }


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_opening_hours"), "ask_opening_hours"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
