"""What takes too long is ended, by the time it takes altogether."""

from __future__ import annotations

import asyncio

import pytest

from bot.web.deadline import within

from .helpers import run


async def _gives(value: int, after: float = 0.0) -> int:
    await asyncio.sleep(after)
    return value


async def _breaks() -> int:
    raise KeyError


def test_what_is_done_in_time_gives_its_result_or_its_fault() -> None:
    assert run(within(1, _gives(7))) == 7
    with pytest.raises(KeyError):
        run(within(1, _breaks()))


def test_what_takes_longer_is_cancelled() -> None:
    ended = []

    async def long() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            ended.append(True)

    with pytest.raises(TimeoutError):
        run(within(0.01, long()))
    assert ended == [True]


@pytest.mark.parametrize("after", [0.0, 10.0])
def test_who_is_cancelled_stays_so_even_where_the_work_is_done_at_that_moment(after: float) -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(within(20, _gives(7, after)))
        for _ in range(3):  # until the work has ended, where it takes no time, and before that is told
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(cancelled())
