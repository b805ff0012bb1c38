"""Which Cité, or which associated centre, a structure of a public dataset is: by name and town, never by a guess.

A name must say all of it: the words "Cité des métiers", those of the Cité's own file and those of the town.
Any other word ("Apec", "parking", "d'art") leaves a doubt, and a doubt is for somebody to settle: a word that
belongs to the Cité is added under `also_called` of its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.knowledge import phrase, places
from bot.knowledge.cite_types import Cite
from bot.knowledge.gazetteer import Place
from bot.knowledge.geo import distance_km
from bot.knowledge.look_alikes import structures
from bot.knowledge.text import fold

Kind = Literal["cite", "centre", "ambiguous", "look_alike", "absent"]

STRUCTURE_TYPE = "CITMET"
"""The type of the Cités and their centres in older releases and in the digital-help places' standard."""

_LABEL = re.compile(r"\b(?:cites? ?(?:des? ?)?metiers?|cdm)\b")
_CENTRE = re.compile(
    r"\b(?:antennes?|centres? associes?|points? relais|points? d accueil|relais|annexes?|permanences?)\b"
)
_EMPTY = frozenset(
    {
        *("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sur"),
        *("association", "asso", "gip", "site", "reseau", "cite", "cites", "metier", "metiers", "cdm"),
        *("centre", "cedex", "france", "label", "labellisee"),
    }
)
_SHORT = {"st": "saint", "ste": "sainte"}
_SAME_TOWN_KM = 5.0
_HOMONYM_KM = 60.0


@dataclass(frozen=True)
class Clue:
    """What a structure says of who and where it is; degrees; `types` are those of the structure, in capitals."""

    name: str
    town: str | None = None
    postcode: str | None = None
    lat: float | None = None
    lon: float | None = None
    types: frozenset[str] = frozenset()

    @cached_property
    def folded(self) -> str:
        """The name, in small letters without accents."""
        return fold(self.name)

    @property
    def labelled(self) -> bool:
        """Whether the name or the type is that of a Cité des métiers."""
        return STRUCTURE_TYPE in self.types or _LABEL.search(self.folded) is not None

    @property
    def worth_a_look(self) -> bool:
        """Whether it is, or looks like, a Cité: false for nearly all of a dataset, quickly."""
        return self.labelled or self.looks_alike

    @cached_property
    def looks_alike(self) -> bool:
        """Whether the name is that of something else, as `data/look_alikes.yml` tells."""
        return structures().search(" ".join(phrase.split(self.name))) is not None

    @cached_property
    def place(self) -> Place | None:
        """Its town, where the gazetteer knows it; a search forgives slips of the finger, a dataset has none."""
        written = " ".join(part for part in (self.postcode, self.town) if part)
        found = places.find(written, "FR").place if written else None
        is_it = found and (found.postcode == self.postcode or _is_town(found.name, self.town or found.name))
        return found if is_it else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is: its own degrees, else its town's."""
        if self.lat is not None and self.lon is not None:
            return self.lat, self.lon
        return (self.place.lat, self.place.lon) if self.place else None


@dataclass(frozen=True)
class Verdict:
    """What a structure is: the `cite`, or a centre of it in `town`; or a doubt, with the ids it may be and `why`."""

    kind: Kind
    cite: Cite | None = None
    town: str | None = None
    candidates: tuple[str, ...] = ()
    why: str = ""


def recognise(clue: Clue, cites: Mapping[str, Cite]) -> Verdict | None:
    """What a structure is among the Cités of a directory; None when it has nothing of a Cité des métiers."""
    if clue.looks_alike:
        return Verdict("look_alike", why="the name is that of something else")
    if not clue.labelled:
        return None
    real = {id: cite for id, cite in cites.items() if not cite.fictional}
    named = _named(clue, real)
    near = _near(clue, real)
    if not clue.town and not clue.point:
        return _doubt([named] if named else [], "it gives no town")
    if _CENTRE.search(clue.folded) or not near:
        return _centre(clue, named, near, real)
    return _cite(clue, named, near)


def _cite(clue: Clue, named: Cite | None, near: list[Cite]) -> Verdict:
    """The Cité of a town in which there is one."""
    if named is not None and named not in near:
        return _doubt([named, *near], "the name and the town are those of two Cités")
    if named is None and len(near) > 1:
        return _doubt(near, "several Cités are as near")
    cite = named or near[0]
    if named is None and cite.city is None:
        return _doubt([cite], "the name does not say which, and the town of this Cité is not known")
    if more := _more_words(clue, cite):
        return _doubt([cite], _unexplained(more))
    return Verdict("cite", cite)


