"""The door, Rasa and the database's connection are killed at random while people talk with the bot and advisors.

`python -m tests.kills.kills --kills 200` (or `make kills KILLS=200`) starts one door and a small server for Rasa.
Threads are told again and again over real HTTP: from the greeting to an advisor at the desk's own pages and back to
the bot, or to a call back. Who gets no answer tries again, as browsers and people do. Then all said and done must
be stored once, in order, and the audit must agree. Prints figures and what went wrong; exits with 1 when something did.
With `--database postgres://…` (an empty database) connections are broken; SQLite's only lock is held instead.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import httpx

from bot.web.deadline import within
from tests.soak.doors import Doors
from tests.soak.insisting import Desk, Visitor
from tests.web.fake_rasa import SECRET

from .rasa import RasaProcess
from .threads import callback, exchange
from .verdict import faults

_NAMES = ("Camille", "Sofia", "Malik", "Jeanne")


@dataclass(frozen=True)
class Plan:
    """`kills` in all; seconds between two, how long what was killed stays away, a door's lease, and for a thread."""

    kills: int
    pause: tuple[float, float] = (0.1, 1.5)
    away: tuple[float, float] = (0, 1)
    lease: int = 2
    patience: float = 180
    threads: int = 4
    seed: int = 1
    database: str = ""


@dataclass
class Outcome:
    """Counts of kills by what was killed and of threads by their kind, of failed tries; faults as sentences."""

    kills: Counter[str] = field(default_factory=Counter)
    threads: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    lines: int = 0
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The same in lines."""
        counts = [f"{name}: {count}" for each in (self.kills, self.threads) for name, count in sorted(each.items())]
        totals = [f"lines said: {self.lines}", f"calls that failed and were made again: {self.failed}"]
        return "\n".join([*counts, *totals, *self.faults, f"faults: {len(self.faults)}"])


class Trial:
    """One run of a plan, with all files in `folder`."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._chance, self.outcome = plan, random.Random(plan.seed), Outcome()
        self._rasa = RasaProcess()
        self._doors = Doors(
            folder, self._rasa.url, SECRET, plan.lease, self._chance, 1, "tests.kills.settings", plan.database
        )
        self._over = False

    async def run(self) -> Outcome:
        """Start all, kill, and look at what is left."""
        try:
            await asyncio.gather(asyncio.to_thread(self._rasa.start), self._doors.start())
            desks = await self._sign_in()
            await asyncio.gather(self._kill(), *(self._tell(place, desk) for place, desk in enumerate(desks)))
            for desk in desks:
                self.outcome.failed += desk.failed
                await desk.close()
        finally:
            self._rasa.kill()
            self._doors.stop()
        return self.outcome

    async def _sign_in(self) -> list[Desk]:
        names = _NAMES[: self._plan.threads]
        numbers = (await self._doors.run("tests.soak.accounts", *names)).split()
        desks = [Desk(self._doors, name, int(number)) for name, number in zip(names, numbers)]
        for desk in desks:
            await desk.sign_in()
        return desks

    async def _kill(self) -> None:
        """As often as planned, one of the three after the other."""
        deeds = {"door": self._kill_door, "rasa": self._kill_rasa, "database": self._cut_database}
        try:
            for what in islice(cycle(sorted(deeds)), self._plan.kills):
                await asyncio.sleep(self._chance.uniform(*self._plan.pause))
                await deeds[what](self._chance.uniform(*self._plan.away))
                self.outcome.kills[f"{what} killed"] += 1
        finally:
            self._over = True

    async def _kill_door(self, away: float) -> None:
        await self._doors.kill(0, away)

    async def _kill_rasa(self, away: float) -> None:
        self._rasa.kill()
        await asyncio.sleep(away)
        await asyncio.to_thread(self._rasa.start)

    async def _cut_database(self, away: float) -> None:
        await asyncio.to_thread(self._doors.database.cut, 0.3 + away)

    async def _tell(self, place: int, desk: Desk) -> None:
        """One thread after the other, until there are no more kills."""
        number = place
        while not self._over:
            try:
                await within(self._plan.patience, self._thread(number, desk))
            except (TimeoutError, AssertionError, httpx.HTTPStatusError) as fault:
                self.outcome.faults.append(f"thread {number} was not told to its end: {fault!r}")
            number += self._plan.threads

    async def _thread(self, number: int, desk: Desk) -> None:
        person = Visitor(self._doors)
        try:
            told = await (callback if number % 3 == 2 else exchange)(number, person, desk)
            found = faults(told, desk.name, await person.told(), self._doors.database)
        finally:
            self.outcome.failed += person.failed
            await person.close()
        self.outcome.faults += found
        self.outcome.lines += len(told.lines)
        self.outcome.threads[f"threads of an {told.kind}" if told.kind == "exchange" else "threads of a callback"] += 1


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills.kills", description="Kill everything.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="chooses what is killed, and when")
    parser.add_argument("--database", default="", help="an empty one of PostgreSQL; else a file of SQLite's")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        trial = Trial(Plan(given.kills, seed=given.seed, database=given.database), Path(folder))
        found = asyncio.run(trial.run())
    print(found.told())
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
