"""All the facts of a Cité under the keys of its file: what is known, what is missing, what has grown old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from bot.knowledge.cite_types import Centre, Cite
from bot.knowledge.facts import Fact

_WORTH_HAVING = (
    *("city", "coordinates", "address", "access", "accessibility", "phone", "email", "website", "hours"),
    *("appointment", "services", "languages", "poles", "partners", "associated_centres", "operator", "agenda"),
)


@dataclass(frozen=True)
class OldFact:
    """A fact of a Cité, or of its associated `centre` in that town, not to be told without its date after `until`."""

    cite: Cite
    key: str
    fact: Fact[Any]
    until: date | None
    centre: str | None = None


def facts(cite: Cite) -> Iterator[tuple[str, Fact[Any]]]:
    """Each sourced fact under its key, the status first, in the order of `Cite`; agendas and helplines last."""
    yield "status", cite.status_fact
    for field in fields(cite):
        value = getattr(cite, field.name)
        if isinstance(value, Fact) and field.name != "status_fact":
            yield field.name, value
    for agenda in cite.agenda:
        yield "agenda", agenda.fact
    for line in cite.helplines:
        yield "helplines", Fact(line.number, line.source, line.checked_on)


def centre_facts(centre: Centre) -> Iterator[tuple[str, Fact[Any]]]:
    """Each sourced fact of an associated centre under its key, in the order of `Centre`."""
    for field in fields(centre):
        if isinstance(value := getattr(centre, field.name), Fact):
            yield field.name, value


def missing(cite: Cite) -> list[str]:
    """The keys worth having of which the file says nothing that has a source."""
    known = {key for key, _ in facts(cite)}
    known |= {"city"} if cite.city else set()
    known |= {"coordinates"} if cite.lat is not None else set()
    return [key for key in _WORTH_HAVING if key not in known]


def stale(cites: Iterable[Cite], today: date, within: int = 0) -> list[OldFact]:
    """The facts past their freshness, or that will be `within` days from `today`; the oldest first.

    Of a Cité that is not offered only the status counts: nothing else of it is told. What is fictional or closed for
    good is left out.
    """
    end = today + timedelta(days=within)
    found = [
        OldFact(cite, key, fact, fact.fresh_until(key), centre)
        for cite in cites
        if not cite.fictional and cite.status != "closed"
        for centre, key, fact in _told(cite)
        if fact.is_stale(key, end)
    ]
    return sorted(found, key=lambda old: (old.fact.dated or date.min, old.cite.id, old.centre or "", old.key))


def _told(cite: Cite) -> Iterator[tuple[str | None, str, Fact[Any]]]:
    """What may be told of a Cité and of its centres (their town, else None), each under its key."""
    yield from ((None, key, fact) for key, fact in facts(cite) if key == "status" or not cite.gone)
    for centre in () if cite.gone else cite.centres:
        yield from ((centre.town, key, fact) for key, fact in centre_facts(centre))
