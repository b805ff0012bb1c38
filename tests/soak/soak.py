"""Many people on bad connections, for a while, over real HTTP: does every message arrive exactly once and in order?

`python -m tests.soak.soak --minutes 30` (or `make soak MINUTES=30`) starts two doors on one database and kills one of
them now and then. People write, listen by streams and long polls, cut their connections at random and send again what
may not have come through. Rasa is a small server that answers each message by its own text, or with `--rasa` the real
one. Prints figures and what went wrong; the exit code is 1 when something did.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.cli import stack
from tests.web.fake_rasa import SECRET, FakeRasa, said

from .doors import Doors
from .people import Person, Tally
from .verdict import faults, percentiles

TEXTS = [
    "je veux changer de métier",
    "où est la Cité la plus proche ?",
    "je suis à Marseille",
    "merci",
    "quels horaires ?",
]
"""What is written to the real Rasa."""


@dataclass(frozen=True)
class Plan:
    """Times are in seconds. `pause`: between two lines of a person; `kills`: between two kills; `lease`: a door's."""

    seconds: float
    people: int = 20
    pause: tuple[float, float] = (0.5, 3)
    kills: tuple[float, float] = (10, 40)
    lease: int = 30
    patience: float = 120
    real_rasa: bool = False
    seed: int = 1


@dataclass
class Outcome:
    """What came of it: counts of what happened, seconds (stored, seen, answered), faults as sentences.

    `shown`: lines of the person and of the bot; that the house asks for patience depends on the machine.
    """

    messages: int = 0
    shown: int = 0
    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The same in lines."""
        lines = [f"messages written: {self.messages}; shown, with answers: {self.shown}; doors killed: {self.kills}"]
        lines += [f"{name}: {count}" for name, count in sorted(self.counts.items())]
        lines += [f"until {name}, {percentiles(each)}" for name, each in self.seconds.items()]
        return "\n".join([*lines, *self.faults, f"faults: {len(self.faults)}"])


async def soak(plan: Plan, folder: Path) -> Outcome:
    """Run a plan, with all files in `folder`."""
    chance = random.Random(plan.seed)
    with _rasa(plan, folder) as (url, secret):
        doors = Doors(folder, url, secret, plan.lease, chance)
        try:
            await doors.start()
            return await _live(plan, doors, chance)
        finally:
            doors.stop()


async def _live(plan: Plan, doors: Doors, chance: random.Random) -> Outcome:
    tally = Tally()
    people = [Person(number, doors, tally, chance) for number in range(plan.people)]
    for person in people:
        await person.begin()
    listening = [asyncio.create_task(person.listen()) for person in people]
    killing = asyncio.create_task(doors.kill_now_and_then(plan.kills))
    end = time.monotonic() + plan.seconds
    texts = TEXTS if plan.real_rasa else None
    try:
        await _while_going(killing, asyncio.gather(*(person.write(end, plan.pause, texts) for person in people)))
        await _while_going(killing, _all_told(plan, people, doors))
    finally:
        await _end([killing, *listening])
    await doors.mend()
    found = await _outcome(plan, people, doors, tally)
    for person in people:
        await person.close()
    return found


async def _while_going(killing: asyncio.Task[None], work: Any) -> None:
    """Do the work; a door that does not come up again ends it."""
    work = asyncio.ensure_future(work)
    await asyncio.wait({killing, work}, return_when=asyncio.FIRST_COMPLETED)
    if killing.done():
        work.cancel()
        killing.result()
    await work


async def _all_told(plan: Plan, people: list[Person], doors: Doors) -> None:
    """Wait until Rasa has answered everything and everybody was shown everything, or patience ends."""
    end = time.monotonic() + plan.patience
    while time.monotonic() < end:
        if not doors.unanswered() and all(_is_told(person, doors) for person in people):
            return
        await asyncio.sleep(0.5)


def _is_told(person: Person, doors: Doors) -> bool:
    stored = doors.stored(person.conversation)
    return bool(stored) and person.last == stored[-1][0]


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _outcome(plan: Plan, people: list[Person], doors: Doors, tally: Tally) -> Outcome:
    found = Outcome(kills=doors.kills, counts=dict(tally.counts), faults=list(tally.faults))
    for person in people:
        written = [(sent.id, sent.text) for sent in person.sent]
        stored = doors.stored(person.conversation)
        found.faults += faults(person.name, written, person.view, stored, echoed=not plan.real_rasa)
        found.faults += faults(f"{person.name}, by history", written, await person.history(), stored, echoed=False)
        found.messages += len(person.sent)
        found.shown += sum(message["author"] != "house" for message in person.view)
    everything = [sent for person in people for sent in person.sent]
    for name in ("stored", "seen", "answered"):
        known = [(getattr(sent, name), sent.first) for sent in everything]
        found.seconds[name] = [moment - first for moment, first in known if moment is not None]
    return found


@contextlib.contextmanager
def _rasa(plan: Plan, folder: Path) -> Iterator[tuple[str, str]]:
    """Rasa's address and secret."""
    if plan.real_rasa:
        with stack.running(folder) as real:
            yield real.rasa_url, real.secret
        return
    fake = FakeRasa()
    fake.delay = 0.05  # so that a door can be killed in the middle of a turn
    fake.answer = lambda message, _: [said("Bonjour." if message.startswith("/") else f"Réponse à : {message}")]
    fake.start()
    try:
        yield fake.url, SECRET
    finally:
        fake.stop()


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.soak", description="Soak the door.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="chooses the moments of all that happens at random")
    parser.add_argument("--rasa", action="store_true", help="the real Rasa and its actions; the model must be trained")
    given = parser.parse_args()
    plan = Plan(60 * given.minutes, given.people, seed=given.seed, real_rasa=given.rasa)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        found = asyncio.run(soak(plan, Path(folder)))
    print(found.told())
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
