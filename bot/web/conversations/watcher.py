"""Looks in the background after handoffs that wait or are silent. One process of all does it each time."""

from __future__ import annotations

from django.conf import settings

from bot.web.conversations import watch
from bot.web.database import in_database
from bot.web.workers import again_and_again


class Watcher:
    """One a process. `run` serves for ever."""

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        await again_and_again(self._look, settings.WATCH_POLL)

    async def close(self) -> None:
        """Nothing is held open."""

    async def _look(self) -> None:
        if await in_database(watch.claim):
            await in_database(watch.look)
