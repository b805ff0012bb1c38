"""What works beside the calls goes on whatever happens, and a worker that ended is seen."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from bot.web import workers

from .helpers import run


@pytest.mark.parametrize("fault", [DatabaseError("a phrase"), ValueError("a phrase")])
def test_a_look_that_breaks_off_is_not_the_last(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    looks = []

    async def once() -> None:
        looks.append(1)
        raise fault

    run(_for_a_moment(workers.again_and_again(once, 0.001)))
    assert len(looks) > 1
    assert all("a phrase" not in record.getMessage() for record in caplog.records)


class Broken:
    """A worker that ends by itself."""

    async def run(self) -> None:
        raise KeyError

    async def close(self) -> None:
        return


class Idle(Broken):
    """One with nothing to do, as the carrier where no platform is on."""

    async def run(self) -> None:
        return


@pytest.mark.django_db
def test_health_tells_of_a_worker_that_ended(client: Client) -> None:
    run(_start(Broken(), Idle()))
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "stopped", "workers": ["broken"]})
    run(_start_and_stop(Broken()))
    assert client.get("/health").json() == {"status": "ok"}


async def _start(*started: workers.Worker) -> None:
    await asyncio.wait([workers.start(each) for each in started])
    await asyncio.sleep(0)


async def _start_and_stop(worker: workers.Worker) -> None:
    workers.start(worker).cancel()


async def _for_a_moment(work: Any) -> None:
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
