"""The directory of the Cités: one file each in `data/cites`, refused whole when one of them is wrong.

`docs/cites.md` tells what a file holds. What stands under `unconfirmed:` is never loaded, so that
it cannot be shown; coordinates alone may be unsourced, since they only serve a distance said as "about".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from bot.knowledge import notices, schema
from bot.knowledge.cite_checks import beyond_schema, not_come
from bot.knowledge.cite_names import by_name, named_form, shared
from bot.knowledge.cite_types import AGENDA_KINDS, AgendaSource, Centre, Cite, Closure, PastHours, Pole, Status
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.facts import Fact, Precision, Words
from bot.knowledge.helplines import build_helpline
from bot.knowledge.kept import kept, names, stamp
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

__all__ = [
    "AgendaSource",
    "Centre",
    "Cite",
    "Closure",
    "Fact",
    "PastHours",
    "Pole",
    "Status",
    "Words",
    "files_faults",
    "find_cite",
    "load_cites",
    "named_cites",
    "read_cite",
    "readable",
]

T = TypeVar("T")
SCHEMA = DATA / "cites" / "schema.json"
_CLOSE_ENOUGH = 88  # percent of likeness: two slips of the finger in "Saint-Quentin", none in "Caen"


def _stamp(folder: Path) -> object:
    """What changes with the files of the Cités and their announcements, and when an agenda comes or goes."""
    return stamp(folder, ".yml"), names(folder.parent / "agenda"), stamp(notices.FOLDER, ".yml")


@kept(_stamp)
def load_cites(folder: Path = DATA / "cites") -> Mapping[str, Cite]:
    """All the Cités of a folder, by id, in the order of their ids.

    A change of the folder is seen at the next call, a second later at most; a faulty file is logged and leaves what
    was read before (`Kept`). Agenda files are looked for in the folder `agenda` beside it. What the Cités
    announced at the desk goes with them (`notices`). The first call raises `DataErrors` with every fault of every file.
    """
    read = [read_cite(file) for file in sorted(folder.glob("*.yml"))]
    cites = [found for found in read if isinstance(found, Cite)]
    errors = [*(error for found in read if not isinstance(found, Cite) for error in found), *shared(cites)]
    if not read:
        errors.append(DataError(folder, 1, "there is no Cité here", "add a file, as docs/cites.md tells"))
    raise_all(errors)
    return MappingProxyType({cite.id: notices.announced(cite) for cite in cites})


def readable(folder: Path = DATA / "cites") -> list[Cite]:
    """The Cités of a folder whose own file is good, whatever is wrong with the others; read anew at each call."""
    return [found for file in sorted(folder.glob("*.yml")) if isinstance(found := read_cite(file), Cite)]


def files_faults(today: date, folder: Path = DATA / "cites") -> list[DataError]:
    """The faults of each file of a folder by itself, days later than `today` included, in the order of the files."""
    read = [read_cite(file, today) for file in sorted(folder.glob("*.yml"))]
    return [fault for found in read if not isinstance(found, Cite) for fault in found]


def find_cite(text: str, cites: Mapping[str, Cite] | None = None) -> Cite | None:
    """The Cité that a text names (`named_cites`); None when no Cité or several are named."""
    named = named_cites(text, load_cites() if cites is None else cites)
    return named[0] if len(named) == 1 else None


def named_cites(text: str, cites: Mapping[str, Cite]) -> list[Cite]:
    """The Cités that a text names, by their ids, towns or names, in the order of their ids; closed ones too.

    Accents, case and what stands around the name do not matter, a longer name wins over one that is
    part of it ("Saint-Quentin-en-Yvelines" over "Saint-Quentin"), a name of one Cité over a town that it shares;
    one slip of the finger is forgiven in a text that is only a name.
    """
    keys = by_name(tuple(cites.values()))
    wanted = named_form(text)
    named = [key for key in keys if f" {key} " in f" {wanted} "]
    if not named and wanted:
        close = process.extractOne(wanted, keys.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
        named = [close[0]] if close else []
    whole = [key for key in named if not any(key != other and key in other for other in named)]
    groups = [keys[key] for key in whole]
    ids = frozenset().union(*groups)
    return [cites[one] for one in sorted(ids.intersection(*groups) or ids)]


def read_cite(file: Path, today: date | None = None) -> Cite | list[DataError]:
    """The Cité of one file, or all the faults of that file.

    `today`: for the commands that check and write, the day that no check may be later than. What serves people gives
    none: a machine whose clock is wrong must not be left without Cités.
    """
    try:
        root = read_yaml(file)
    except DataError as error:
        return [error]
    errors = schema.faults(root, SCHEMA) or beyond_schema(root) or (not_come(root, today) if today else [])
    return errors or _cite(root)


def _cite(root: Node) -> Cite:
    value = root.value
    return Cite(
        id=value["id"],
        names=MappingProxyType(value["names"]),
        country=value["country"],
        territory=value.get("territory", value["country"]),
        timezone=value["timezone"],
        subdivision=value.get("subdivision"),
        status_fact=_fact(value["status"], str),
        file=root.file,
        fictional=value.get("fictional", False),
        also_called=tuple(value.get("also_called", ())),
        city=value.get("city"),
        past_hours=tuple(map(_past_hours, value.get("past_hours", ()))),
        closures=tuple(map(_closure, value.get("closures", ()))),
        agenda=tuple(_agenda(root.file, entry) for entry in value.get("agenda", ())),
        helplines=tuple(map(build_helpline, root.get("helplines") or ())),
        retention_days=value.get("retention_days"),
        centres=tuple(map(_centre, value.get("centres", ()))),
        **_degrees(value),
        **dict(_facts(value)),
    )


def _degrees(value: dict[str, Any]) -> dict[str, Any]:
    coordinates = value.get("coordinates") or {}
    return {
        "lat": coordinates.get("lat"),
        "lon": coordinates.get("lon"),
        "coords_approximate": coordinates.get("approximate", True),
    }


def _centre(raw: dict[str, Any]) -> Centre:
    return Centre(raw["town"], **_degrees(raw), **dict(_facts(raw)))


def _facts(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, build in _BUILDERS.items():
        if key in value:
            yield key, _fact(value[key], build)


def _fact(raw: dict[str, Any], build: Callable[[Any], T]) -> Fact[Any]:
    as_of, precision = _moment(raw.get("as_of"))
    note = _words(raw["note"]) if "note" in raw else None
    return Fact(build(raw["value"]), raw["source"], _day(raw["checked_on"]), as_of, precision, note)


def _moment(as_of: Any) -> tuple[date | None, Precision]:
    """A year, a month or a day as its first day, and which of the three it was."""
    parts = [int(part) for part in str(as_of).split("-")] if as_of else []
    if not parts:
        return None, "day"
    precision: tuple[Precision, ...] = ("year", "month", "day")
    return date(*[*parts, 1, 1][:3]), precision[len(parts) - 1]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _words(value: dict[str, str]) -> Words:
    return Words(MappingProxyType(value))


def _strings(value: list[str]) -> tuple[str, ...]:
    return tuple(value)


def _poles(value: list[dict[str, Any]]) -> tuple[Pole, ...]:
    return tuple(Pole(pole["name"], pole["lang"], tuple(pole["concerns"])) for pole in value)


def _past_hours(raw: dict[str, Any]) -> PastHours:
    text = _words(raw["text"]) if "text" in raw else None
    fact = _fact({**raw, "value": raw.get("opening_hours", "")}, str)
    return PastHours(raw["kind"], raw.get("opening_hours"), text, fact)


def _closure(raw: dict[str, Any]) -> Closure:
    return Closure(_day(raw["from"]), _day(raw["to"]), _fact({**raw, "value": ""}, str))


def _agenda(file: Path, raw: dict[str, Any]) -> AgendaSource:
    kind = next(kind for kind in AGENDA_KINDS if kind in raw)
    where = raw[kind]
    url = where if where.startswith(("http://", "https://")) else None
    path = None if url else file.parent.parent / "agenda" / where
    page = raw.get("page") or (url if kind == "schema_org" else None)
    return AgendaSource(_fact({**raw, "value": where}, str), path, url, raw.get("lang"), kind, page)


_BUILDERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("address", "phone", "email", "website", "hours", "advisor_hours"), str),
    **dict.fromkeys(("accessibility_page", "appointment", "operator", "opened"), str),
    **dict.fromkeys(("place_note", "access", "accessibility"), _words),
    **dict.fromkeys(("languages", "partners", "services", "associated_centres"), _strings),
    "poles": _poles,
}
