"""Telegram, as its documentation describes it.

Methods, fields and limits: https://core.telegram.org/bots/api (sendMessage: a text of 1-4096 characters;
InlineKeyboardButton: callback_data of 1-64 bytes; setWebhook: secret_token of 1-256 characters of A-Z a-z 0-9 _ -;
BotCommand: 1-32 characters of a-z 0-9 _, description of 1-256; answering a webhook with a method). Shapes of updates:
https://core.telegram.org/bots/api#update and https://core.telegram.org/bots/webhooks#testing-your-bot-with-updates.
Errors: {"ok": false, "error_code", "description", "parameters": {"retry_after"}}.
"""

from __future__ import annotations

import itertools
import json
import re
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx

from tests.web.local_server import respond

from .simulator import Simulator

TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
_FIELDS = {
    "sendMessage": {"chat_id", "text", "reply_markup", "link_preview_options"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "leaveChat": {"chat_id"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "setMyCommands": {"commands", "language_code"},
}
_NEEDED = {
    "sendMessage": {"chat_id", "text"},
    "answerCallbackQuery": {"callback_query_id"},
    "leaveChat": {"chat_id"},
    "setWebhook": {"url"},
    "setMyCommands": {"commands"},
}


class TelegramSimulator(Simulator):
    """Point TELEGRAM_URL at `url`; write to the door with a `Phone`."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.left: list[int] = []
        self.answered: set[str] = set()
        self.blocked: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.numbers = itertools.count(1)
        self.updates = itertools.count(700_000_001)

    def texts(self, chat: int) -> list[str]:
        """What a chat was sent, in order."""
        return [each["text"] for each in self.sent if each["chat_id"] == chat]

    def last_button(self, chat: int, label: str) -> str:
        """The data of the last button of that label."""
        found = [
            button["callback_data"]
            for message in self.sent if message["chat_id"] == chat
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row if button["text"] == label
        ]  # fmt: skip
        return str(found[-1])

    def handle(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        path = handler.path
        status = self.trouble.next()
        if status == 0:
            handler.close_connection = True
            handler.connection.close()
            return
        if not path.startswith(f"/bot{TOKEN}/"):
            return self._answer(handler, 401, {"description": "Unauthorized"})
        if status == 429:
            told = {"description": "Too Many Requests: retry after 1"}
            return self._answer(handler, 429, {**told, "parameters": {"retry_after": self.trouble.retry_after}})
        if status != 200:
            return self._answer(handler, status, {"description": "Internal Server Error"})
        method = path.rpartition("/")[2]
        code, answer = self.call(method, json.loads(body))
        self._answer(handler, code, answer)

    def call(self, method: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """One method, checked and carried out: status and answer."""
        fault = _fault(method, body)
        with self.lock:
            if fault:
                self.faults.append(f"{method}: {fault}")
                return 400, {"description": f"Bad Request: {fault}"}
            self.calls.append((method, body))
            return getattr(self, f"_{method}")(body)

    def _sendMessage(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["chat_id"] in self.blocked:
            return 403, {"description": "Forbidden: bot was blocked by the user"}
        self.sent.append(body)
        return 200, {"result": {"message_id": next(self.numbers), "chat": {"id": body["chat_id"]}, "date": 1}}

    def _answerCallbackQuery(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.answered.add(body["callback_query_id"])
        return 200, {"result": True}

    def _leaveChat(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.left.append(body["chat_id"])
        return 200, {"result": True}

    def _setWebhook(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.webhook = body
        return 200, {"result": True, "description": "Webhook was set"}

    def _setMyCommands(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.commands[body.get("language_code", "")] = body["commands"]
        return 200, {"result": True}

    def _answer(self, handler: BaseHTTPRequestHandler, status: int, answer: dict[str, Any]) -> None:
        head = {"ok": True} if status == 200 else {"ok": False, "error_code": status}
        respond(handler, status, json.dumps({**head, **answer}).encode())


def _fault(method: str, body: dict[str, Any]) -> str | None:
    """What the documentation forbids in a call; None when nothing."""
    if method not in _FIELDS:
        return "method not found"
    if body.keys() - _FIELDS[method] or _NEEDED[method] - body.keys():
        return f"fields {sorted(body)}"
    if "text" in body and not 1 <= len(body["text"].encode("utf-16-le")) // 2 <= 4096:
        return "message is too long" if body["text"] else "message text is empty"
    if method == "setWebhook":
        return _webhook_fault(body)
    if method == "setMyCommands":
        return _commands_fault(body["commands"])
    return _keyboard_fault(body["reply_markup"]) if "reply_markup" in body else None


def _keyboard_fault(markup: dict[str, Any]) -> str | None:
    rows = markup.get("inline_keyboard")
    if markup.keys() != {"inline_keyboard"} or not rows:
        return "can't parse reply keyboard markup JSON object"
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in rows):
        return "reply markup is too long"
    for button in buttons:
        if button.keys() != {"text", "callback_data"} or not button["text"]:
            return "text buttons are unallowed in the inline keyboard"
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            return "BUTTON_DATA_INVALID"
    return None


def _webhook_fault(body: dict[str, Any]) -> str | None:
    if not body["url"].startswith("https://"):
        return "bad webhook: An HTTPS URL must be provided for webhook"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", body.get("secret_token", "x")):
        return "secret token contains unallowed characters"
    return None if 1 <= body.get("max_connections", 40) <= 100 else "max_connections"


def _commands_fault(commands: list[dict[str, str]]) -> str | None:
    right = all(
        re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]) and 1 <= len(each["description"]) <= 256 for each in commands
    )
    return None if right and len(commands) <= 100 else "BOT_COMMAND_INVALID"


class Phone:
    """Somebody with Telegram. What they do becomes updates, sent to the door as Telegram sends them."""

    def __init__(self, simulator: TelegramSimulator, door: str, secret: str, user: int = 4_815_162_342) -> None:
        self.simulator, self.user = simulator, user
        self._http = httpx.Client(base_url=door, headers={HEADER: secret}, timeout=10, trust_env=False)
        self._messages = itertools.count(1)
        named = {"id": user, "first_name": "Augusta", "username": "ada_l"}
        self.chat: dict[str, Any] = {**named, "type": "private"}
        self.sender = {**named, "is_bot": False, "language_code": "fr-FR"}

    def say(self, text: str, **more: Any) -> httpx.Response:
        """Type a text."""
        return self.deliver(self.message(text=text, **more))

    def press(self, label: str) -> httpx.Response:
        """Press the last button of that label."""
        data = self.simulator.last_button(self.user, label)
        number = next(self.simulator.updates)
        message = {"message_id": 1, "chat": self.chat, "date": 1_764_000_000}
        query = {"id": f"43{number}", "from": self.sender, "message": message, "data": data, "chat_instance": "-3"}
        return self.deliver({"update_id": number, "callback_query": query})

    def share(self, lat: float, lon: float) -> httpx.Response:
        """Share a location."""
        return self.deliver(self.message(location={"latitude": lat, "longitude": lon}))

    def block(self) -> httpx.Response:
        """Block the bot."""
        self.simulator.blocked.add(self.user)
        change = {"chat": self.chat, "from": self.sender, "date": 1, "old_chat_member": {"status": "member"},
                  "new_chat_member": {"status": "kicked", "until_date": 0}}  # fmt: skip
        return self.deliver({"update_id": next(self.simulator.updates), "my_chat_member": change})

    def message(self, kind: str = "message", number: int | None = None, **content: Any) -> dict[str, Any]:
        """An update with a message."""
        body = {"message_id": next(self._messages), "from": self.sender, "chat": self.chat, "date": 1_764_000_000}
        number = next(self.simulator.updates) if number is None else number
        return {"update_id": number, kind: {**body, **content}}

    def deliver(self, update: dict[str, Any], **headers: str) -> httpx.Response:
        """Send an update to the door, and carry out the method that it may answer."""
        response = self._http.post("/channels/telegram/", json=update, headers=headers)
        if response.status_code == 200 and response.content:
            answer = response.json()
            self.simulator.call(answer.pop("method"), answer)
        return response

    @property
    def heard(self) -> list[str]:
        """What came to this phone."""
        return self.simulator.texts(self.user)
