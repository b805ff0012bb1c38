"""`python -m bot cite show`: all that is known of a Cité, how old it is, and what is missing or not confirmed."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from bot.cli import outside
from bot.knowledge.cite_facts import facts, missing
from bot.knowledge.cite_types import Cite
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
    file = DATA / "cites" / f"{named}.yml"
    found = read_cite(file) if file.parent == DATA / "cites" and file.is_file() else outside.cite({"cite": named})
    if isinstance(found, list):
        raise_all(found)
    assert isinstance(found, Cite)  # an empty list of faults is no answer of read_cite
    return found


def as_dict(cite: Cite, today: date) -> dict[str, Any]:
    """All of it as plain JSON; `unconfirmed` is what the file keeps without a source, never shown to people."""
    return {
        "cite": outside.about(cite),
        "names": dict(cite.names),
        "also_called": list(cite.also_called),
        "coordinates": _coordinates(cite),
        "facts": [_fact(key, fact, today) for key, fact in facts(cite)],
        "past_hours": [{"kind": past.kind, "hours": past.opening_hours, "text": outside.plain(past.text),
                        **outside.provenance(past.fact)} for past in cite.past_hours],
        "closures": [{"from": outside.iso(each.first), "to": outside.iso(each.last),
                      **outside.provenance(each.fact)} for each in cite.closures],
        "missing": missing(cite),
        "unconfirmed": _readable(read_yaml(cite.file).value.get("unconfirmed") or {}),
    }  # fmt: skip


def _coordinates(cite: Cite) -> dict[str, Any] | None:
    if cite.lat is None:
        return None
    return {"lat": cite.lat, "lon": cite.lon, "approximate": cite.coords_approximate}


def _fact(key: str, fact: Fact[Any], today: date) -> dict[str, Any]:
    return {
        "fact": key,
        "value": outside.plain(fact.value),
        **outside.provenance(fact),
        "age_days": (today - fact.dated).days if fact.dated else None,
        "stale": fact.is_stale(key, today),
        "note": outside.plain(fact.note),
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
    if found["coordinates"]:
        about = "about, the middle of the town" if found["coordinates"]["approximate"] else "the door"
        lines.append(f"coordinates: {found['coordinates']['lat']}, {found['coordinates']['lon']} ({about})")
    lines += [line for fact in found["facts"] for line in _fact_lines(fact)]
    lines += [f"past hours ({each['kind']}): {_words(each['hours'] or each['text'])}\n    {outside.dated(each)}"
              for each in found["past_hours"]]  # fmt: skip
    lines += [f"closed from {each['from']} to {each['to']}\n    {outside.dated(each)}" for each in found["closures"]]
    lines.append(f"missing: {', '.join(found['missing']) or 'nothing'}")
    lines += [f"not confirmed: {key}: {_words(value)}" for key, value in found["unconfirmed"].items()]
    return "\n".join(lines)


def _fact_lines(fact: dict[str, Any]) -> list[str]:
    old = " · OLD: told with its date only" if fact["stale"] else ""
    lines = [f"{fact['fact']}: {_words(fact['value'])}", f"    {outside.dated(fact)}{old}"]
    return lines + ([f"    note: {_words(fact['note'])}"] if fact["note"] else [])


def _words(value: Any) -> str:
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    if isinstance(value, dict):
        return str(value.get("en") or value.get("fr") or ", ".join(f"{key} {each}" for key, each in value.items()))
    return ", ".join(map(_words, value)) if isinstance(value, list) else str(value)
