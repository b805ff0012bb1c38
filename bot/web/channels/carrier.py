"""Carries the outbox to the platforms, in order for each person; a platform that is down keeps no other waiting."""

from __future__ import annotations

import logging
import ssl
import time
from functools import lru_cache, partial
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from bot.knowledge.gazetteer import gazetteer
from bot.privacy.ids import random_id
from bot.web.channels import addresses, inbox, late, notes, outbox, registry
from bot.web.channels.hooks import OUTBOX
from bot.web.channels.models import Contact, Note, Parcel
from bot.web.channels.platform import Gone, Platform, Rejected, TooLate, TryLater
from bot.web.channels.reasons import FAULT
from bot.web.database import in_database
from bot.web.deadline import within
from bot.web.notifier import notifier, wait
from bot.web.workers import Tasks, giving_back, look

log = logging.getLogger(__name__)
_TIDY_EVERY = 60.0  # seconds
_NOTES = 0  # the name of that task among those of contacts, which begin at 1


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """The authorities whose certificates are trusted; reading them takes longer than anything else here."""
    return httpx.create_ssl_context()


class Carrier:
    """One a process. `run` serves for ever; `run_contact` sends what is due to one contact."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None
        self._tasks = Tasks(_ended)
        self._tidied = 0.0

    async def run(self) -> None:
        """Look for what is due at each notice and each second, until cancelled; nothing where no platform is on."""
        if not registry.all_on():
            return
        await in_database(gazetteer)  # a shared location is then looked up in milliseconds
        with notifier.listening(OUTBOX) as event:
            try:
                while True:
                    await look(self._look)
                    await wait(event, settings.DISPATCH_POLL)
            finally:
                await self._tasks.stop()

    async def run_contact(self, platform: Platform, contact_id: int) -> None:
        """Send what is due to one contact, until nothing is, or the platform fails (it is then put off)."""
        owner = random_id()
        if not await in_database(outbox.take, contact_id, owner):
            return
        async with giving_back(partial(outbox.release, contact_id, owner)):
            while await self._send_next(platform, contact_id, owner):
                pass

    async def close(self) -> None:
        """Close the connections to the platforms."""
        if self._client is not None:
            await self._client.aclose()

    @property
    def _http(self) -> httpx.AsyncClient:
        """Made when it is first needed: most doors have no platform."""
        if self._client is None:
            # No timeout of its steps: `within` ends a whole message.
            self._client = httpx.AsyncClient(timeout=None, verify=_certificates(), follow_redirects=False)
        return self._client

    async def _look(self) -> None:
        for platform in registry.all_on():
            await self._look_at(platform)
        if time.monotonic() > self._tidied + _TIDY_EVERY:
            self._tidied = time.monotonic()
            await in_database(notes.tidy)
            await in_database(inbox.tidy)

    async def _look_at(self, platform: Platform) -> None:
        """Each platform has places of its own: one that is slow takes none of another's."""
        taken = sum(name == platform.name and contact != _NOTES for name, contact in self._tasks.names())
        for contact_id in await in_database(outbox.due, platform.name, max(settings.SEND_AT_ONCE - taken, 0)):
            self._tasks.start((platform.name, contact_id), partial(self.run_contact, platform, contact_id))
        self._tasks.start((platform.name, _NOTES), partial(self.send_notes, platform))

    async def _send_next(self, platform: Platform, contact_id: int, owner: str) -> bool:
        """One parcel to the platform; False when there is nothing more to send now."""
        found = await in_database(outbox.next_parcel, contact_id, owner, platform)
        if found is None:
            return False
        contact, parcel = found
        try:
            await self._deliver(platform, contact, parcel, owner)
        except Exception:
            log.exception("a message to %s broke off, try %d", platform.name, parcel.attempts)
            await in_database(outbox.put_off, contact_id, owner, parcel, FAULT)
        return True

    async def _deliver(self, platform: Platform, contact: Contact, parcel: Parcel, owner: str) -> None:
        """Send one parcel, and settle what became of it."""
        body = platform.timely(parcel.body, timezone.now() - contact.last_heard, parcel.by_advisor)
        try:
            if body is None:
                return await self._hold(platform, contact, parcel)
            sent_id = await self._send(platform, contact.address, body, parcel.key)
        except TryLater as error:
            log.warning("%s takes no message now (%s), try %d", platform.name, error, parcel.attempts)
            await in_database(outbox.put_off, contact.pk, owner, parcel, error.reason, error.after)
        except Gone:
            await in_database(outbox.forget, contact.pk)
        except TooLate as error:
            await in_database(late.hold, contact, parcel, error.reason)
        except Rejected as error:
            log.error("%s refused a message for good (%s)", platform.name, error)
            await in_database(outbox.dead, parcel, error.reason)
        else:
            await in_database(outbox.sent, parcel, platform.name, sent_id)

    async def _hold(self, platform: Platform, contact: Contact, parcel: Parcel) -> None:
        """What comes too late waits; where an advisor wrote it, the person is asked once for a sign of life."""
        knock, sent_id = await in_database(late.knock, platform, contact, parcel), None
        if knock:
            try:
                sent_id = await self._send(platform, contact.address, knock, random_id())  # not the answer's key
            except (Rejected, TooLate) as error:
                log.error("%s refused the word that asks for a sign of life (%s)", platform.name, error)
        await in_database(late.hold, contact, parcel, "window", sent_id)

    async def _send(self, platform: Platform, address: str, body: dict[str, Any], key: str) -> str:
        try:
            sending = platform.send(self._http, addresses.unseal(address), body, key)
            return await within(settings.SEND_TIMEOUT, sending)
        except (httpx.HTTPError, TimeoutError) as error:
            raise TryLater(type(error).__name__) from None
        except addresses.Unreadable:
            raise Gone("key changed") from None

    async def send_notes(self, platform: Platform) -> None:
        """Send the words to those whose conversation is gone, one after the other."""
        while (note := await in_database(notes.take_next, platform.name)) is not None:
            await self._send_note(platform, note)

    async def _send_note(self, platform: Platform, note: Note) -> None:
        after: float | None = None
        try:
            await self._send(platform, note.address, note.body, note.key)
        except (Gone, Rejected, TooLate):
            pass  # it will never arrive
        except TryLater as error:
            after = error.after or outbox.pause(note.attempts + 1)
        except Exception:
            log.exception("a note to %s broke off, try %d", platform.name, note.attempts + 1)
            after = outbox.pause(note.attempts + 1)
        if after is None:
            await in_database(notes.settle, note)
        else:
            await in_database(notes.put_off, note, after)


def _ended(name: tuple[str, int]) -> None:
    """Something may have become due to a contact while it was served."""
    if name[1] != _NOTES:
        notifier.notify(OUTBOX)
