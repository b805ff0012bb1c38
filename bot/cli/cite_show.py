"""`python -m bot cite show`: all that is known of a Cité, how old it is, and what is missing or not confirmed."""

from __future__ import annotations

import argparse
import json
from datetime import date
from os.path import isfile  # False of a name that no file can have, where Path raises
from typing import Any

from bot.cli import forms, outside
from bot.knowledge.cite_facts import centre_facts, facts, missing
from bot.knowledge.cite_types import Centre, Cite
from bot.knowledge.cites import read_cite
from bot.knowledge.errors import raise_all
from bot.knowledge.facts import Fact
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("cite", metavar="CITE", help="the id of a Cité, or one of its names")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print it; a faulty file is told with line and mend."""
    found = as_dict(_cite(arguments.cite), date.today())
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else _told(found))
    return 0


def _cite(named: str) -> Cite:
    """By the file of that name, so that one can be shown even when another is faulty; else by a name."""
    file = DATA / "cites" / f"{named.strip()}.yml"
    found = read_cite(file) if file.parent == DATA / "cites" and isfile(file) else outside.cite({"cite": named})
    if isinstance(found, list):
        raise_all(found)
    assert isinstance(found, Cite)  # an empty list of faults is no answer of read_cite
    return found


def as_dict(cite: Cite, today: date) -> dict[str, Any]:
    """All of it as plain JSON; `unconfirmed` is what the file keeps without a source, never shown to people."""
    return {
        "cite": forms.about(cite),
        "names": dict(cite.names),
        "also_called": list(cite.also_called),
        "coordinates": _coordinates(cite),
        "facts": [_fact(key, fact, today) for key, fact in facts(cite)],
        "centres": [_centre(centre, today) for centre in cite.centres],
        "past_hours": [forms.past_hours(past) for past in cite.past_hours],
        "closures": [forms.closure(each) for each in cite.closures],
        "missing": missing(cite),
        "unconfirmed": _readable(read_yaml(cite.file).value.get("unconfirmed") or {}),
    }


def _centre(centre: Centre, today: date) -> dict[str, Any]:
    known = [_fact(key, fact, today) for key, fact in centre_facts(centre)]
    return {"town": centre.town, "coordinates": _coordinates(centre), "facts": known}


def _coordinates(where: Cite | Centre) -> dict[str, Any] | None:
    if where.lat is None:
        return None
    return {"lat": where.lat, "lon": where.lon, "approximate": where.coords_approximate}


def _fact(key: str, fact: Fact[Any], today: date) -> dict[str, Any]:
    return {
        "fact": key,
        "value": forms.plain(fact.value),
        **forms.provenance(fact),
        "age_days": (today - fact.dated).days if fact.dated else None,
        "stale": fact.is_stale(key, today),
        "note": forms.plain(fact.note),
    }


def _readable(value: Any) -> Any:
    """Anything of a YAML file as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _told(found: dict[str, Any]) -> str:
    """The same in words for the terminal."""
    cite = found["cite"]
    lines = [f"{cite['name']} [{cite['id']}], {cite['city'] or 'town not known'}, {cite['territory']}"]
    lines += _known_lines(found)
    for centre in found["centres"]:
        lines += [f"centre of {centre['town']}:", *(f"  {line}" for line in _known_lines(centre))]
    lines += map(forms.past_line, found["past_hours"])
    lines += [f"closed {forms.span(each)}\n    {forms.dated(each)}" for each in found["closures"]]
    lines.append(f"missing: {', '.join(found['missing']) or 'nothing'}")
    lines += [f"not confirmed: {key}: {forms.words(value)}" for key, value in found["unconfirmed"].items()]
    return "\n".join(lines)


def _known_lines(found: dict[str, Any]) -> list[str]:
    """The coordinates and the facts, of a Cité or of a centre."""
    lines, where = [], found["coordinates"]
    if where:
        about = "about, the middle of the town" if where["approximate"] else "the door"
        lines.append(f"coordinates: {where['lat']}, {where['lon']} ({about})")
    return lines + [line for fact in found["facts"] for line in _fact_lines(fact)]


def _fact_lines(fact: dict[str, Any]) -> list[str]:
    old = " · OLD: told with its date only" if fact["stale"] else ""
    lines = [f"{fact['fact']}: {forms.words(fact['value'])}", f"    {forms.dated(fact)}{old}"]
    return lines + ([f"    note: {forms.words(fact['note'])}"] if fact["note"] else [])
