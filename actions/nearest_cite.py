"""The Cités nearest to where the person is."""

from __future__ import annotations

from actions import aim, cite_words
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.nearest import Near, nearest, unplaced
from bot.knowledge.payload import payload
from bot.knowledge.places import Place


class NearestCite(HouseAction):
    """Says which Cités are nearest."""

    action_name = "action_nearest_cite"

    def answer(self, turn: Turn) -> None:
        """Answer from the place named, else the one told before, else ask."""
        find_nearest(turn)


def find_nearest(turn: Turn) -> None:
    """Say the nearest Cités to the place of `turn`, or ask for the place."""
    if turn.said_candidates():
        aim.ask_which_place(turn, "find_nearest_cite")
        return
    place = turn.said_place() or turn.place
    if place is None:
        _without_place(turn)
        return
    closed = aim.closed_there(place)
    if closed:
        aim.say_closed(turn, closed)
    own = turn.page_cite.id if turn.page_cite else None
    found = nearest(place, load_cites().values(), own=own)
    if found:
        _say_nearest(turn, place, found)
    else:
        _say_none(turn, place)


def _without_place(turn: Turn) -> None:
    named = find_cite(turn.text)
    if named is None or not (named.offered or named == turn.page_cite):
        aim.ask_place(turn, "find_nearest_cite")
        return
    turn.remember(cite=named.id)
    turn.say("utter_here_is", cite=named.name(turn.language), custom={"cards": [cite_words.card(turn, named)]},
             choices=_choices())


def _say_nearest(turn: Turn, place: Place, found: list[Near]) -> None:
    first = found[0]
    turn.remember(cite=first.cite.id, place=place.as_dict())
    cards = [cite_words.card(turn, near.cite, near) for near in found]
    turn.say(
        _response(first),
        place=place.name,
        cite=first.cite.name(turn.language),
        distance=wording.distance(first.km, turn.language),
        where=wording.in_country(first.cite.country, turn.language),
        custom={"cards": cards},
        choices=_choices(),
    )
    if first.cite.status == "unknown":
        turn.say("utter_status_unknown", how=cite_words.how_to_ask(first.cite, turn.language))


def _response(first: Near) -> str:
    if first.rough:
        return "utter_nearest_in_area"
    if first.far:
        return "utter_nearest_far_abroad" if first.other_country else "utter_nearest_far"
    return "utter_nearest_abroad" if first.other_country else "utter_nearest"


def _say_none(turn: Turn, place: Place) -> None:
    elsewhere = unplaced(place, load_cites().values())
    if elsewhere:
        names = wording.join([cite.name(turn.language) for cite in elsewhere], turn.language, "and")
        turn.say("utter_unplaced", cites=names, how=cite_words.NETWORK_SITE)
    else:
        turn.say("utter_none_near", place=place.name)


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_opening_hours"), "ask_opening_hours"),
        Choice(payload("ask_events"), "ask_events"),
        Choice(payload("ask_directions"), "ask_directions"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
