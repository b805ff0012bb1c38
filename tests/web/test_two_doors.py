"""Two doors, each a process of its own, on one PostgreSQL: what is done at one is told at the other, and done once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from bot.web.settings import STREAM_POLL
from tests.kills.rasa import ASKS, GREETING, answer, echo
from tests.postgres import Postgres, postgres
from tests.soak.doors import Doors
from tests.soak.insisting import Desk, Visitor

from .conftest import until
from .fake_rasa import SECRET, FakeRasa
from .listener import Listener

__all__ = ["postgres"]
SOON = STREAM_POLL + 3  # seconds: the next look at the database, on a machine with much to do


@dataclass
class Door:
    """One of the two, to which somebody goes who is sent to no other."""

    url: str

    def any_door(self) -> str:
        return self.url


@dataclass
class Both:
    """The doors and the server that is Rasa to them."""

    processes: Doors
    rasa: FakeRasa
    one: Door = field(init=False)
    other: Door = field(init=False)

    def __post_init__(self) -> None:
        self.one, self.other = map(Door, self.processes.each())

    @asynccontextmanager
    async def advisor(self, name: str, door: Door) -> AsyncIterator[Desk]:
        """Somebody signed in at the desk of one of them."""
        number = await self.processes.run("tests.soak.accounts", name)
        desk = Desk(door, name, int(number))  # type: ignore[arg-type]
        try:
            await desk.sign_in()
            yield desk
        finally:
            await desk.close()


@pytest.fixture(scope="module")
def both(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    rasa = FakeRasa()
    rasa.answer, rasa.delay = answer, 0.1
    rasa.start()
    folder = tmp_path_factory.mktemp("doors")
    doors = Doors(folder, rasa.url, SECRET, 30, random.Random(1), database_url=postgres.new("two doors"))
    try:
        asyncio.run(doors.start())
        yield Both(doors, rasa)
    finally:
        doors.stop()
        rasa.stop()


@asynccontextmanager
async def begun(door: Door) -> AsyncIterator[Visitor]:
    """Somebody with a conversation at one of them."""
    visitor = Visitor(door)  # type: ignore[arg-type]
    try:
        await visitor.begin()
        await visitor.hear("bot", GREETING)
        yield visitor
    finally:
        await visitor.close()


async def test_a_stream_at_one_door_tells_what_an_advisor_does_at_the_other(both: Both) -> None:
    async with begun(both.one) as person, both.advisor("Camille", both.other) as camille:
        heard = Listener(both.one, SimpleNamespace(id=person.conversation, token=person.token))
        await person.say(f"Deux portes : {ASKS}")
        await person.choose("Oui")
        handoff = await camille.find("waiting", "Deux portes")
        assert await camille.take(handoff)
        until(lambda: ("advisor", "Camille") in heard.states(), SOON)
        await camille.answer(handoff, "Bonjour de l'autre porte.")
        until(lambda: ("advisor", "Bonjour de l'autre porte.") in heard.said(), SOON)
        await person.say("Merci à vous.")
        assert ("person", "Merci à vous.") in await camille.reads(handoff)
        await camille.end(handoff, "give-back", "answered")
        until(lambda: heard.states()[-1] == ("bot", None), SOON)
    heard.stop()
    assert heard.seqs() == sorted(set(heard.seqs()))


async def test_a_message_is_carried_once_whichever_doors_a_conversation_comes_by(both: Both) -> None:
    async with AsyncExitStack() as open_ones:
        people = [await open_ones.enter_async_context(begun(both.one)) for _ in range(4)]
        before = len(both.rasa.calls)
        for number in range(4):
            for person in people:
                person.goes_to(both.other if number % 2 else both.one)  # type: ignore[arg-type]
            await asyncio.gather(*(person.say(f"n{number}") for person in people))
        for person in people:
            await person.hear("bot", echo("n3"))
            told = [one["text"] for one in await person.told() if one["author"] == "bot"]
            assert told == [GREETING, *(echo(f"n{number}") for number in range(4))]
            assert both.rasa.most_at_once[person.conversation] == 1
        assert len(both.rasa.calls) - before == 16
