"""Writes the file of a Cité that has none: what is known, and in comments what is left to add."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from bot.knowledge.cite_names import shared
from bot.knowledge.cite_types import Cite, Status
from bot.knowledge.cites import read_cite, readable
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.yaml_scalar import scalar

FACTS = ("address", "phone", "email", "website", "hours")
"""The facts that a new file may hold at once."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 100
_EXAMPLES = {
    "address": "1 place de la Gare, 99000 Testville",
    "phone": '"+33 1 23 45 67 89"',
    "email": "accueil@example.org",
    "website": "https://www.example.org/",
    "hours": "Mo-Fr 09:00-12:30,13:30-17:00; PH off",
}


@dataclass(frozen=True)
class NewCite:
    """What the file of a new Cité says.

    `language` is that of `name`; `territory` only overseas; `lat` and `lon` are those of the middle of the town;
    `source` is where `status` and `facts` come from, compared with it on `checked_on`.
    """

    id: str
    name: str
    language: str
    country: str
    city: str
    timezone: str
    source: str
    checked_on: date
    status: str = "unknown"
    territory: str | None = None
    lat: float | None = None
    lon: float | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def is_id(text: str) -> bool:
    """Whether a text may be the id of a Cité, and so the name of its file."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def write(new: NewCite, folder: Path) -> Path:
    """Write `<id>.yml` in a folder; returns the file.

    Raises `DataError` when the id is none or is taken, `DataErrors` when what is given makes no good file: then
    nothing is written.
    """
    file = folder / f"{new.id}.yml"
    if not is_id(new.id):
        raise DataError(file, 1, f'"{new.id}" is no id', "use small letters without accents, digits and hyphens")
    check(new, file, [cite for cite in readable(folder) if cite.id != new.id])
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(written(new))
    except FileExistsError:
        raise DataError(file, 1, f'there is a Cité "{new.id}" already', "mend its file, or choose another id") from None
    except OSError as error:
        raise DataError(file, 1, f"cannot be written ({error.strerror})", "check the folder and its rights") from None
    return file


def written(new: NewCite) -> str:
    """The text of the file."""
    return "\n".join(_lines(new)) + "\n"


def check(new: NewCite, file: Path, others: Sequence[Cite] = ()) -> None:
    """Read the text as the `file` that it will be; raises `DataErrors`, told under the name of that file.

    `others`: the Cités with which it may share no name.
    """
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "cites" / f"{new.id}.yml"
        draft.parent.mkdir()
        draft.write_text(written(new), "utf-8")
        found = read_cite(draft)
        faults = found if isinstance(found, list) else list(shared([*others, found]))
    raise_all(DataError(file, fault.line, fault.message, fault.mend) for fault in faults if fault.file == draft)


def _lines(new: NewCite) -> Iterator[str]:
    yield "# What each line means: docs/cites.md. After a change: python -m bot cite check"
    yield f"id: {new.id}"
    yield "names:"
    yield "  # The first is that of the place; others follow under the two letters of their language."
    yield f"  {scalar(new.language)}: {scalar(new.name)}"
    yield f"country: {scalar(new.country)}"
    if new.territory:
        yield f"territory: {scalar(new.territory)}"
    yield f"city: {scalar(new.city)}"
    yield f"timezone: {scalar(new.timezone)}"
    yield from _coordinates(new)
    yield f"# One of: {', '.join(get_args(Status))}. Only the first three are offered to people."
    yield from _fact("status", new.status, new)
    for key, value in new.facts.items():
        yield from _fact(key, value, new)
    yield from _left_to_add(new)


def _coordinates(new: NewCite) -> Iterator[str]:
    if new.lat is None or new.lon is None:
        yield "# Without coordinates no distance can be told and the Cité is not found near a place."
        yield "# coordinates: {lat: 45.0, lon: 3.0, approximate: true, source: by hand}"
        return
    yield "# The middle of the town. Once you know those of the door, write them, and approximate: false."
    yield "coordinates:"
    yield f"  lat: {new.lat}"
    yield f"  lon: {new.lon}"
    yield "  approximate: true"
    yield "  source: town centre, GeoNames (CC BY 4.0)"


def _fact(key: str, value: str, new: NewCite) -> Iterator[str]:
    yield f"{key}:"
    yield f"  value: {scalar(value)}"
    yield f"  source: {scalar(new.source)}"
    yield f"  checked_on: {new.checked_on.isoformat()}"


def _left_to_add(new: NewCite) -> Iterator[str]:
    left = [key for key in FACTS if key not in new.facts]
    if left:
        yield "# Left to add, each with its source and the day you checked it; take away the # before the lines."
    for key in left:
        yield f"# {key}:"
        yield f"#   value: {_EXAMPLES[key]}"
        yield "#   source: https://www.example.org/contact"
        yield f"#   checked_on: {new.checked_on.isoformat()}"
    yield "# Further keys (access, closures, services, agenda…): docs/cites.md. What has no source: under unconfirmed."
