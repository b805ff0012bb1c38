"""`python -m bot cite new ID`: writes the file of a Cité that has none.

On a terminal it asks for what the options do not tell; elsewhere the options must tell it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from os.path import exists  # False of a name that no file can have, where Path raises
from pathlib import Path
from typing import get_args
from zoneinfo import available_timezones

from babel.languages import get_official_languages

from bot.cli import moments, outside
from bot.cli.misuse import Misasked
from bot.knowledge import new_cite
from bot.knowledge.cite_names import taken
from bot.knowledge.cite_types import Status
from bot.knowledge.cites import readable
from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.geo import nation
from bot.knowledge.new_cite import NewCite
from bot.knowledge.paths import DATA
from bot.knowledge.places import Place, find
from bot.knowledge.time_zones import zones_of

Ask = Callable[[str], str]
_UNTOLD = "nothing told yet: this file was begun with cite new"
_SHORTEST = {"name": 3, "source": 4}  # characters, as the schema has it
_QUESTIONS = {
    "name": "Name of the Cité, as it calls itself",
    "country": "Country (two letters: FR, BE, CH, IT, ES, PT…)",
    "town": "Town",
    "timezone": "Time zone",
    "status": f"Status ({', '.join(get_args(Status))})",
    "source": "Where is that from (a web address, or a publication and its date)",
    "address": "Address on one line (empty: not known)",
    "phone": "Phone, as from abroad: +33 1 23 45 67 89 (empty: not known)",
    "email": "E-mail (empty: not known)",
    "website": "Web site, with https:// (empty: not known)",
    "hours": "Hours of the reception: Mo-Fr 09:00-17:00; PH off (empty: not known)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help="small letters, digits and hyphens: the name of the file")
    parser.add_argument("--lang", help="language of the name, two letters (default: that of the country)")
    moments.add_checked_on(parser)
    for name, question in _QUESTIONS.items():
        parser.add_argument(f"--{name}", help=question.removesuffix(" (empty: not known)"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file, say where it is and what comes next."""
    file = _file(arguments.id)
    if exists(file):
        raise DataError(file, 1, f'there is a Cité "{arguments.id}" already', "mend its file, or choose another id")
    ask = input if sys.stdin.isatty() else None
    try:
        written = new_cite.write(_Answers(arguments, ask).gather(), DATA / "cites")
    except EOFError:
        raise Misasked("Nothing was written.") from None
    except DataErrors as faults:  # of a file that is not there: its lines would tell nothing
        told = [f"{fault.message}. Mend: {fault.mend}" for fault in faults.errors]
        raise Misasked("\n".join([*told, "Nothing was written."])) from None
    print(f"{written} is written. Add what is known, then: python -m bot cite check {written}")
    return 0


def _file(name: str) -> Path:
    return DATA / "cites" / f"{name}.yml"


