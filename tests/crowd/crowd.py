"""Many people ask for an advisor at once, and five advisors answer them at the desk's own pages, over real HTTP.

`python -m tests.crowd.crowd --people 50`: advisors take what they see in the queue, pass some on to a colleague or put
it back, answer, and end it. Nobody may be lost, answered twice or be told another one's words; the figures must agree.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.web.deadline import within
from tests.kills.rasa import ASKS, answer
from tests.soak.doors import Doors
from tests.soak.insisting import Desk, Visitor
from tests.soak.verdict import compared, percentiles
from tests.web.fake_rasa import SECRET, FakeRasa

_NAMES = ("Camille", "Sofia", "Malik", "Jeanne", "Andrea")
_WHO = re.compile(r"Personne (\d+) :")
_AUDIT = "SELECT before, after FROM conversations_transition WHERE handoff_id IN (SELECT id FROM conversations_handoff)"


@dataclass
class Outcome:
    """What came of it: counts, seconds until the first answer, faults as sentences."""

    counts: Counter[str] = field(default_factory=Counter)
    outcomes: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The same in lines."""
        lines = [f"{name}: {count}" for name, count in sorted(self.counts.items())]
        lines.append(f"until the first answer, {percentiles(self.waited)}")
        return "\n".join([*lines, *self.faults, f"faults: {len(self.faults)}"])


class Crowd:
    """One run, with all files in `folder`."""

    def __init__(self, people: int, folder: Path, seed: int = 1, doors: int = 2) -> None:
        self._people, self._folder, self._chance, self._count_of_doors = people, folder, random.Random(seed), doors
        self._rasa, self.outcome = FakeRasa(), Outcome()
        self._said: dict[int, list[str]] = {number: [] for number in range(people)}
        self._ended: set[int] = set()

    async def run(self) -> Outcome:
        """Let them talk; see what was stored and counted."""
        self._rasa.answer = answer
        self._rasa.start()
        self._doors = Doors(self._folder, self._rasa.url, SECRET, 30, self._chance, self._count_of_doors)
        try:
            await self._doors.start()
            await within(240, self._talk())
            await self._count()
        finally:
            self._doors.stop()
            self._rasa.stop()
        return self.outcome

    async def _talk(self) -> None:
        numbers = (await self._doors.run("tests.soak.accounts", *_NAMES)).split()
        self._desks = [Desk(self._doors, name, int(number)) for name, number in zip(_NAMES, numbers)]
        await asyncio.gather(*(desk.sign_in() for desk in self._desks))
        await asyncio.gather(*map(self._person, range(self._people)), *map(self._advisor, self._desks))
        await asyncio.gather(*(desk.close() for desk in self._desks))

    async def _person(self, number: int) -> None:
        person, mine = Visitor(self._doors), f"Personne {number} :"
        await person.begin()
        await person.say(f"{mine} {ASKS}")
        await person.choose("Oui")
        began = time.monotonic()
        await person.hear("advisor", f"{mine} premier mot.")
        self.outcome.waited.append(time.monotonic() - began)
        await person.say(f"{mine} merci.")
        await person.is_with("bot")
        told = await person.told()
        heard = [one["text"] for one in told if one["author"] == "advisor"]
        self.outcome.faults += compared(f"heard by {number}", self._said[number], heard)
        stored = [text for _, author, text, *_ in self._doors.stored(person.conversation) if author == "advisor"]
        self.outcome.faults += compared(f"stored of {number}", self._said[number], stored)
        await person.close()

    async def _advisor(self, desk: Desk) -> None:
        """Take what waits, the first that is seen, and go on with what colleagues have passed on."""
        while len(self._ended) < self._people:
            for handoff in await self._open_to(desk):
                await self._handle(desk, handoff)
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))

    async def _open_to(self, desk: Desk) -> list[int]:
        """What a colleague has passed on to the advisor, then what waits."""
        return [*await desk.rows("live", mine=True), *await desk.rows("waiting")]

    async def _handle(self, desk: Desk, handoff: int) -> None:
        if not await desk.take(handoff):
            self.outcome.counts["seen, but another one's"] += 1
            return
        who = _WHO.search(await desk.page(handoff))
        assert who, "the request does not tell whose it is"
        number = int(who[1])
        if not self._said[number]:
            await self._answer(desk, handoff, number, "premier mot.")
        if len(self._said[number]) == 1 and self._chance.random() < 0.4:
            await self._pass_on(desk, handoff, number)
            return
        await self._end(desk, handoff, number)

    async def _answer(self, desk: Desk, handoff: int, number: int, words: str) -> None:
        text = f"Personne {number} : {words}"
        self._said[number].append(text)
        await desk.answer(handoff, text)

    async def _pass_on(self, desk: Desk, handoff: int, number: int) -> None:
        await self._answer(desk, handoff, number, "je passe la main.")
        to = self._chance.choice([None, *(one.number for one in self._desks if one is not desk)])
        self.outcome.counts["put back" if to is None else "passed on"] += 1
        await desk.hand_on(handoff, to)

    async def _end(self, desk: Desk, handoff: int, number: int) -> None:
        await self._answer(desk, handoff, number, "au revoir.")
        how, outcome = self._chance.choice([("give-back", "answered"), ("close", "oriented"), ("close", "appointment")])
        if number in self._ended:
            self.outcome.faults.append(f"{number} was ended twice")
        self._ended.add(number)
        self.outcome.outcomes.append(outcome)
        self.outcome.counts[f"ended by {how}"] += 1
        await desk.end(handoff, how, outcome)

    async def _count(self) -> None:
        """The audit and the figures against what was done."""
        moves = Counter(self._doors.database.ask(_AUDIT))
        expected = {("", "waiting"): self._people, ("live", "live"): self.outcome.counts["passed on"]}
        expected[("live", "waiting")] = self.outcome.counts["put back"]
        expected[("waiting", "live")] = self._people + self.outcome.counts["put back"]
        expected[("live", "given_back")] = self.outcome.counts["ended by give-back"]
        expected[("live", "closed")] = self.outcome.counts["ended by close"]
        for move, count in expected.items():
            self.outcome.faults += compared(f"audit, {move}", [count], [moves[move]])
        figures = json.loads(await self._doors.run("tests.crowd.figures"))
        self.outcome.faults += compared("outcomes counted", sorted(self.outcome.outcomes), figures["outcomes"])
        rounded = self._people // 5 * 5
        shown = figures["shown"]
        self.outcome.faults += compared("shown", [rounded] * 2, [shown.get("conversations"), shown.get("handoff")])


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.crowd.crowd", description="Many people, five advisors.")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        found = asyncio.run(Crowd(given.people, Path(folder), given.seed).run())
    print(found.told())
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
