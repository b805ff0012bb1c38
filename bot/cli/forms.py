"""The forms in which the commands give what the directory holds: as JSON, and a part of it in words for the terminal.

Wherever something is given by several commands (a Cité, where a fact comes from, the hours of a day, a closure, an
event), it has one form, made here. docs/commands.md describes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.knowledge.cite_types import Cite, Closure, PastHours, Pole
from bot.knowledge.facts import Fact, Words
from bot.knowledge.hours import DayHours, Range

if TYPE_CHECKING:  # what reads agendas is loaded only where one is asked about
    from bot.knowledge.agenda import Event, SourceState


def about(cite: Cite) -> dict[str, Any]:
    """What each answer says of a Cité itself; `status_*` is where its status comes from."""
    status = {f"status_{key}": value for key, value in provenance(cite.status_fact).items()}
    return {
        "id": cite.id,
        "name": next(iter(cite.names.values())),
        "city": cite.city,
        "country": cite.country,
        "territory": cite.territory,
        "timezone": cite.timezone,
        "fictional": cite.fictional,
        "status": cite.status,
        **status,
    }


def provenance(fact: Fact[Any] | None) -> dict[str, str | None]:
    """Where a fact comes from: source, checked_on, as_of (2017, 2017-06 or a day); all None without a fact."""
    if fact is None:
        return {"source": None, "checked_on": None, "as_of": None}
    return {"source": fact.source, "checked_on": iso(fact.checked_on), "as_of": as_of(fact)}


def as_of(fact: Fact[Any]) -> str | None:
    """The date of a fact's source, as precise as it is known."""
    written = iso(fact.as_of)
    return written[: {"year": 4, "month": 7, "day": 10}[fact.precision]] if written else None


def plain(value: Any) -> Any:
    """A value of the directory as JSON has it: words by language, lists, dates in ISO 8601."""
    if isinstance(value, Words):
        return dict(value.by_language)
    if isinstance(value, Pole):
        return {"name": value.name, "lang": value.language, "concerns": list(value.concerns)}
    if isinstance(value, date):
        return value.isoformat()
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def iso(value: date | None) -> str | None:
    """A day or an instant in ISO 8601."""
    return value.isoformat() if value else None


def dated(told: dict[str, Any]) -> str:
    """Where something comes from, in words for the terminal; `told`: an answer of `provenance`."""
    if not told["source"]:
        return "no source"
    of = f", as of {told['as_of']}" if told["as_of"] else ""
    return f"{told['source']}{of}, checked on {told['checked_on'] or 'no day known'}"


def closure(found: Closure) -> dict[str, Any]:
    """An exceptional closure: {"from", "to", "note"} and where it comes from."""
    days = {"from": iso(found.first), "to": iso(found.last), "note": plain(found.fact.note)}
    return {**days, **provenance(found.fact)}


def past_hours(past: PastHours) -> dict[str, Any]:
    """Hours that were true once: {"kind", "hours", "text"} and where they come from."""
    told = {"kind": past.kind, "hours": past.opening_hours, "text": plain(past.text)}
    return {**told, **provenance(past.fact)}


def day_in_instants(found: DayHours) -> list[dict[str, Any]] | None:
    """The ranges of a day as instants {"from", "to", "sure", "comment"}; None when they are not known."""
    return _ranges(found, lambda each: (each.start.isoformat(), each.end.isoformat()))


def day_by_the_clock(found: DayHours) -> list[dict[str, Any]] | None:
    """The same in times of the clock: "09:30", midnight at the end being "24:00"."""
    return _ranges(found, lambda each: (f"{each.start:%H:%M}", _end(each.end)))


def event(found: Event) -> dict[str, Any]:
    """All that is known of an event; its location is called `place`, as in what is asked."""
    known = {field.name: plain(getattr(found, field.name)) for field in fields(found)}
    return {"title": found.title, "place": known.pop("location"), **known}


def agenda_source(state: SourceState) -> dict[str, Any]:
    """The state of an agenda: {"agenda", "ok", "fresh", "fetched_at"} and where its address comes from."""
    return {
        "agenda": state.source.fact.value,
        "ok": state.ok,
        "fresh": state.fresh,
        "fetched_at": iso(state.fetched_at),
        **provenance(state.source.fact),
    }


def span(closure: dict[str, Any]) -> str:
    """The days of a closure and its notice, in words for the terminal."""
    note = f": {words(closure['note'])}" if closure["note"] else ""
    return f"from {closure['from']} to {closure['to']}{note}"


def past_line(past: dict[str, Any]) -> str:
    """Hours that were true once, in words for the terminal."""
    return f"once ({past['kind']}): {words(past['hours'] or past['text'])} · {dated(past)}"


def words(value: Any) -> str:
    """Any value of `plain` in words for the terminal: of texts by language the English one, else the French."""
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    if isinstance(value, dict):
        return str(value.get("en") or value.get("fr") or ", ".join(f"{key} {each}" for key, each in value.items()))
    return ", ".join(map(words, value)) if isinstance(value, list) else str(value)


def _ranges(found: DayHours, ends: Callable[[Range], tuple[str, str]]) -> list[dict[str, Any]] | None:
    if not found.known and not found.ranges:
        return None
    return [
        {**dict(zip(("from", "to"), ends(each))), "sure": each.sure, "comment": each.comment} for each in found.ranges
    ]


def _end(end: datetime) -> str:
    return "24:00" if (told := f"{end:%H:%M}") == "00:00" else told
