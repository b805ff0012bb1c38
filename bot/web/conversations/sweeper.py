"""Removes in the background what has been kept long enough, and makes the figures of months that are over.

One process of all does it, once an hour.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.web.channels import inbox, notes
from bot.web.conversations import retention
from bot.web.conversations.rasa import RasaClient, RasaUnreachable, TurnFailed
from bot.web.database import in_database
from bot.web.figures import closing
from bot.web.workers import again_and_again

log = logging.getLogger(__name__)


class Sweeper:
    """One a process. `run` serves for ever; `sweep` removes what there is to remove, once."""

    def __init__(self, rasa: RasaClient | None = None) -> None:
        self._rasa = rasa or RasaClient()

    async def run(self) -> None:
        """Look again and again whether it is time, and whether it falls to this process, until cancelled."""
        await again_and_again(self._look, settings.SWEEP_POLL)

    async def sweep(self) -> None:
        """Purge, make figures, and have Rasa drop the conversations of which this door knows nothing any more."""
        purged = await in_database(retention.purge)
        if purged.conversations or purged.lapsed:
            log.info("purged %d conversations, ended %d silent handoffs", purged.conversations, purged.lapsed)
        await in_database(retention.tidy)
        for kept in inbox, notes:  # the carrier tidies these too, but not once every platform is off
            await in_database(kept.tidy)
        for month in await in_database(closing.close_months):
            log.info("made the figures of %s", f"{month:%Y-%m}")
        oldest = timezone.now() - timedelta(days=await in_database(retention.longest_kept))
        try:
            await self._rasa.forget_before(oldest)
        except (RasaUnreachable, TurnFailed) as error:
            log.warning("Rasa could not drop what is old yet (%s)", error)

    async def _look(self) -> None:
        if await in_database(retention.claim):
            await self.sweep()

    async def close(self) -> None:
        """Close the connections to Rasa."""
        await self._rasa.close()
