"""Rasa's end of the wire to the door: one message in, the replies and what was understood out."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.dialogue.repeated_turn import replies_kept
from bot.dialogue.tracker_store import erase, erase_before
from bot.dialogue.turn_report import report, told_before

logger = logging.getLogger(__name__)

_SHOWN = ("text", "buttons", "custom", "language")
FIRST_WORDS = "bonjour, je pars pour Orange demain"
"""A message of which all parts of understanding are asked: they are loaded when first needed, which takes seconds."""


class DoorOutput(CollectingOutputChannel):
    """Collects each reply whole: text, buttons, custom payload and language in one message."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "door"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep what the door shows of `message`; a message without text or payload is dropped."""
        kept = {name: message.get(name) for name in _SHOWN}
        if kept["text"] or kept["custom"]:
            await self._persist_message({**kept, "buttons": kept["buttons"] or []})


class DoorInput(RestInput):
    """The REST channel, guarded by a shared secret and answering with what was understood.

    Rasa's own token guards its API but not the webhooks of channels. The secret is the environment variable
    RASA_SECRET; without it, every request is refused.
    """

    def __init__(self, secret: str) -> None:
        """Take the secret that the door sends as a bearer token."""
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, a part of its address."""
        return "door"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Read the secret from the environment, never from a file kept in the repository."""
        return cls(os.environ.get("RASA_SECRET", ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes: health, one turn, the erasure of a conversation and that of old ones."""
        routes = Blueprint(self.name(), "bot_door")

        @routes.listener("after_server_start")
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            loop.run_in_executor(None, warm, app.ctx.agent)  # beside the calls: nobody waits for it

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok", "ready": request.app.ctx.agent.is_ready()})

        @routes.route("/webhook", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request, on_new_message) if self._allowed(request) else _refused()

        @routes.route("/conversations/<sender:str>", methods=["DELETE"])
        async def forget(request: Request, sender: str) -> HTTPResponse:
            if not self._allowed(request):
                return _refused()
            agent = request.app.ctx.agent
            async with agent.lock_store.lock(sender):  # after the turn that is under way, which saves it once more
                await erase(agent.tracker_store, sender)
            return response.empty()

        @routes.route("/conversations", methods=["DELETE"])
        async def forget_before(request: Request) -> HTTPResponse:
            if not self._allowed(request):
                return _refused()
            moment = request.args.get("before", "")
            if not (moment.isascii() and moment.isdigit()):
                return response.json({"error": "before is a whole number of seconds since 1970"}, status=400)
            return response.json({"erased": await erase_before(request.app.ctx.agent.tracker_store, int(moment))})

        return routes

    def _allowed(self, request: Request) -> bool:
        given, secret = (text.encode("utf-8", "replace") for text in (request.token or "", self._secret))
        return bool(secret) and hmac.compare_digest(given, secret)

    async def _turn(self, request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
        try:
            sender, message, metadata = read(request.body)
        except ValueError as error:
            return response.json({"error": str(error)}, status=400)
        agent = request.app.ctx.agent
        try:
            async with agent.lock_store.lock(sender):  # the same message may still be under way from its first time
                tracker = await agent.tracker_store.retrieve(sender)
            replies = replies_kept(tracker, metadata)
            if replies is None:
                output = DoorOutput()
                known = {**told_before(tracker), **metadata}
                await on_new_message(UserMessage(message, output, sender, input_channel=self.name(), metadata=known))
                tracker, replies = await agent.tracker_store.retrieve(sender), output.messages
        except asyncio.CancelledError:
            return response.json({"error": "cancelled"}, status=503)
        except Exception as error:  # whatever fails, the door must know, and the log must not show the message
            logger.error("turn failed: %s", type(error).__name__)
            return response.json({"error": "the turn failed"}, status=500)
        return response.json({"replies": replies, "turn": report(tracker)})


def warm(agent: Agent) -> None:
    """Understand one message, so that no person is the first; on a thread of its own."""
    try:
        asyncio.run(agent.parse_message(FIRST_WORDS))
    except Exception as error:  # the first person then waits some seconds, and no more
        logger.warning("nothing was understood beforehand: %s", type(error).__name__)


def read(body: bytes) -> tuple[str, str, dict[str, Any]]:
    """Return the sender, the message and the metadata of a request.

    Rasa takes any text that begins with a slash for a command: "command" must be true for a button's payload, and
    other texts lose it. Raises `ValueError`, which says what is wrong without repeating any of it.
    """
    told = _object(body)
    sender, text, metadata = told.get("sender"), told.get("message"), told.get("metadata") or {}
    if not (isinstance(sender, str) and sender and isinstance(text, str) and isinstance(metadata, dict)):
        raise ValueError("sender and message are texts, metadata an object")
    is_command = told.get("command") is True
    return sender, with_context(text, metadata) if is_command else without_slash(text), metadata


def without_slash(text: str) -> str:
    """Return `text` without the slashes and blanks before its first word; Rasa drops the blanks by itself."""
    return re.sub(r"^[\s/]+", "", text)


def with_context(text: str, metadata: dict[str, Any]) -> str:
    """Return a button's payload with the conversation's language added to its entities.

    A payload ("/intent{...}") skips the recognition of language, so the language is told with it. Raises `ValueError`
    for a payload that is not well formed.
    """
    language = metadata.get("language")
    intent, brace, rest = text.partition("{")
    entities = {**({"language": language} if language else {}), **(_object(brace + rest) if brace else {})}
    return intent + (json.dumps(entities, ensure_ascii=False) if entities else "")


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise ValueError("this is not JSON") from None
    if not isinstance(found, dict):
        raise ValueError("this is not a JSON object")
    return found


def _refused() -> HTTPResponse:
    return response.json({"error": "the secret is missing or wrong"}, status=401)
