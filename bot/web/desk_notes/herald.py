"""Sends alerts in the background: every few seconds it looks who waits and whether somebody looks after them."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings

from bot.web.database import in_database
from bot.web.desk_notes import alerts
from bot.web.desk_notes.models import Alert
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
        await in_database(alerts.plan)
        for alert in await in_database(alerts.due):
            if await in_database(alerts.take, alert):
                await self._send(alert)

    async def close(self) -> None:
        """There is nothing to close: each alert opens its own connection."""

    async def _send(self, alert: Alert) -> None:
        try:
            await asyncio.to_thread(send, alert)  # it asks no database, and may take its time
        except Exception as error:
            # What is foreseen tells why, without addresses; of anything else the type alone is told.
            reason = error if isinstance(error, NotSent) else type(error).__name__
            pause = await in_database(alerts.failed, alert)
            log.warning("an alert by %s was not sent (%s); the next try is in %d s", alert.way, reason, pause)
        else:
            await in_database(alerts.sent, alert)
