"""The Cités nearest to where the person is."""

from __future__ import annotations

from actions import address, aim, areas, cite_words, near_words
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import unknown_place
from bot.knowledge.cite_types import Cite
from bot.knowledge.near_choice import needs_town, same_town, town_of
from bot.knowledge.nearest import Near
from bot.knowledge.payload import payload
from bot.knowledge.places import Place


class NearestCite(HouseAction):
    """Says which Cités are nearest."""

    action_name = "action_nearest_cite"
    may_be_mistaken = True
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Answer from the place named, else the one told before, else ask."""
        find_nearest(turn)


def find_nearest(turn: Turn) -> None:
    """Say the nearest Cités to the place of `turn`, or ask for the place."""
    if turn.said_candidates():
        aim.ask_which_place(turn, "find_nearest_cite")
        return
    if _is_unknown(turn):
        turn.say("utter_place_unknown")
        turn.say("utter_choose_area", choices=areas.choices(turn))
        turn.ask("place", intent="find_nearest_cite", again=True)
        return
    if turn.place is None:
        _without_place(turn)
        return
    found = near_words.around(turn, turn.place)
    closed = near_words.closed_nearer(turn.place, found)
    if closed:
        near_words.say_closed(turn, closed)
    if not found:
        near_words.say_none(turn, turn.place)
    elif needs_town(turn.place, found):
        aim.ask_town(turn, turn.place, "find_nearest_cite")
    else:
        _say_nearest(turn, turn.place, found)
        near_words.say_centre(turn, turn.place)


def _is_unknown(turn: Turn) -> bool:
    """Whether the message says where, and it is nowhere known: the place told before is not meant."""
    told = turn.said_place() or aim.named(turn) or not unknown_place.announced(turn.text)
    return not told and not address.locate(turn)


def _without_place(turn: Turn) -> None:
    """Show the Cité that the message names, or the next best if it is gone; else that of the page; else ask."""
    named = aim.named(turn)
    known = [cite for cite in (named, turn.page_cite) if cite and cite.offered]
    if named and not aim.is_there(turn, named):
        _instead_of(turn, named)
    elif known:
        _say_here_is(turn, known[0])
    elif address.locate(turn):
        find_nearest(turn)
    else:
        aim.ask_place(turn, "find_nearest_cite")


def _instead_of(turn: Turn, gone: Cite) -> None:
    """Say that a Cité has closed, and offer the nearest to where it was; without a known place, ask for one."""
    near_words.say_closed(turn, gone)
    place = town_of(gone)
    found = near_words.around(turn, place) if place else []
    if place and found:
        _say_nearest(turn, place, found)
    else:
        aim.ask_place(turn, "find_nearest_cite")


def _say_here_is(turn: Turn, cite: Cite) -> None:
    turn.remember(cite=cite.id)
    cards = [cite_words.card(turn, cite)]
    turn.say("utter_here_is", cite=cite.name(turn.language), custom={"cards": cards}, choices=_choices())
    near_words.say_doubt(turn, cite)


def _say_nearest(turn: Turn, place: Place, found: list[Near]) -> None:
    first = found[0]
    turn.remember(cite=first.cite.id)
    cards = [cite_words.card(turn, near.cite, near, same_town(place, near)) for near in found]
    told = near_words.sentence(turn, place, first)
    turn.say(told.response, **told.values, custom={"cards": cards}, choices=_choices())
    how_told = near_words.say_doubt(turn, first.cite)
    if first.far and not first.rough:
        near_words.say_far(turn, first.cite, how_told)


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_opening_hours"), "ask_opening_hours"),
        Choice(payload("ask_events"), "ask_events"),
        Choice(payload("ask_directions"), "ask_directions"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
