"""What is on at a Cité, or around a place."""

from __future__ import annotations

from collections.abc import Sequence

from actions import cite_words, event_request, event_search, near_words
from actions.aim import Aim, aim, is_there, named
from actions.event_cards import card
from actions.event_request import EventRequest
from actions.event_search import Hits
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import agenda_sources, sense, wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.near_choice import town_of
from bot.knowledge.nearest import FAR_KM, REACH_KM
from bot.knowledge.payload import payload
from bot.knowledge.places import Place

_SHOWN = 3
_AREAS = ("region", "department", "country")
_OTHER_AGENDAS = 2


class Events(HouseAction):
    """Says what events are coming at the Cité spoken of, or around the place named."""

    action_name = "action_events"
    about_cites = True

    def __init__(self) -> None:
        """Begin to read the agendas, so that no question has to wait for them."""
        agenda_sources.watch()
        sense.warm()

    def answer(self, turn: Turn) -> None:
        """Answer for the dates, the theme and the place that the message names, widening when there is nothing."""
        say_events(turn)


def say_events(turn: Turn) -> None:
    """Say the coming events of the Cité that `turn` is about."""
    request = event_request.read(turn)
    if request.cites:
        _say_rest(turn, request)
    elif not (_say_area(turn, request) or _say_from_afar(turn, request)):
        target = aim(turn, "ask_events")
        if target:
            _say_at(turn, target, request)


def _say_rest(turn: Turn, request: EventRequest) -> None:
    """What comes after what an earlier answer has shown."""
    known = [cite for name in request.cites if (cite := load_cites().get(name)) and is_there(turn, cite)]
    hits = event_search.search(turn, known, request)
    if hits.events:
        _say_found(turn, hits, "utter_events_more", elsewhere=len(known) > 1)
    else:
        turn.say("utter_no_more_events", choices=_choices())


def _say_area(turn: Turn, request: EventRequest) -> bool:
    """Answer for a whole area, or within a distance: several Cités together. False when that was not asked."""
    place = _center(turn) if request.radius_km else turn.said_place()
    if place is None or not (request.radius_km or (place.kind in _AREAS and not named(turn))):
        return False
    within = request.radius_km or FAR_KM
    near = event_search.around(turn, place, within)
    hits = event_search.search(turn, near, request)
    if hits.events:
        _say_found(turn, hits, "utter_events_near", elsewhere=True, place=near_words.name(place, turn.language))
        return True
    farther = event_search.around(turn, place, max(2 * within, FAR_KM)) if request.radius_km else []
    hits = event_search.search(turn, farther, request)
    if hits.events:
        told = wording.distance(within, turn.language)
        _say_found(turn, hits, "utter_events_farther", elsewhere=True, distance=told)
    return bool(hits.events)


def _center(turn: Turn) -> Place | None:
    """Where a distance is counted from: the place named, else the Cité spoken of, else where the person is."""
    cite = named(turn) or turn.cite
    known = town_of(cite) if cite else None
    return turn.said_place() or known or turn.place


def _say_from_afar(turn: Turn, request: EventRequest) -> bool:
    """Answer wherever the person is, when what is asked for can be followed from there. False when it is not that."""
    if not request.wanted.online or turn.said_place() or named(turn) or turn.cite or turn.page_cite or turn.place:
        return False
    hits = event_search.search(turn, event_search.with_agenda(turn), request)
    if hits.events:
        _say_found(turn, hits, "utter_events_online", elsewhere=True)
    return bool(hits.events)


def _say_at(turn: Turn, target: Aim, request: EventRequest) -> None:
    """Answer for one Cité, then for those around it."""
    cite = target.cite
    if not cite.agenda:
        _say_elsewhere(turn, cite, request, "utter_no_agenda")
        return
    hits = event_search.search(turn, [cite], request)
    wide = ("utter_events", hits) if hits.events else event_search.wider(turn, [cite], request)
    if wide:
        _say_found(turn, wide[1], wide[0])
    else:
        _say_elsewhere(turn, cite, request, "utter_agenda_unread" if hits.unread else "utter_no_events")
    if not hits.events:
        _say_page(turn, cite)


def _say_elsewhere(turn: Turn, cite: Cite, request: EventRequest, response: str) -> None:
    """Nothing there: say so, then show what there is around, or offer the agendas of other Cités."""
    near = event_search.around_cite(turn, cite)
    response_there, hits = _other_places(turn, near, request)
    others = [] if hits.events else event_search.around_cite(turn, cite, REACH_KM)[:_OTHER_AGENDAS]
    how = cite_words.how_to_ask(cite, turn.language)
    choices = [*(_agenda_of(turn, other) for other in others), *_choices()]
    turn.say(response, cite=cite.name(turn.language), how=how, choices=choices)
    if hits.events:
        _say_found(turn, hits, response_there, elsewhere=True)


def _other_places(turn: Turn, near: Sequence[Cite], request: EventRequest) -> tuple[str, Hits]:
    """What there is at other Cités at the dates asked for, else at others, and the response that says so."""
    hits = event_search.search(turn, near, request)
    for _, wide in [] if hits.events else event_search.other_dates(turn, request):
        hits = event_search.search(turn, near, wide)
        if hits.events:
            return f"utter_events_other_places{'_later' if request.dated else ''}", hits
    return "utter_events_other_places", hits


def _say_found(turn: Turn, hits: Hits, response: str, elsewhere: bool = False, **values: str) -> None:
    """Show the next three events, with a button for those that follow, and what is doubtful about the agendas."""
    shown = hits.events[:_SHOWN]
    cites = list(dict.fromkeys(cite for cite, _ in shown))
    more = [_more(hits)] if len(hits.events) > _SHOWN else []
    cards = [card(turn, cite, event, elsewhere) for cite, event in shown]
    told = {"cite": _names(turn, cites), **values}
    turn.say(response, **told, custom={"cards": cards}, choices=[*more, *_choices()])
    _say_doubts(turn, hits)


def _say_doubts(turn: Turn, hits: Hits) -> None:
    states = [state for found in hits.agendas.values() for state in found.sources]
    ages = [state.fetched_at for state in states if state.ok and state.old and state.fetched_at]
    if ages:
        turn.say("utter_agenda_old", date=wording.day(min(ages).date(), turn.language, turn.now.date()))
    if hits.partly:
        turn.say("utter_agenda_partly", cites=_names(turn, hits.partly))


def _say_page(turn: Turn, cite: Cite) -> None:
    page = next((source.page for source in cite.agenda if source.page), None)
    if page:
        turn.say("utter_agenda_page", page=page)


def _names(turn: Turn, cites: Sequence[Cite]) -> str:
    return wording.join([cite.name(turn.language) for cite in cites], turn.language, "and")


def _more(hits: Hits) -> Choice:
    cites = [cite.id for cite in hits.agendas]
    shown = [event_search.mark(cite, event) for cite, event in hits.events[:_SHOWN]]
    return Choice(payload("ask_events", search=event_request.rest(hits.request, cites, shown)), "more_events")


def _agenda_of(turn: Turn, cite: Cite) -> Choice:
    title = Catalogue.load().text("card.agenda_of", turn.language, cite=cite.name(turn.language))
    return Choice(payload("ask_events", cite=cite.id), title=title)


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_opening_hours"), "ask_opening_hours"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
