"""Guidance on a concern: what to know, who can help and with what, and the next step at a Cité."""

from __future__ import annotations

from actions import cite_words
from actions.aim import Aim, ask_which_place, remembered
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.concerns import Concern, guidance, load_concerns
from bot.knowledge.payload import payload

_USUAL_COUNTRY = {"fr": "FR", "en": "FR", "es": "ES", "it": "IT", "pt": "PT", "nl": "BE", "de": "CH", "ca": "ES"}
"""Where a language is mostly written to a Cité from, when no place is known; the answer names the country."""


class Guide(HouseAction):
    """Answers the concern of the message."""

    action_name = "action_guide"

    def answer(self, turn: Turn) -> None:
        """Guide on the concern that the intent names."""
        guide(turn, turn.intent)


def guide(turn: Turn, intent: str) -> None:
    """Say what is worth knowing on the concern `intent`, who can help in the person's country, and what comes next."""
    concern = load_concerns()[intent]
    turn.remember(concern=concern.id)
    country = turn.country or _USUAL_COUNTRY.get(turn.language, "FR")
    _say_what_to_know(turn, concern, country)
    _say_who_helps(turn, concern, country)
    _say_next_step(turn, concern)


def _say_what_to_know(turn: Turn, concern: Concern, country: str) -> None:
    words = Catalogue.load()
    known = [words.text(f"concerns.{concern.id}.know", turn.language)]
    particular = f"concerns.{concern.id}.know_{country}"
    if words.has(particular):
        known.append(words.text(particular, turn.language))
    turn.say("utter_know", know=" ".join(known))


def _say_who_helps(turn: Turn, concern: Concern, country: str) -> None:
    words = Catalogue.load()
    lines = [
        cite_words.line(body.name, words.text(f"bodies.{body.id}.{concern.id}", turn.language), turn.language)
        for body in guidance(concern, country)
    ]
    if lines:
        where = wording.in_country(country, turn.language)
        response = "utter_who_helps" if turn.country else "utter_who_helps_perhaps"
        turn.say(response, where=where, bodies="\n".join(lines))


def _say_next_step(turn: Turn, concern: Concern) -> None:
    step = Catalogue.load().text(f"concerns.{concern.id}.next_step", turn.language)
    if turn.said_candidates():
        turn.say("utter_next_step", step=step)
        ask_which_place(turn, "find_nearest_cite")
        return
    found = remembered(turn)
    if found:
        turn.remember(cite=found.cite.id)
    turn.say("utter_next_step", step=_with_cite(turn, step, found), choices=_choices(concern, found))


def _with_cite(turn: Turn, step: str, found: Aim | None) -> str:
    if found is None or found.near is None or found.place is None:
        return step
    key = "responses.nearest_is_far" if found.near.far else "responses.nearest_is"
    values = {
        "place": found.place.name,
        "cite": found.cite.name(turn.language),
        "distance": wording.distance(found.near.km, turn.language),
    }
    return step + "\n" + Catalogue.load().text(key, turn.language, **values)


def _choices(concern: Concern, found: Aim | None) -> list[Choice]:
    where = (
        Choice(payload("ask_opening_hours"), "ask_opening_hours")
        if found
        else Choice(payload("find_nearest_cite"), "find_nearest_cite")
    )
    return [
        where,
        Choice(payload("ask_events", concern=concern.id), "events_on_theme"),
        Choice(payload("ask_documentation"), "ask_documentation"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
