"""Guidance on a concern: what to know, who can help and with what, and the next step at a Cité."""

from __future__ import annotations

from actions import cite_words, near_words
from actions.aim import Aim, ask_which_place, remembered
from actions.house_action import HouseAction
from actions.nearest_cite import find_nearest
from actions.turn import Choice, Turn
from bot.knowledge import needs_person, wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.concerns import Concern, guidance, load_concerns
from bot.knowledge.payload import payload

_USUAL_COUNTRY = {"fr": "FR", "en": "FR", "es": "ES", "it": "IT", "pt": "PT", "nl": "BE", "de": "CH", "ca": "ES"}
"""Where a language is mostly written to a Cité from, when no place is known; the answer names the country."""


class Guide(HouseAction):
    """Answers the concern of the message."""

    action_name = "action_guide"
    may_be_mistaken = True

    def answer(self, turn: Turn) -> None:
        """Guide on the concern that the intent names."""
        guide(turn, turn.intent)


def guide(turn: Turn, intent: str) -> None:
    """Say what is worth knowing on the concern `intent`, who can help in the person's country, and what comes next."""
    concern = load_concerns()[intent]
    turn.remember(concern=concern.id)
    country = turn.country or usual_country(turn.language)
    _say_what_to_know(turn, concern, country)
    _say_who_helps(turn, concern, country)
    _say_next_step(turn, concern)


def guide_elsewhere(turn: Turn, intent: str, assumed: str) -> None:
    """Say who can help in the country just told, when it is not the one assumed (ISO code), then the nearest Cités."""
    if turn.country and turn.country != assumed:
        _say_who_helps(turn, load_concerns()[intent], turn.country)
    find_nearest(turn)


def usual_country(language: str) -> str:
    """Return the ISO code of the country where most people who write in a language are."""
    return _USUAL_COUNTRY.get(language, "FR")


def _say_what_to_know(turn: Turn, concern: Concern, country: str) -> None:
    words = Catalogue.load()
    known = [words.text(f"concerns.{concern.id}.know", turn.language)]
    particular = f"concerns.{concern.id}.know_{country}"
    if words.has(particular):
        known.append(words.text(particular, turn.language))
    turn.say("utter_know", know="\n".join(known))


def _say_who_helps(turn: Turn, concern: Concern, country: str) -> None:
    words = Catalogue.load()
    lines = [
        cite_words.line(body.name, words.text(f"bodies.{body.id}.{concern.id}", turn.language), turn.language)
        for body in guidance(concern, country)
    ]
    where = wording.in_country(country, turn.language)
    if not lines:
        turn.say("utter_no_bodies", where=where)
    elif turn.country:
        turn.say("utter_who_helps", where=where, bodies="\n".join(lines))
    else:
        turn.say("utter_who_helps_perhaps", where=where, bodies="\n".join(lines))
        turn.ask("country", intent=concern.id, assumed=country)


def _say_next_step(turn: Turn, concern: Concern) -> None:
    if turn.place and not near_words.around(turn, turn.place):
        near_words.say_none(turn, turn.place)
        return
    step = Catalogue.load().text(f"concerns.{concern.id}.next_step", turn.language)
    if turn.said_candidates():
        turn.say("utter_next_step", step=step)
        ask_which_place(turn, "find_nearest_cite")
        return
    found = remembered(turn)
    if found:
        turn.remember(cite=found.cite.id)
    soon = concern.advisor == "soon" or needs_person.said_in(turn.text)
    if soon:
        step = f"{Catalogue.load().text('utterances.utter_advisor_soon', turn.language)}\n{step}"
    choices = _choices(concern, found)
    turn.say("utter_next_step", step=_with_cite(turn, step, found), choices=_person_first(choices) if soon else choices)


def _with_cite(turn: Turn, step: str, found: Aim | None) -> str:
    """The next step, then which Cité is the nearest and whether it may be gone, where that was just found."""
    if found is None or found.near is None or found.place is None:
        return step
    words = Catalogue.load()
    told = near_words.sentence(turn, found.place, found.near)
    lines = [step, words.text(f"utterances.{told.response}", turn.language, **told.values)]
    if found.cite.status == "unknown":
        how = cite_words.how_to_ask(found.cite, turn.language)
        lines.append(words.text("utterances.utter_status_unknown", turn.language, how=how))
    return "\n".join(lines)


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


def _person_first(choices: list[Choice]) -> list[Choice]:
    """Where one's own case is needed to answer, talking to a person is offered before the rest."""
    return [choices[-1], *choices[:-1]]
