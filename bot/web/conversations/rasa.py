"""Rasa as the door sees it: one call a turn, over HTTP, and the answer as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings

from bot.web.deadline import within


class RasaUnreachable(Exception):
    """No answer came: refused, too slow, or cut off."""


class TurnFailed(Exception):
    """Rasa answered, but the turn failed: an error status, no reply, or an answer out of shape."""


@dataclass(frozen=True)
class Reply:
    """One reply: text, choices as pairs (title, payload), cards ready to show, and the house's own parts."""

    text: str
    language: str | None
    choices: tuple[tuple[str, str], ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What Rasa answered to one message; `about` may hold intent, confidence, language, concern, place, cite."""

    replies: tuple[Reply, ...]
    about: dict[str, Any]


class RasaClient:
    """Calls the door channel of one Rasa. Close it after use."""

    def __init__(self, url: str | None = None, secret: str | None = None) -> None:
        timeout = httpx.Timeout(None, connect=settings.RASA_CONNECT_TIMEOUT)  # `within` ends a whole turn
        headers = {"Authorization": f"Bearer {secret or settings.RASA_SECRET}"}
        # trust_env: a proxy of the environment has no business between the door and Rasa.
        self._http = httpx.AsyncClient(
            base_url=url or settings.RASA_URL, timeout=timeout, headers=headers, trust_env=False
        )

    async def turn(self, sender: str, message: str, metadata: dict[str, Any], command: bool = False) -> Turn:
        """Send one message, or a button's payload as a `command`; raises `RasaUnreachable` or `TurnFailed`."""
        body = {"sender": sender, "message": message, "command": command, "metadata": metadata}
        turn = parse(_json(await self._call("POST", "webhook", body)))
        if not turn.replies:
            raise TurnFailed("no reply")
        return turn

    async def forget(self, sender: str) -> None:
        """Have Rasa erase all it holds of a conversation; raises `RasaUnreachable` or `TurnFailed`."""
        await self._call("DELETE", f"conversations/{sender}")

    async def forget_before(self, moment: datetime) -> None:
        """Have Rasa drop every conversation in which nothing was said since; raises as `forget` does."""
        await self._call("DELETE", f"conversations?before={moment.timestamp():.0f}")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        try:
            call = self._http.request(method, f"/webhooks/door/{path}", json=body)
            response = await within(settings.RASA_TIMEOUT, call)
        except (httpx.HTTPError, TimeoutError) as error:
            raise RasaUnreachable(type(error).__name__) from None
        if not response.is_success:
            raise TurnFailed(f"status {response.status_code}")
        return response


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        raise TurnFailed("not JSON") from None


def parse(answer: Any) -> Turn:
    """Read Rasa's answer; `TurnFailed` when it has not the agreed shape."""
    try:
        return Turn(tuple(map(_reply, answer["replies"])), dict(answer.get("turn") or {}))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise TurnFailed("an answer out of shape") from None


def _reply(raw: dict[str, Any]) -> Reply:
    custom = dict(raw.get("custom") or {})
    return Reply(
        text=str(raw.get("text") or ""),
        language=raw.get("language"),
        choices=tuple((str(button["title"]), str(button["payload"])) for button in raw.get("buttons") or ()),
        cards=tuple(dict(card) for card in custom.get("cards") or ()),
        custom=custom,
    )
