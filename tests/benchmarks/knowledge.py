"""How long the nearest Cité, hours and events take: `.venv/bin/python -m tests.benchmarks.knowledge`.

Prints, of each operation, the median and the 95th percentile in milliseconds, what is asked of the median where
something is, and the median as a multiple of a base operation (adding up 100,000 numbers in plain Python) measured in
turn with it: milliseconds depend on the machine and on what else it does, the multiples hardly do. The agenda is a
synthetic one of 10,000 entries over three years.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.knowledge import agenda, hours, occupations
from bot.knowledge.cite_types import AgendaSource, Cite
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.facts import Fact
from bot.knowledge.near_choice import around
from bot.knowledge.places import find, spans
from bot.knowledge.usual_week import usual_weeks

ENTRIES = 10_000
_TITLES = ("Atelier CV", "Forum de l'alternance", "Réunion d'information VAE", "Créer son activité", "Job-dating")
_PLACES = ("Lille", "près de Toulouse", "97410", "Annemasse", "clermont ferand", "Liège", "Milano", "Saint-Denis")
_START = datetime(2026, 1, 5, 9)
_SENTENCE = "je suis en reconversion, cherche une formation de cuisine vers Tours dès mai ou juin merci"
ASKED_MS = {"nearest": 2, "hours": 1, "events of a month": 20, "events of a month on a theme": 20}
"""The milliseconds that an operation is meant to take at most."""


@dataclass(frozen=True)
class Measure:
    """Milliseconds of one operation, and its median as a multiple of the base operation's."""

    name: str
    median_ms: float
    p95_ms: float
    times_base: float


def synthetic_agenda(entries: int = ENTRIES) -> bytes:
    """An iCalendar text of that many events, one in a hundred of them weekly."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//synthetic//"]
    for number in range(entries):
        start = _START + timedelta(days=number * 1095 // entries, hours=number % 8)
        parts += [
            "BEGIN:VEVENT",
            f"UID:{number}@synthetic",
            f"DTSTART:{start:%Y%m%dT%H%M%S}",
            f"DTEND:{start + timedelta(hours=2):%Y%m%dT%H%M%S}",
            f"SUMMARY:{_TITLES[number % len(_TITLES)]} {number}",
            *(["RRULE:FREQ=WEEKLY;COUNT=10"] if number % 100 == 0 else []),
            "END:VEVENT",
        ]
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


def with_agenda(file: Path) -> Cite:
    """The demonstration with that file as its agenda."""
    fact = Fact(file.name, "synthetic", date(2026, 1, 1))
    return replace(load_cites()["demo"], agenda=(AgendaSource(fact, file, None, "fr"),))


def base() -> int:
    """The operation that the others are compared with."""
    total = 0
    for number in range(100_000):
        total += number
    return total


def measure(name: str, operation: Callable[[], Any], runs: int) -> Measure:
    """Run an operation once to warm up, then `runs` times in turn with the base."""
    operation()
    taken, of_base = [], []
    for _ in range(runs):
        of_base.append(_milliseconds(base))
        taken.append(_milliseconds(operation))
    return Measure(name, median(taken), quantiles(taken, n=20)[-1], median(taken) / median(of_base))


def measures(runs: int, entries: int = ENTRIES) -> list[Measure]:
    """All the operations."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "synthetic.ics"
        file.write_bytes(synthetic_agenda(entries))
        cite = with_agenda(file)
        return [measure(name, operation, runs) for name, operation in _operations(cite).items()]


def _operations(cite: Cite) -> dict[str, Callable[[], Any]]:
    cites, day = load_cites(), date(2026, 11, 22)
    named = cycle(_PLACES)
    nearby = [place for name in _PLACES if (place := find(name, "FR").place)]
    places = cycle(nearby)
    instants = cycle(_START + timedelta(hours=7 * number) for number in range(200))
    days = cycle(_START + timedelta(days=3 * number) for number in range(200))

    def events(theme: str | None, span: int = 30) -> Any:
        start = next(days)
        return agenda.agenda(cite, start, start + timedelta(days=span), theme)

    return {
        "place named": lambda: find(next(named), "FR"),
        "nearest": lambda: around(next(places), cites.values()),
        "place named, and nearest": lambda: (find("Lille", "FR"), around(next(places), cites.values())),
        "places in a sentence": lambda: spans(_SENTENCE),
        "occupations in 2,000 characters": lambda: occupations.find("agent de " * 222, "fr"),
        "directory read again": load_cites.__wrapped__,
        "Cité named": lambda: find_cite("la cité de Saint-Quentin-en-Yvelines"),
        "hours": lambda: hours.state(cite, next(instants), today=day),
        "usual weeks of a month": lambda: usual_weeks(cite, day, day + timedelta(days=27), today=day),
        "events of a month": lambda: events(None),
        "events of a month on a theme": lambda: events("forum alternance"),
        "events of a year": lambda: events(None, 365),
    }


def _milliseconds(operation: Callable[[], Any]) -> float:
    start = time.perf_counter()
    operation()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print one operation a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50, help="times each operation is run (50)")
    parser.add_argument("--entries", type=int, default=ENTRIES, help=f"events in the agenda ({ENTRIES})")
    options = parser.parse_args()
    print(f"{'':32}{'median ms':>10}{'95 % ms':>10}{'asked ms':>10}{'× base':>10}")
    for each in measures(max(options.runs, 2), options.entries):
        asked = f"< {ASKED_MS[each.name]}" if each.name in ASKED_MS else ""
        print(f"{each.name:32}{each.median_ms:10.2f}{each.p95_ms:10.2f}{asked:>10}{each.times_base:10.2f}")


if __name__ == "__main__":
    main()
