"""Notices between threads and coroutines."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bot.web.notifier import Notifier, wait


async def test_a_notice_from_another_thread_wakes() -> None:
    notifier = Notifier()
    with notifier.listening("a") as event:
        threading.Thread(target=notifier.notify, args=["a"]).start()
        begun = time.monotonic()
        await wait(event, 5)
        assert time.monotonic() - begun < 2
        assert not event.is_set()


async def test_without_a_notice_the_time_passes() -> None:
    notifier = Notifier()
    with notifier.listening("a") as event:
        notifier.notify("b")
        begun = time.monotonic()
        await wait(event, 0.05)
        assert time.monotonic() - begun >= 0.04


async def test_a_notice_while_nobody_waits_is_not_lost() -> None:
    notifier = Notifier()
    with notifier.listening("a") as event:
        notifier.notify("a")
        await asyncio.sleep(0)
        await asyncio.wait_for(wait(event, 60), 1)


async def test_a_cancellation_that_comes_with_a_notice_is_not_forgotten() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(wait(event, 60))
    await asyncio.sleep(0)
    event.set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_has_left_is_forgotten() -> None:
    notifier = Notifier()
    with notifier.listening("a"), notifier.listening("a"):
        assert notifier.count("a") == 2
    assert notifier.count("a") == 0
    notifier.notify("a")


async def test_closing_wakes_everybody() -> None:
    notifier = Notifier()
    with notifier.listening("a") as one, notifier.listening("b") as other:
        notifier.close()
        await asyncio.wait_for(asyncio.gather(wait(one, 60), wait(other, 60)), 1)
        assert notifier.closing
