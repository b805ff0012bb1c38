"""Carries messages to Rasa: one at a time in each conversation, in order, until each is answered or given up."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from bot.privacy.ids import random_id
from bot.web.conversations import delivery, erasure, lease
from bot.web.conversations.models import Conversation, Message
from bot.web.conversations.rasa import RasaClient, RasaUnreachable, Turn, TurnFailed
from bot.web.database import in_database
from bot.web.notifier import DISPATCHER, notifier, wait
from bot.web.workers import Tasks, giving_back, look

log = logging.getLogger(__name__)
_FORGETTING = ""  # the name of that task among those of conversations


class Dispatcher:
    """One a process. `run` serves for ever; `run_conversation` serves one conversation, once."""

    def __init__(self, rasa: RasaClient | None = None) -> None:
        self._rasa = rasa or RasaClient()
        self._tasks = Tasks(_ended)

    async def run(self) -> None:
        """Look for due conversations at each notice and each second, until cancelled."""
        with notifier.listening(DISPATCHER) as event:
            try:
                while True:
                    await look(self._look)
                    await wait(event, settings.DISPATCH_POLL)
            finally:
                await self._tasks.stop()

    async def run_conversation(self, conversation_id: str) -> None:
        """Carry what is due of one conversation, until nothing is, or Rasa fails (it is then put off)."""
        owner = random_id()
        if not await in_database(lease.take, conversation_id, owner):
            return
        async with giving_back(partial(lease.release, conversation_id, owner)):
            while await self._carry_one(conversation_id, owner):
                pass

    async def forget_erased(self) -> None:
        """Have Rasa forget the conversations that were erased here."""
        for erased in await in_database(erasure.due):
            try:
                await self._rasa.forget(erased.conversation_id)
                await in_database(erasure.forgotten, erased)
            except Exception as error:
                told = error if isinstance(error, (RasaUnreachable, TurnFailed)) else type(error).__name__
                log.warning("Rasa could not erase a conversation yet (%s)", told)
                await in_database(erasure.put_off, erased, delivery.pause(erased.attempts + 1))

    async def close(self) -> None:
        """Close the connections to Rasa."""
        await self._rasa.close()

    async def _look(self) -> None:
        free = settings.DISPATCH_AT_ONCE - len(self._tasks.names())
        for conversation_id in await in_database(lease.due, max(free, 0)):
            self._tasks.start(conversation_id, partial(self.run_conversation, conversation_id))
        # At most one at a time, beside the turns: a slow Rasa must not keep other conversations waiting.
        self._tasks.start(_FORGETTING, self.forget_erased)

    async def _carry_one(self, conversation_id: str, owner: str) -> bool:
        """One message to Rasa and back; False when there is nothing more to carry now."""
        found = await in_database(lease.next_message, conversation_id, owner)
        if found is None:
            return False
        conversation, message = found
        try:
            turn = await self._turn(conversation, message)
            return await in_database(delivery.settle, conversation_id, owner, message.seq, turn)
        except (RasaUnreachable, TurnFailed) as error:
            log.warning("Rasa failed a turn (%s), try %d", error, message.attempts + 1)
            reachable = isinstance(error, TurnFailed)
        except Exception as error:  # a fault of ours is met like a failed turn
            log.exception("a turn broke off, try %d", message.attempts + 1)
            reachable = not isinstance(error, DatabaseError)
        await in_database(delivery.put_off, conversation_id, owner, message.seq, reachable)
        return True

    async def _turn(self, conversation: Conversation, message: Message) -> Turn:
        said, is_command = message.command or message.text, bool(message.command)
        return await self._rasa.turn(conversation.id, said, _metadata(conversation, message), command=is_command)


def _metadata(conversation: Conversation, message: Message) -> dict[str, Any]:
    """What Rasa is told beside the words; by `seq` it knows a message that comes again."""
    return {
        "seq": message.seq,
        "language": conversation.language,
        "cite": conversation.cite or None,
        "channel": conversation.channel,
    }


def _ended(name: str) -> None:
    """Something may have become due in a conversation while it was served."""
    if name != _FORGETTING:
        notifier.notify(DISPATCHER)
