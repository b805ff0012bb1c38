"""What worries people, and which bodies may help with it, country by country (`data/concerns`).

One file a concern, and `bodies.yml` for the bodies. The words shown are in the catalogues:
`concerns.<id>.{label,know,know_FR,next_step}` and, for each body listed, `bodies.<body>.<concern>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from bot.knowledge import schema
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.facts import Fact
from bot.knowledge.helplines import FRENCH_OVERSEAS
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

FOLDER = DATA / "concerns"
BODIES = "bodies.yml"
CONCERNS = (
    "choose_career", "discover_occupation", "find_training", "fund_training", "find_apprenticeship", "find_internship",
    "change_job", "assess_skills", "validate_experience", "find_job", "prepare_application", "create_business",
    "work_abroad", "recognise_foreign_diploma", "get_disability_support", "know_work_rights",
)  # fmt: skip
"""The concerns, each the name of an intent and of a file; their order is that of an overview."""


@dataclass(frozen=True)
class Body:
    """A body that helps: `name` as used in its country (ISO 3166-1 alpha-2), `fact` its provenance."""

    id: str
    name: str
    country: str
    fact: Fact[str]


@dataclass(frozen=True)
class Concern:
    """What worries somebody.

    `theme`: language → words by which agendas name it, each enough alone (they are alternatives);
    `advisor`: "soon" when an answer depends on one's own case, so that a person is to be offered at once;
    `bodies`: country → bodies in the order to show them; `sources`: country → the ids listed, with
    where it comes from that these bodies help with this.
    """

    id: str
    theme: Mapping[str, tuple[str, ...]]
    advisor: Literal["soon", "usual"]
    bodies: Mapping[str, tuple[Body, ...]]
    sources: Mapping[str, Fact[tuple[str, ...]]]


def guidance(concern: Concern, country: str | None) -> tuple[Body, ...]:
    """The bodies that may help with a concern in a country (ISO alpha-2; French overseas codes are France).

    Empty for no country, or one of which nothing is known: it is for the caller to say so.
    """
    return concern.bodies.get("FR" if country in FRENCH_OVERSEAS else country or "", ())


@lru_cache(maxsize=8)
def load_concerns(folder: Path = FOLDER) -> Mapping[str, Concern]:
    """All the concerns by id, in the order of `CONCERNS`.

    Kept for the life of the process: `load_concerns.cache_clear()` after a change.
    Raises `DataErrors` with every fault of every file, a missing file included.
    """
    listed, errors = _read(folder / BODIES, FOLDER / "bodies.schema.json")
    errors += _body_faults(listed) if listed else []
    roots: dict[str, Node] = {}
    for name in CONCERNS:
        root, faults = _read(folder / f"{name}.yml", FOLDER / "schema.json")
        errors += faults + (_concern_faults(root, listed) if root else [])
        if root:
            roots[name] = root
    raise_all([*errors, *_strangers(folder)])
    assert listed is not None  # else there were errors
    bodies = {id_: _body(id_, node.value) for id_, node in listed.items()}
    return MappingProxyType({name: _concern(root.value, bodies) for name, root in roots.items()})


def wording_faults(catalogue: Catalogue, folder: Path = FOLDER) -> list[DataError]:
    """The bodies listed for a concern without a line in the French catalogue (parity tells of the others).

    To be asked once `load_concerns` has accepted the folder.
    """
    return [
        body.error(f'"bodies.{body.value}.{name}" is not worded', "write that line in data/locales/concerns/*.yml")
        for name in CONCERNS
        for country in read_yaml(folder / f"{name}.yml")["countries"]
        for body in country["bodies"]
        if not catalogue.has(f"bodies.{body.value}.{name}", "fr")
    ]


def _read(file: Path, rules: Path) -> tuple[Node | None, list[DataError]]:
    try:
        root = read_yaml(file)
    except DataError as error:
        return None, [error]
    faults = schema.faults(root, rules)
    return (None if faults else root), faults


def _strangers(folder: Path) -> Iterator[DataError]:
    for file in sorted(folder.glob("*.yml")):
        if file.name != BODIES and file.stem not in CONCERNS:
            mend = f"name it after one of: {', '.join(CONCERNS)}"
            yield DataError(file, 1, f'"{file.stem}" is no concern', mend)


def _body_faults(listed: Node) -> list[DataError]:
    faults = [fault for body in listed for fault in _date_fault(body)]
    for id_, body in listed.items():
        if not id_.startswith(body["country"].value.lower() + "-"):
            mend = f'begin the id with "{body["country"].value.lower()}-" or correct the country'
            faults.append(body.error(f'the id "{id_}" is not of the country of the body', mend))
    return faults


def _concern_faults(root: Node, listed: Node | None) -> list[DataError]:
    faults = [fault for country in root["countries"] for fault in _date_fault(country)]
    if root["concern"].value != root.file.stem:
        mend = f'write "{root.file.stem}" or rename the file'
        faults.append(root["concern"].error(f'"{root["concern"].value}" is not the name of the file', mend))
    if listed:
        for code, node in root["countries"].items():
            faults += _listing(code, node["bodies"], listed)
    return faults


def _listing(country: str, ids: Node, listed: Node) -> Iterator[DataError]:
    for node in ids:
        if node.value not in listed:
            yield node.error(f'the body "{node.value}" is not in {BODIES}', f"add it to {BODIES} or correct its id")
        elif (home := listed[node.value]["country"].value) != country:
            yield node.error(f'"{node.value}" is a body of {home}, listed for {country}', f"move it to {home}")


def _date_fault(node: Node) -> Iterator[DataError]:
    day = node["checked_on"]
    try:
        _day(day.value)
    except ValueError:
        yield day.error(f'"{day.value}" is no date', "write a date of the calendar: year-month-day")


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _body(id_: str, raw: dict[str, Any]) -> Body:
    return Body(id_, raw["name"], raw["country"], Fact(raw["name"], raw["source"], _day(raw["checked_on"])))


def _concern(raw: dict[str, Any], bodies: Mapping[str, Body]) -> Concern:
    countries = raw["countries"].items()
    return Concern(
        id=raw["concern"],
        theme=MappingProxyType({language: tuple(words) for language, words in raw["theme"].items()}),
        advisor=raw["advisor"],
        bodies=MappingProxyType({code: tuple(bodies[id_] for id_ in entry["bodies"]) for code, entry in countries}),
        sources=MappingProxyType({code: _listing_fact(entry) for code, entry in countries}),
    )


def _listing_fact(entry: dict[str, Any]) -> Fact[tuple[str, ...]]:
    return Fact(tuple(entry["bodies"]), entry["source"], _day(entry["checked_on"]))
