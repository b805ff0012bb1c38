"""data·inclusion, the open dataset on who helps with working life in France: what it says of the Cités.

The columns are those of the schema `gip-inclusion/data-inclusion-schema`, version 1; older releases and the
digital-help places' standard name some of them otherwise. Of a structure all that a Cité's file can hold is taken;
of a service of that structure only the place, where the structure itself gives none: a service has hours of its
own, and its phone number and e-mail address may be those of one advisor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge.cites import Cite
from bot.knowledge.errors import DataError
from bot.knowledge.geo import nation
from bot.knowledge.imports import values
from bot.knowledge.imports.merge import Claim
from bot.knowledge.imports.recognition import Clue, Verdict, recognise
from bot.knowledge.imports.report import Match, Report
from bot.knowledge.imports.rows import Row, read_rows
from bot.knowledge.imports.values import RefusedError

COUNTRY = "FR"
_COLUMNS = "id, nom, source and date_maj"
_PLACE = ("coordinates", "address", "accessibility_page")
_AT_A_DISTANCE = "a-distance"


@dataclass(frozen=True)
class _Known:
    """A structure that was recognised: by (source, id), so that its services are found."""

    verdict: Verdict
    fields: frozenset[str]


def read(files: Iterable[Path], cites: Mapping[str, Cite], today: date, report: Report) -> None:
    """Read structures first, then services, and add to `report` what they say of the Cités.

    Raises `DataError` when a file is none of this dataset or cannot be read; a fault in one row of a Cité goes into
    the report.
    """
    known: dict[tuple[str, str], _Known] = {}
    opened = [(file, *_opened(file)) for file in files]
    for file, services, rows in sorted(opened, key=lambda one: one[1]):
        report.files.append(str(file))
        for row in rows:
            try:
                (_service if services else _structure)(row, cites, today, report, known)
            except DataError as error:
                report.faults.append(error)


def _opened(file: Path) -> tuple[bool, Iterator[Row]]:
    """Whether the file holds services, and its rows. Services name their structure, structures do not."""
    first = next(read_rows(file), None)
    if first is None:
        raise DataError(file, 1, "there is no row", "give a whole file of the dataset")
    if not {"id", "nom"} <= first.values.keys():
        message = "neither structures nor services of data.inclusion"
        raise DataError(file, first.line, message, f"give a file with the columns {_COLUMNS}")
    return "structure_id" in first.values, read_rows(file)


def _structure(
    row: Row, cites: Mapping[str, Cite], today: date, report: Report, known: dict[tuple[str, str], _Known]
) -> None:
    report.structures += 1
    clue = _clue(row)
    verdict = recognise(clue, cites) if clue.worth_a_look else None
    if verdict is None:
        return
    key = (_required(row, "source"), _required(row, "id"))
    day = _day(row, today)
    report.matches.append(Match(clue.name, f"{row.file}:{row.line}", verdict, clue.town))
    if verdict.cite is not None:
        claims = list(_claims(row, key, day, verdict))
        known[key] = _Known(verdict, frozenset(claim.field for claim in claims if not claim.refused))
        report.claim(verdict.cite, verdict.town, claims)


def _service(
    row: Row, cites: Mapping[str, Cite], today: date, report: Report, known: dict[tuple[str, str], _Known]
) -> None:
    report.services += 1
    key = (row.text("source") or "", row.text("structure_id") or "")
    structure = known.get(key)
    if structure is None or structure.verdict.cite is None:
        _stray(row, report)
        return
    report.services_of[structure.verdict.cite.id] += 1
    if _takes_place_there(row):
        missing = set(_PLACE) - structure.fields
        claims = [c for c in _claims(row, key, _day(row, today), structure.verdict) if c.field in missing]
        report.claim(structure.verdict.cite, structure.verdict.town, claims)


def _stray(row: Row, report: Report) -> None:
    """A service that bears a Cité's name while its structure is not there: never taken for the Cité itself."""
    clue = _clue(row)
    if clue.labelled:
        why = "a service of a structure that is not recognised in the files given"
        report.matches.append(Match(clue.name, f"{row.file}:{row.line}", Verdict("ambiguous", why=why), clue.town))


def _takes_place_there(row: Row) -> bool:
    modes = _listed(row.values.get("modes_accueil"))
    return not modes or modes != {_AT_A_DISTANCE}


def _clue(row: Row) -> Clue:
    point: dict[str, Any] = {}
    if row.text("latitude") and row.text("longitude"):
        try:
            point = values.coordinates(row.text("latitude"), row.text("longitude"))
        except RefusedError:
            point = {}  # said among the claims
    types = frozenset(kind.upper() for kind in _listed(row.values.get("typologie")))
    return Clue(row.text("nom") or "", row.text("commune"), row.text("code_postal"), **point, types=types)


def _listed(value: Any) -> set[str]:
    """The values of a list: a JSON array, or its text in a CSV ("[a, b]", "{a,b}", "a;b", "a|b")."""
    items = value if isinstance(value, list) else re.split(r"[,;|]", str(value or ""))
    return {text for item in items if (text := str(item).strip(" []{}\"'"))}


def _required(row: Row, column: str) -> str:
    if text := row.text(column):
        return text
    raise row.error(f'"{column}" is missing', f"the columns {_COLUMNS} must be filled in")


def _day(row: Row, today: date) -> date:
    written = _required(row, "date_maj")
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        raise row.error(f'date_maj "{written}" is no date', "write it as 2026-11-22") from None
    if day > today:
        raise row.error(f"date_maj {day} has not come yet", "correct it, or the clock of this machine")
    return day


def _claims(row: Row, key: tuple[str, str], day: date, verdict: Verdict) -> Iterator[Claim]:
    source = f"data.inclusion {key[0]}/{key[1]}"
    origin = f"{row.file}:{row.line}"
    for field in values.FIELDS:
        found, refused = _value(row, field, _region(verdict))
        if found is not None:
            yield Claim(field, found, source, day, origin, refused)


def _region(verdict: Verdict) -> str:
    """Where the structure's numbers are dialled: a centre in France may belong to a Cité of another country."""
    territory = verdict.cite.territory if verdict.cite else COUNTRY
    return territory if nation(territory) == COUNTRY else COUNTRY


def _value(row: Row, field: str, region: str) -> tuple[Any, str | None]:
    """The value of a key of a Cité's file and why it is refused; (None, None) where the row says nothing of it."""
    raw = _raw(row, field)
    if raw is None:
        return None, None
    try:
        return _converted(row, field, raw, region), None
    except RefusedError as error:
        return raw, str(error)


def _raw(row: Row, field: str) -> str | None:
    if field == "coordinates":
        lat, lon = row.text("latitude"), row.text("longitude")
        return f"{lat}, {lon}" if lat or lon else None
    return row.text(*_NAMES[field])


def _converted(row: Row, field: str, raw: str, region: str) -> Any:
    if field == "coordinates":
        return values.coordinates(row.text("latitude"), row.text("longitude"))
    if field == "address":
        return values.address(row.text("complement_adresse"), raw, row.text("code_postal"), row.text("commune"))
    if field == "phone":
        return values.phone(raw, region)
    return {"email": values.email, "hours": values.hours}.get(field, values.website)(raw)


_NAMES = {
    "address": ("adresse",),
    "accessibility_page": ("accessibilite_lieu", "accessibilite"),
    "phone": ("telephone",),
    "email": ("courriel", "courriels"),
    "website": ("site_web",),
    "hours": ("horaires_accueil", "horaires_ouverture", "horaires"),
}
"""Key of a Cité's file → the columns that hold it, newest name first."""
