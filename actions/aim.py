"""Which Cité a question is about."""

from __future__ import annotations

from dataclasses import dataclass

from actions import address, near_words
from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import find_cite
from bot.knowledge.near_choice import town_of
from bot.knowledge.nearest import Near
from bot.knowledge.payload import payload
from bot.knowledge.places import Place


@dataclass(frozen=True)
class Aim:
    """A Cité and how it was found: from a place, or because it was spoken of or is the page's."""

    cite: Cite
    near: Near | None = None
    place: Place | None = None


def aim(turn: Turn, question: str) -> Aim | None:
    """Return the Cité that `turn` is about, or None after having asked for a place or said there is none.

    What the message names comes first, then the Cité spoken of, the page's, and the nearest to the place told
    before. `question` is the intent to answer once the place is told.
    """
    if turn.said_candidates():
        ask_which_place(turn, question)
        return None
    known = named(turn) or turn.cite or turn.page_cite
    if turn.said_place() is None and known is not None:
        return _spoken_of(turn, known, question)
    if turn.place is None and not address.locate(turn):
        ask_place(turn, question)
        return None
    return _near(turn, turn.place, question) if turn.place else None


def remembered(turn: Turn) -> Aim | None:
    """Return the Cité that `turn` is about without asking or saying anything; None when there is none."""
    known = turn.cite or turn.page_cite
    if turn.said_place() is None and known is not None:
        return Aim(known) if is_there(turn, known) else None
    found = near_words.around(turn, turn.place) if turn.place else []
    if turn.place is None or not found or is_too_wide(turn.place, found):
        return None
    return Aim(found[0].cite, found[0], turn.place)


def named(turn: Turn) -> Cite | None:
    """Return the Cité that the message names; the demonstration is known only on its own page."""
    cite = find_cite(turn.text)
    return None if cite and cite.fictional and not _is_of_the_page(turn, cite) else cite


def is_there(turn: Turn, cite: Cite) -> bool:
    """Tell whether a Cité may be told about: offered to all, or the demonstration on its own page."""
    return cite.offered or (cite.fictional and _is_of_the_page(turn, cite))


def is_too_wide(place: Place, found: list[Near]) -> bool:
    """Tell whether a country was named that has several Cités, so that the town must be known."""
    return place.kind == "country" and len(found) > 1


def ask_place(turn: Turn, question: str) -> None:
    """Ask where the person is, noting the question that waits for it."""
    turn.say("utter_ask_place")
    turn.ask("place", intent=question)


def ask_town(turn: Turn, place: Place, question: str) -> None:
    """Ask where in the country, noting the question that waits for it."""
    turn.say("utter_several_there", place=near_words.name(place, turn.language))
    turn.ask("place", intent=question)


def ask_which_place(turn: Turn, question: str) -> None:
    """Ask which of several places is meant: most often they bear the same name."""
    candidates = turn.said_candidates()
    choices = [
        Choice(payload("inform", place=place.as_dict()), title=_told_apart(place, turn.language))
        for place in candidates
    ]
    if len({place.name for place in candidates}) == 1:
        turn.say("utter_which_place", place=candidates[0].name, choices=choices)
    else:
        turn.say("utter_which_of_places", choices=choices)
    turn.ask("place", intent=question)


def _is_of_the_page(turn: Turn, cite: Cite) -> bool:
    """By its id: the directory may have been read anew since `cite` was looked up."""
    return turn.page_cite is not None and turn.page_cite.id == cite.id


def _spoken_of(turn: Turn, cite: Cite, question: str) -> Aim | None:
    if is_there(turn, cite):
        turn.remember(cite=cite.id)
        return Aim(cite)
    near_words.say_closed(turn, cite)
    place = town_of(cite)
    if place is None:
        ask_place(turn, question)
        return None
    return _told(turn, place, near_words.around(turn, place))


def _near(turn: Turn, place: Place, question: str) -> Aim | None:
    found = near_words.around(turn, place)
    if is_too_wide(place, found):
        ask_town(turn, place, question)
        return None
    closed = near_words.closed_nearer(place, found)
    if closed:
        near_words.say_closed(turn, closed)
    near = found[0] if found else None
    if near and not (closed or near.far or near.other_country or near.rough):
        turn.remember(cite=near.cite.id)
        return Aim(near.cite, near, place)
    return _told(turn, place, found)


def _told(turn: Turn, place: Place, found: list[Near]) -> Aim | None:
    """The nearest, after having said which it is and how far, since it is not the one expected."""
    if not found:
        near_words.say_none(turn, place)
        return None
    told = near_words.sentence(turn, place, found[0])
    turn.say(told.response, **told.values)
    turn.remember(cite=found[0].cite.id)
    return Aim(found[0].cite, found[0], place)


def _told_apart(place: Place, language: str) -> str:
    parts = [place.name, place.admin or "", wording.country_name(place.country, language)]
    return ", ".join(dict.fromkeys(part for part in parts if part))
