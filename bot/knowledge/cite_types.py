"""The values a Cité's file is loaded into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from bot.knowledge.facts import Fact, Words
from bot.knowledge.helplines import Helpline

Status = Literal["open", "probably_open", "unknown", "probably_closed", "closed", "planned"]
HoursKind = Literal["reception", "advisors", "building", "seasonal"]

AGENDA_KINDS = ("ics", "openagenda", "schema_org", "rss")
"""The formats of agendas, each a key of a source in a Cité's file."""

OFFERED: frozenset[str] = frozenset({"open", "probably_open", "unknown"})
"""The statuses of the Cités that may be offered to somebody who looks for one."""


@dataclass(frozen=True)
class Pole:
    """An information-and-advice area: its name, in the language of the Cité, and the concerns it answers."""

    name: str
    language: str
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class PastHours:
    """Hours that were true once and are not confirmed: to be told only with their date, if at all.

    `opening_hours` (OpenStreetMap syntax) or `text` is given, or both.
    """

    kind: HoursKind
    opening_hours: str | None
    text: Words | None
    fact: Fact[str]


@dataclass(frozen=True)
class Closure:
    """An exceptional closure, both days included.

    `announced`: the day on which the Cité announced it at its desk; None where its file says it.
    """

    first: date
    last: date
    fact: Fact[str]
    announced: date | None = None


@dataclass(frozen=True)
class Notice:
    """What a Cité has announced at its desk for some days, both included, other than a closure.

    `hours`: those that hold instead of the usual ones, by weekday and clock ("Mo-Fr 10:00-12:00"), or None where
    there are words alone.
    """

    first: date
    last: date
    announced: date
    hours: str | None = None
    words: Words | None = None


@dataclass(frozen=True)
class Centre:
    """An associated centre: its town, and what is known of it; degrees."""

    town: str
    lat: float | None = None
    lon: float | None = None
    coords_approximate: bool = True
    address: Fact[str] | None = None
    accessibility_page: Fact[str] | None = None
    phone: Fact[str] | None = None
    email: Fact[str] | None = None
    website: Fact[str] | None = None
    hours: Fact[str] | None = None


@dataclass(frozen=True)
class AgendaSource:
    """An agenda: a file of `data/agenda` or an http(s) address.

    `kind` is its format (ics, openagenda, schema_org or rss); `language` is that of its texts; `page` is where
    people read it.
    """

    fact: Fact[str]
    file: Path | None
    url: str | None
    language: str | None
    kind: str = "ics"
    page: str | None = None


@dataclass(frozen=True, eq=False)
class Cite:
    """A Cité des métiers, as its file says it.

    `country` is an ISO 3166-1 alpha-2 code; `territory` is that of the land itself (RE, GP, YT…
    for what lies overseas, else the country); `subdivision` is the code by which the `holidays`
    package knows the region; `status.as_of` is the date of the last sign of life.
    `retention_days`: how long conversations begun on its pages are kept, where it has chosen a time of its own.
    Only sourced values stand here; what is not confirmed stays in the file. Two Cités are equal only
    when they are the same object, so that they may serve as keys.
    """

    id: str
    names: Mapping[str, str]
    country: str
    territory: str
    timezone: str
    status_fact: Fact[Status]
    file: Path
    fictional: bool = False
    also_called: tuple[str, ...] = ()
    city: str | None = None
    subdivision: str | None = None
    lat: float | None = None
    lon: float | None = None
    coords_approximate: bool = True
    address: Fact[str] | None = None
    place_note: Fact[Words] | None = None
    access: Fact[Words] | None = None
    accessibility: Fact[Words] | None = None
    accessibility_page: Fact[str] | None = None
    phone: Fact[str] | None = None
    email: Fact[str] | None = None
    website: Fact[str] | None = None
    hours: Fact[str] | None = None
    advisor_hours: Fact[str] | None = None
    past_hours: tuple[PastHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    notices: tuple[Notice, ...] = ()
    languages: Fact[tuple[str, ...]] | None = None
    poles: Fact[tuple[Pole, ...]] | None = None
    partners: Fact[tuple[str, ...]] | None = None
    services: Fact[tuple[str, ...]] | None = None
    appointment: Fact[str] | None = None
    operator: Fact[str] | None = None
    opened: Fact[str] | None = None
    associated_centres: Fact[tuple[str, ...]] | None = None
    centres: tuple[Centre, ...] = ()
    agenda: tuple[AgendaSource, ...] = ()
    helplines: tuple[Helpline, ...] = field(default=())
    retention_days: int | None = None

    @property
    def status(self) -> Status:
        """Whether it is open, as far as is known."""
        return self.status_fact.value

    @property
    def gone(self) -> bool:
        """Whether nobody should be sent there: it has closed, probably has, or is only planned."""
        return self.status not in OFFERED

    @property
    def offered(self) -> bool:
        """Whether it may be offered to somebody who looks for a Cité."""
        return not self.gone and not self.fictional

    def name(self, language: str) -> str:
        """The name in a language, else the first its file gives: that of the place."""
        return self.names.get(language) or next(iter(self.names.values()))
