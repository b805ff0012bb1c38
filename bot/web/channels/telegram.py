"""Telegram, by its Bot API (https://core.telegram.org/bots/api): a webhook in, `sendMessage` out.

The secret that Telegram sends with each call is given to it by `register` (`setWebhook`, `secret_token`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import httpx
from django.conf import settings

from bot.privacy.ids import keyed_hash, same
from bot.web.channels import commands, telegram_updates
from bot.web.channels.capabilities import Capabilities, Choices, utf16
from bot.web.channels.pauses import asked, bounded
from bot.web.channels.platform import Answer, Call, Gone, Incoming, Kind, Platform, Rejected, TryLater
from bot.web.channels.rendering import Part
from bot.web.words import LANGUAGES, word

_HEADER = "x-telegram-bot-api-secret-token"
_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
_CONNECTIONS = 20
_ACROSS = 12  # characters up to which buttons stand beside each other
_LONGEST = 4096  # of a text "after entities parsing"
_LOST = ("chat not found", "user is deactivated", "bot was kicked", "PEER_ID_INVALID")


class Telegram(Platform):
    """One bot of Telegram's."""

    name = "telegram"
    shown = carriers = "Telegram"
    required = ("TELEGRAM_TOKEN",)
    gapless = True
    # A keyboard has at most 100 buttons; no length of a label is documented: beyond this phones cut it.
    capabilities = Capabilities(text=_LONGEST, size=utf16, buttons=Choices(count=20, label=64, text=_LONGEST))

    def verify(self, call: Call) -> bool:
        """Whether the secret that we gave to Telegram comes with the call."""
        return same(call.headers.get(_HEADER, ""), _secret())

    def parse(self, call: Call) -> list[Incoming]:
        """The one event of an update."""
        return [telegram_updates.read(call.body)]

    def acknowledge(self, taken: Sequence[tuple[Incoming, bool]]) -> Answer:
        """Telegram takes one call of a method as the answer: nothing of it need be kept here to be made."""
        if not taken:
            return Answer()
        event, new = taken[0]
        if event.kind == Kind.CHOICE:
            return _call("answerCallbackQuery", callback_query_id=event.id)
        if event.kind == Kind.GROUP and new:
            text = word("channels.groups", event.language or LANGUAGES[0])
            return _call("sendMessage", chat_id=int(event.address), text=text)
        if event.kind == Kind.GROUP:
            return _call("leaveChat", chat_id=int(event.address))
        return Answer()

    def render(self, part: Part) -> dict[str, Any]:
        """`sendMessage` without chat_id: no preview of links, which Telegram would load for all to see."""
        body: dict[str, Any] = {"text": part.text, "link_preview_options": {"is_disabled": True}}
        if part.choices:
            buttons = [{"text": choice.label, "callback_data": choice.key} for choice in part.choices]
            wide = any(utf16(choice.label) > _ACROSS for choice in part.choices)
            body["reply_markup"] = {"inline_keyboard": _rows(buttons, 1 if wide else 3)}
        return body

    async def send(self, http: httpx.AsyncClient, address: str, body: dict[str, Any], key: str) -> str:
        """Send one message. Telegram knows no key by which it would drop repeats."""
        result = await _post(http, "sendMessage", {"chat_id": int(address), **body})
        return f"{address}:{result.get('message_id')}"

    async def register(self, http: httpx.AsyncClient, webhook: str) -> list[str]:
        """Set the webhook, and the menu of commands in each language."""
        told = {"url": webhook, "secret_token": _secret(), "allowed_updates": _UPDATES, "max_connections": _CONNECTIONS}
        await _post(http, "setWebhook", told)
        for language in LANGUAGES:
            await _post(http, "setMyCommands", {"commands": _menu(language), "language_code": language})
        await _post(http, "setMyCommands", {"commands": _menu(LANGUAGES[0])})
        return [f"webhook set to {webhook}", f"commands set in {', '.join(LANGUAGES)}"]


def _secret() -> str:
    """What Telegram is to send with each call: given, else made of the token and our own secret."""
    made = keyed_hash(settings.TELEGRAM_TOKEN, settings.SECRET_KEY, "telegram webhook")
    return str(settings.TELEGRAM_SECRET or made)


def _rows(buttons: list[dict[str, str]], width: int) -> list[list[dict[str, str]]]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _menu(language: str) -> list[dict[str, str]]:
    return [
        {"command": commands.names(each, language)[0], "description": word(f"channels.commands.{each}.about", language)}
        for each in commands.MEANINGS
    ]


def _call(method: str, **fields: Any) -> Answer:
    return Answer(json.dumps({"method": method, **fields}, ensure_ascii=False), "application/json")


async def _post(http: httpx.AsyncClient, method: str, body: dict[str, Any]) -> dict[str, Any]:
    """Call a method; its result, or {} where that is no object. Raises a `SendFailed`."""
    url = f"{settings.TELEGRAM_URL.rstrip('/')}/bot{settings.TELEGRAM_TOKEN}/{method}"
    try:
        response = await http.post(url, json=body)
    except httpx.HTTPError as error:  # its message would hold the token
        raise TryLater(type(error).__name__) from None
    answer = _json(response)
    if response.is_success and answer.get("ok"):
        result = answer.get("result")
        return result if isinstance(result, dict) else {}
    raise _failure(response, answer)


def _failure(response: httpx.Response, answer: dict[str, Any]) -> Rejected | TryLater | Gone:
    """What a refusal means; one in which Telegram itself does not speak is somebody's on the way, who forbids nothing
    for good."""
    status, told = response.status_code, str(answer.get("description", ""))
    if answer.get("ok") is not False:
        return TryLater(str(status), asked(response.headers))
    if status == 403 or (status == 400 and any(words in told for words in _LOST)):
        return Gone(str(status))
    if status == 429:
        parameters = answer.get("parameters")
        after = bounded(parameters.get("retry_after")) if isinstance(parameters, dict) else None
        return TryLater("429", after or asked(response.headers))
    if status in (400, 413):
        return Rejected(str(status))
    return TryLater(str(status), asked(response.headers))  # down, or the token is wrong, which somebody will mend


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
