"""`python -m bot nearest PLACE`: the place understood, and the Cités that the bot would name from there.

The answer, as JSON: `asked`; `place` {name, country, territory, lat, lon, admin, kind, postcode}, or None with the
two to four `candidates` that the bot would ask about, or with none when it does not know the place; `asks`, what the
bot would ask ("place", "which_place", "town" of a country that has many Cités, None); `cites`, the nearest first, at
least three where there are as many, each with id, name, kilometres (great-circle; None where only a Cité was named),
status and its source, border_crossed, far (over 100 km), rough (the place is an area), same_town, told (whether the
bot names it; the others are further ones); `closed`, the Cité of that town, or the one named, that has closed, probably
has, or is only planned (its status tells which), with its kilometres, None where its town is not known; `unplaced`,
where there is none to name, those of the country of which no address is known; `centre`, the associated centre in that
town {town, cite, source…}, None where none is known.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import Any

from bot.cli import forms, outside
from bot.knowledge import near_choice
from bot.knowledge.centre_choice import centre_in
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.geo import distance_km
from bot.knowledge.nearest import Near, nearest, unplaced
from bot.knowledge.places import Found, Place, find

_LEAST = 3
_REMARKS = {
    "same_town": "in that town",
    "border_crossed": "across the border",
    "far": "far",
    "rough": "from the middle of an area",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("place", nargs="?", metavar="PLACE", help="a place as people write it")
    parser.add_argument("--country", help="the conversation's country or land (ISO 3166-1: FR, RE…)")
    outside.add_output_options(parser, '{"place", "country"}')


def run(arguments: argparse.Namespace) -> int:
    """Answer one place or many."""
    return outside.run(arguments, answer, {"place": arguments.place, "country": arguments.country}, _told)


def answer(request: outside.Request) -> dict[str, Any]:
    """Answer one request {"place", "country"}; raises `Misasked`."""
    named = outside.text(request, "place")
    country = outside.country(request, "country")
    found, cites = find(named, country), load_cites().values()
    told = _from(found.place, cites) if found.place else _without(found, named, cites)
    return {
        "asked": {"place": named, "country": country},
        "place": found.place.as_dict() if found.place else None,
        "candidates": [place.as_dict() for place in found.candidates],
        **told,
    }


def _from(place: Place, cites: Collection[Cite]) -> dict[str, Any]:
    told = near_choice.around(place, cites)
    further = nearest(place, cites, limit=_LEAST)
    closed = near_choice.closed_nearer(place, told, cites)
    everything = sorted({*told, *further}, key=lambda near: (near.km, near.cite.id))
    asks_town = near_choice.needs_town(place, told)
    return {
        "asks": "town" if asks_town else None,
        "cites": [_near(place, near, near in told and not asks_town) for near in everything],
        "closed": _closed(place, closed) if closed else None,
        "unplaced": [] if told else [forms.about(cite) for cite in unplaced(place, cites)],
        "centre": _centre(place, cites),
    }


def _without(found: Found, named: str, cites: Collection[Cite]) -> dict[str, Any]:
    """Without a place, the Cité that the text names, or the next best if it is gone; else a question."""
    cite = None if found else find_cite(named)
    if cite and cite.gone and not cite.fictional:
        return _instead_of(cite, cites)
    known = [_named(cite)] if cite and cite.offered else []
    asks = "which_place" if found else None if known else "place"
    return {"asks": asks, "cites": known, "closed": None, "unplaced": [], "centre": None}


def _instead_of(gone: Cite, cites: Collection[Cite]) -> dict[str, Any]:
    """The Cités nearest to one that is gone; a question where its town is not known or none is near."""
    town = near_choice.town_of(gone)
    if town and near_choice.around(town, cites):
        return {**_from(town, cites), "closed": _closed(town, gone), "centre": None}
    return {"asks": "place", "cites": [], "closed": _closed(town, gone), "unplaced": [], "centre": None}


def _near(place: Place, near: Near, told: bool) -> dict[str, Any]:
    return {
        **forms.about(near.cite),
        "kilometres": round(near.km, 1),
        "border_crossed": near.other_country,
        "far": near.far,
        "rough": near.rough,
        "same_town": near_choice.same_town(place, near),
        "told": told,
    }


def _named(cite: Cite) -> dict[str, Any]:
    unknown = dict.fromkeys(("kilometres", "border_crossed", "far", "rough", "same_town"))
    return {**forms.about(cite), **unknown, "told": True}


def _centre(place: Place, cites: Collection[Cite]) -> dict[str, Any] | None:
    there = centre_in(place, cites)
    return {"town": place.name, "cite": there.cite.id, **forms.provenance(there.fact)} if there else None


def _closed(place: Place | None, cite: Cite) -> dict[str, Any]:
    if place is None or cite.lat is None or cite.lon is None:
        return {**forms.about(cite), "kilometres": None}
    return {**forms.about(cite), "kilometres": round(distance_km(place.lat, place.lon, cite.lat, cite.lon), 1)}


def _told(found: dict[str, Any]) -> str:
    """The answer in words for the terminal."""
    lines = [_place_line(found)]
    lines += [f"  perhaps {_placed(place)}" for place in found["candidates"]]
    if found["asks"] == "town":
        lines.append("The bot would ask for the town: there are many Cités.")
    if found["closed"]:
        lines.append(f"{found['closed']['name']}: {found['closed']['status'].replace('_', ' ')}")
    lines += [_cite_line(cite) for cite in found["cites"]]
    if centre := found["centre"]:
        lines.append(f"{centre['town']}: an associated centre of {centre['cite']} · {forms.dated(centre)}")
    lines += [f"{cite['name']} [{cite['id']}]: no address known" for cite in found["unplaced"]]
    return "\n".join(lines)


def _place_line(found: dict[str, Any]) -> str:
    asked = found["asked"]["place"]
    if found["place"]:
        return f"{asked} → {_placed(found['place'])}"
    if found["asks"] == "which_place":
        return f"{asked} → several places: the bot would ask which"
    what = "no place, but a Cité" if found["cites"] or found["closed"] else "not known"
    return f"{asked} → {what}{': the bot would ask for the place' if found['asks'] else ''}"


def _placed(place: dict[str, Any]) -> str:
    parts = dict.fromkeys((place["name"], place["admin"], place["territory"]))
    return f"{', '.join(filter(None, parts))} ({place['kind']}, {place['lat']}, {place['lon']})"


def _cite_line(cite: dict[str, Any]) -> str:
    said = [cite["status"].replace("_", " "), *(words for key, words in _REMARKS.items() if cite[key])]
    km = "" if cite["kilometres"] is None else f"about {cite['kilometres']} km, "
    return f"{cite['name']} [{cite['id']}]: {km}{', '.join(said)}{'' if cite['told'] else ' (not named by the bot)'}"