def _centre(clue: Clue, named: Cite | None, near: list[Cite], cites: Mapping[str, Cite]) -> Verdict:
    """An associated centre: in a town that a Cité names as such, or by its own name."""
    if near:
        return _doubt(near, "the name is that of a centre, the town that of the Cité itself")
    listed = [cite for cite in cites.values() if _listed_as(cite, clue.town)]
    if named is None and len(listed) != 1:
        why = "several Cités have a centre in this town" if listed else ""
        return _doubt(listed, why) if listed else _unknown(clue)
    cite = named or listed[0]
    if listed and cite not in listed:
        return _doubt([cite, *listed], "the name and the town are those of two Cités")
    if not listed and not _CENTRE.search(clue.folded):
        return _doubt([cite], _how_far(clue, cite))
    if more := _more_words(clue, cite):
        return _doubt([cite], _unexplained(more))
    town = _listed_as(cite, clue.town) or clue.town
    return Verdict("centre", cite, town) if town else _doubt([cite], "it gives no town")


def _unknown(clue: Clue) -> Verdict:
    if re.search(r"\bcdm\b", clue.folded) and STRUCTURE_TYPE not in clue.types:
        return Verdict("look_alike", why="CDM may stand for something else, and no Cité is there")
    return Verdict("absent", why="no Cité of the directory has this name or this town")


def _doubt(cites: Iterable[Cite], why: str) -> Verdict:
    return Verdict("ambiguous", candidates=tuple(dict.fromkeys(cite.id for cite in cites)), why=why)


def _unexplained(words: list[str]) -> str:
    return f'the name also says "{" ".join(words)}": add it under also_called if it is the same Cité'


def _how_far(clue: Clue, cite: Cite) -> str:
    apart = _km(clue, cite)
    if apart is None:
        return "the town is not known to be the Cité's"
    return f"the town is {apart:.0f} km from the Cité, and not one of its centres"


def _named(clue: Clue, cites: Mapping[str, Cite]) -> Cite | None:
    """The Cité that the name names, the words "Cité des métiers" left out; a longer name wins over a part of it."""
    said = f" {_core(clue.name)} "
    cores = {(core, cite) for cite in cites.values() for name in _names(cite) if (core := _core(name))}
    found = [(core, cite) for core, cite in cores if f" {core} " in said]
    named = {cite for core, cite in found if not any(core != more and core in more for more, _ in found)}
    return named.pop() if len(named) == 1 else None


def _names(cite: Cite) -> tuple[str, ...]:
    return (cite.id, cite.city or "", *cite.names.values(), *cite.also_called)


def _core(name: str) -> str:
    """What tells a name from another: neither "Cité des métiers" nor "antenne" nor small words."""
    words = _CENTRE.sub(" ", _LABEL.sub(" ", fold(name))).split()
    return " ".join(_SHORT.get(word, word) for word in words if word not in _EMPTY)


def _more_words(clue: Clue, cite: Cite) -> list[str]:
    """The words of the name that neither the Cité's file nor the town explains."""
    operator = cite.operator.value if cite.operator else ""
    around = (operator, clue.town or "", clue.postcode or "", clue.place.admin or "" if clue.place else "")
    known = {word for text in (*_names(cite), *around) for word in _core(text).split()}
    return [word for word in _core(clue.name).split() if word not in known]


def _near(clue: Clue, cites: Mapping[str, Cite]) -> list[Cite]:
    """The Cités of the structure's town; else, unless a Cité has a centre in this town, those close by."""
    there = [cite for cite in cites.values() if _is_there(clue, cite)]
    if there or any(_listed_as(cite, clue.town) for cite in cites.values()):
        return there
    return [cite for cite in cites.values() if (apart := _km(clue, cite)) is not None and apart <= _SAME_TOWN_KM]


def _is_there(clue: Clue, cite: Cite) -> bool:
    """Whether the town is the Cité's; for one of which no town is known, whether it bears the department's name."""
    if cite.city:
        apart = _km(clue, cite)
        return _is_town(clue.town, cite.city) and (apart is None or apart < _HOMONYM_KM)
    if clue.place is None or not clue.place.admin or clue.place.territory != cite.territory:
        return False
    area = fold(clue.place.admin)
    return any(f" {area} " in f" {fold(name)} " for name in _names(cite))


def _is_town(town: str | None, city: str) -> bool:
    """Whether a town is a city, or one of its districts ("Paris 19e Arrondissement", "Rouen Cedex 1")."""
    return re.fullmatch(rf"{fold(city)}(?: \d+| cedex| \d+ ?e(?:me|r)?| arrondissement)*", fold(town or "")) is not None


def _km(clue: Clue, cite: Cite) -> float | None:
    if clue.point is None or cite.lat is None or cite.lon is None:
        return None
    return distance_km(*clue.point, cite.lat, cite.lon)


def _listed_as(cite: Cite, town: str | None) -> str | None:
    """A town as the Cité's file writes it among those of its associated centres, or None."""
    listed = cite.associated_centres.value if cite.associated_centres else ()
    return next((one for one in (*listed, *(centre.town for centre in cite.centres)) if _is_town(town, one)), None)