class _Answers:
    """What the options tell, else what the person answers."""

    def __init__(self, told: argparse.Namespace, ask: Ask | None) -> None:
        self._told = told
        self._ask = ask

    def gather(self) -> NewCite:
        """All that the file will say; raises `Misasked` for what is missing or makes no sense."""
        if not new_cite.is_id(self._told.id):
            raise Misasked(f'"{self._told.id}" is no id: use small letters without accents, digits and hyphens')
        name = self._needed("name")
        _refuse_known(name)
        place = self._place(self._country())
        zone = self._zone(place)
        status, source = self._status()
        new = NewCite(
            id=self._told.id,
            name=name,
            language=self._option("lang") or _language(place.territory),
            country=place.country,
            territory=place.territory if place.territory != place.country else None,
            city=place.name,
            timezone=zone,
            lat=place.lat,
            lon=place.lon,
            status=status,
            source=source,
            checked_on=self._told.checked_on,
        )
        return self._with_facts(new)

    def _option(self, name: str) -> str | None:
        told = getattr(self._told, name)
        return told.strip() or None if told else None

    def _needed(self, name: str) -> str:
        told = self._option(name)
        while (told is None or len(told) < _SHORTEST.get(name, 2)) and self._ask:
            told = self._ask(f"{_QUESTIONS[name]}: ").strip()
        if told is None or len(told) < _SHORTEST.get(name, 2):
            raise Misasked(f"--{name} is {'too short' if told else 'missing'}: {_QUESTIONS[name]}")
        return told

    def _country(self) -> str:
        """The code of the country, asked again until it is one; without a terminal, refused."""
        told = self._needed("country")
        while self._ask and not outside.is_country(told):
            told = self._ask(f"{_QUESTIONS['country']}: ").strip()
        return outside.country({"country": told}, "country") or ""

    def _chosen(self, question: str, known: Collection[str], proposed: str) -> str:
        """One of the values known; the one proposed for an empty answer."""
        told = ""
        while told not in known and self._ask:
            told = self._ask(f"{question} [{proposed}]: ").strip() or proposed
        return told

    def _place(self, country: str) -> Place:
        """The town, asked again until it is one; without a terminal, refused."""
        town = self._needed("town")
        while True:
            try:
                return _town(town, country)
            except Misasked as error:
                if not self._ask:
                    raise
                print(error)
                town = self._ask(f"{_QUESTIONS['town']}: ")

    def _zone(self, place: Place) -> str:
        told, likely = self._option("timezone"), zones_of(place.territory, place.lat, place.lon)
        if told or len(likely) == 1:
            return told or likely[0]
        proposed = likely[0] if likely else ""
        if self._ask:
            return self._chosen(f"{_QUESTIONS['timezone']} ({' or '.join(likely)})", available_timezones(), proposed)
        raise Misasked(f"the time zone of {place.name} is not sure: give --timezone ({' or '.join(likely)})")

    def _status(self) -> tuple[str, str]:
        """The status and the source of all that is told; who tells something must say where it is from."""
        status = self._option("status")
        if status is None and self._ask:
            status = self._chosen(_QUESTIONS["status"], get_args(Status), "unknown")
        told = status is not None or any(map(self._option, new_cite.FACTS))
        if told or self._ask:
            return status or "unknown", self._needed("source")
        return "unknown", self._option("source") or _UNTOLD

    def _with_facts(self, new: NewCite) -> NewCite:
        """With the facts told; one that is not well written is asked again, or refused without a terminal."""
        told = {key: value for key in new_cite.FACTS if (value := self._option(key))}
        new = replace(new, facts=told)
        new_cite.check(new, _file(new.id))
        for key in new_cite.FACTS if self._ask else ():
            if key not in told:
                new = self._with_answer(new, key)
        return new

    def _with_answer(self, new: NewCite, key: str) -> NewCite:
        while self._ask and (value := self._ask(f"{_QUESTIONS[key]}: ").strip()):
            more = replace(new, facts={**new.facts, key: value})
            try:
                new_cite.check(more, _file(new.id))
                return more
            except DataErrors as faults:
                print(faults.errors[0].message, faults.errors[0].mend, sep=". Mend: ")
        return new


def _town(town: str, country: str) -> Place:
    """The town of that name in a country or land (ISO code); raises `Misasked` when it is not one, or several."""
    found = find(town, country)
    likely = [found.place] if found.place else list(found.candidates)
    there = [place for place in likely if country in (place.country, place.territory, nation(place.territory))]
    if len(there) == 1 and there[0].kind == "town":
        return there[0]
    if len(there) > 1:
        told = " or ".join(f'"{place.name}, {place.admin or place.territory}"' for place in there)
        raise Misasked(f"there are several of that name: write {told}")
    known = f" ({there[0].name} is a {there[0].kind})" if there else ""
    mend = "mend the country, or write the name of a town of more than 500 people"
    raise Misasked(f'no town "{town}" is known in {country}{known}: {mend}')


def _refuse_known(name: str) -> None:
    if cite := taken(name, readable(DATA / "cites")):
        raise Misasked(f'"{name}" is what {cite.id} is called: mend data/cites/{cite.file.name}, or give another name')


def _language(territory: str) -> str:
    """French where it is official, since the network is French; else the first of the official languages."""
    official = get_official_languages(territory)
    return "fr" if "fr" in official or not official else official[0]
