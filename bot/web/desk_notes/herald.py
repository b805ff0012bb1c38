"""Sends notices in the background: every few seconds it looks who waits and whether somebody looks after them."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings

from bot.web.database import in_database
from bot.web.desk_notes import notices
from bot.web.desk_notes.models import Notice
from bot.web.desk_notes.sending import NotSent, send
from bot.web.workers import again_and_again

log = logging.getLogger(__name__)


class Herald:
    """One a process; where no way is set up it does nothing. `run` serves for ever, `look` once."""

    async def run(self) -> None:
        """Look again and again until cancelled."""
        if settings.ALERT_EMAIL or settings.ALERT_WEBHOOK:
            await again_and_again(self.look, settings.ALERT_POLL)
        await asyncio.Event().wait()  # a worker that ends is reported as a fault

    async def look(self) -> None:
        """Plan what is new, and send all that is due and falls to this process."""
        await in_database(notices.plan)
        for notice in await in_database(notices.due):
            if await in_database(notices.take, notice):
                await self._send(notice)

    async def close(self) -> None:
        """There is nothing to close: each notice opens its own connection."""

    async def _send(self, notice: Notice) -> None:
        try:
            await asyncio.to_thread(send, notice)  # it asks no database, and may take its time
        except NotSent as reason:
            pause = await in_database(notices.failed, notice)
            log.warning("a notice by %s was not sent (%s); the next try is in %d s", notice.way, reason, pause)
        else:
            await in_database(notices.sent, notice)
