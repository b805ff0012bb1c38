"""Which Cité a question is about."""

from __future__ import annotations

from dataclasses import dataclass

from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.geo import distance_km
from bot.knowledge.nearest import Near, nearest
from bot.knowledge.places import Place
from bot.knowledge.payload import payload

_SAME_TOWN_KM = 12.0


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
    if turn.said_place() is None:
        known = find_cite(turn.text) or turn.cite or turn.page_cite
        if known is not None:
            return _spoken_of(turn, known, question)
    place = turn.said_place() or turn.place
    if place is None:
        ask_place(turn, question)
        return None
    return _near(turn, place)


def remembered(turn: Turn) -> Aim | None:
    """Return the Cité that `turn` is about without asking or saying anything; None when there is none."""
    place = turn.said_place()
    known = turn.cite or turn.page_cite
    if place is None and known is not None:
        return Aim(known)
    place = place or turn.place
    found = nearest(place, load_cites().values(), own=_own(turn)) if place else []
    return Aim(found[0].cite, found[0], place) if found else None


def ask_place(turn: Turn, question: str) -> None:
    """Ask where the person is, noting the question that waits for it."""
    turn.say("utter_ask_place")
    turn.ask("place", intent=question)


def ask_which_place(turn: Turn, question: str) -> None:
    """Ask which of several places of the same name is meant."""
    candidates = turn.said_candidates()
    turn.say(
        "utter_which_place",
        place=candidates[0].name,
        choices=[
            Choice(payload("inform", place=place.as_dict()), title=_told_apart(place, turn.language))
            for place in candidates
        ],
    )
    turn.ask("place", intent=question)


def closed_there(place: Place) -> Cite | None:
    """Return the Cité of a town when it is known or thought to have closed."""
    for cite in load_cites().values():
        if cite.status in ("closed", "probably_closed") and cite.lat is not None and cite.lon is not None:
            if distance_km(place.lat, place.lon, cite.lat, cite.lon) < _SAME_TOWN_KM:
                return cite
    return None


def say_closed(turn: Turn, cite: Cite) -> None:
    """Say that a Cité has closed, or that it probably has."""
    name = "utter_cite_closed" if cite.status == "closed" else "utter_cite_probably_closed"
    turn.say(name, cite=cite.name(turn.language))


def _spoken_of(turn: Turn, cite: Cite, question: str) -> Aim | None:
    turn.remember(cite=cite.id)
    if cite.offered or cite == turn.page_cite:
        return Aim(cite)
    say_closed(turn, cite)
    if cite.lat is None or cite.lon is None:
        ask_place(turn, question)
        return None
    near = nearest(_where(cite), load_cites().values(), own=_own(turn))
    return Aim(near[0].cite, near[0]) if near else None


def _near(turn: Turn, place: Place) -> Aim | None:
    closed = closed_there(place)
    if closed:
        say_closed(turn, closed)
    found = nearest(place, load_cites().values(), own=_own(turn))
    if not found:
        turn.say("utter_none_near", place=place.name)
        return None
    turn.remember(cite=found[0].cite.id)
    return Aim(found[0].cite, found[0], place)


def _own(turn: Turn) -> str | None:
    return turn.page_cite.id if turn.page_cite else None


def _where(cite: Cite) -> Place:
    return Place(cite.city or cite.id, cite.country, cite.territory, cite.lat or 0.0, cite.lon or 0.0, 0, None, "town", None)


def _told_apart(place: Place, language: str) -> str:
    parts = [place.name, place.admin or "", wording.country_name(place.country, language)]
    return ", ".join(dict.fromkeys(part for part in parts if part))
