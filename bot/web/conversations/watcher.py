"""Looks in the background after handoffs that wait or are silent. One process of all does it each time."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings
from django.db import DatabaseError

from bot.web.conversations import watch
from bot.web.database import in_database

log = logging.getLogger(__name__)


class Watcher:
    """One a process. `run` serves for ever."""

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                if await in_database(watch.claim):
                    await in_database(watch.look)
            except DatabaseError:  # the next look tries again
                log.exception("the database did not answer")
            await asyncio.sleep(settings.WATCH_POLL)

    async def close(self) -> None:
        """Nothing is held open."""
