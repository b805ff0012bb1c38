"""Several servers at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.web.conversations.dispatcher import Dispatcher
from bot.web.database import in_database

from .fake_rasa import FakeRasa
from .helpers import begin, progress, run, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


async def _serve_while(condition: Any) -> None:
    dispatcher = Dispatcher()
    task = asyncio.create_task(dispatcher.run())
    try:
        while not await in_database(condition):
            await asyncio.sleep(0.02)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await dispatcher.close()


def test_two_servers_share_the_work_without_doubling_any(rasa: FakeRasa) -> None:
    rasa.delay = 0.02
    talks = [begin() for _ in range(6)]
    for talk in talks:
        for number in range(3):
            say(talk, f"n{number}")

    def done() -> bool:
        return all(progress(talk) == ["answered"] * 3 for talk in talks)

    async def both() -> None:
        await asyncio.wait_for(asyncio.gather(_serve_while(done), _serve_while(done)), 20)

    run(both())
    for talk in talks:
        assert texts(talk, "bot") == ["Réponse à : n0", "Réponse à : n1", "Réponse à : n2"]
    assert len(rasa.calls) == 18
    assert set(rasa.most_at_once.values()) == {1}
