"""WhatsApp's Cloud API, as its documentation describes it.

Messages: https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api
(text: 4,096 characters); …/whatsapp/messages/interactive-reply-buttons-messages (body 1,024, 3 buttons, title 20, id
256); …/whatsapp/messages/interactive-list-messages (body 4,096, button 20, 10 sections, each with a title of 24, 10
rows in all, id 200, title 24, description 72); …/whatsapp/templates/overview. Webhooks:
…/whatsapp/webhooks/reference/messages and …/whatsapp/webhooks/reference/messages/status. Errors:
…/whatsapp/support/error-codes. Commands: …/whatsapp/business-phone-numbers/conversational-components (30 commands,
name 32, description 256). People without a number that is shown: …/whatsapp/business-scoped-user-ids (`from_user_id`,
`recipient`).
"""

from __future__ import annotations

import itertools
import re
from typing import Any

import httpx

from .meta_simulator import Answer, Caller, MetaSimulator, error, fits, seconds_ago

PHONE, ACCOUNT, TEMPLATE = "106540352242922", "102290129340398", "advisor_answer"
_NUMBER = re.compile(r"[1-9]\d{6,14}")
_SCOPED = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
_HEAD = {"messaging_product", "recipient_type", "type", "biz_opaque_callback_data"}


class WhatsAppSimulator(MetaSimulator):
    """Write to the door with a `Mobile`. `closed` are those to whom only templates go."""

    token = "a WhatsApp token of tests"

    def __init__(self) -> None:
        super().__init__()
        self.closed: set[str] = set()

    def to(self, address: str) -> list[dict[str, Any]]:
        """What was sent to somebody, in order."""
        return [each for each in self.sent if address in (each.get("to"), each.get("recipient"))]

    def method(self, path: str, body: dict[str, Any]) -> Answer:
        if path == f"{PHONE}/messages":
            return self._message(body)
        if path == f"{ACCOUNT}/subscribed_apps" and not body:
            self.told["account"] = body
            return 200, {"success": True}
        if path == f"{PHONE}/conversational_automation" and _commands_fit(body):
            self.told["commands"] = body
            return 200, {"success": True}
        return self.refuse(f"{path}: {body}")

    def _message(self, body: dict[str, Any]) -> Answer:
        fault = _fault(body)
        if fault:
            return self.refuse(fault)
        address = body.get("to") or body["recipient"]
        if body["type"] == "template":
            if body["template"]["name"] != TEMPLATE:
                return error(404, 132001)
        elif address in self.closed:
            return error(400, 131047)
        sent = f"wamid.{next(self.numbers):040X}=="
        self.sent.append({**body, "id": sent})
        return 200, {"messaging_product": "whatsapp", "contacts": [{"input": address}], "messages": [{"id": sent}]}


def _fault(body: dict[str, Any]) -> str | None:
    """What the documentation forbids in a message; None when nothing."""
    kind = body.get("type")
    addressed = body.keys() & {"to", "recipient"}
    if kind not in _CHECKS or body.keys() != {*_HEAD, kind, *addressed} or len(addressed) != 1:
        return f"fields {sorted(body)}"
    if body["messaging_product"] != "whatsapp" or body["recipient_type"] != "individual":
        return "head"
    if not fits(body["biz_opaque_callback_data"], 512):
        return "biz_opaque_callback_data"
    if not _NUMBER.fullmatch(body.get("to", "33600000000")) or not _SCOPED.fullmatch(body.get("recipient", "FR.1")):
        return "recipient"
    return None if _CHECKS[kind](body[kind]) else f"{kind} {body[kind]}"


def _text_fits(text: dict[str, Any]) -> bool:
    return text.keys() == {"body", "preview_url"} and fits(text["body"], 4096)


def _interactive_fits(told: dict[str, Any]) -> bool:
    if told.keys() != {"type", "body", "action"} or told["body"].keys() != {"text"}:
        return False
    text, action = told["body"]["text"], told["action"]
    if told["type"] == "button":
        return fits(text, 1024) and action.keys() == {"buttons"} and _buttons_fit(action["buttons"])
    return told["type"] == "list" and fits(text, 4096) and _list_fits(action)


def _buttons_fit(buttons: list[dict[str, Any]]) -> bool:
    replies = [each["reply"] for each in buttons if each.keys() == {"type", "reply"} and each["type"] == "reply"]
    right = all(
        each.keys() == {"id", "title"} and fits(each["id"], 256) and fits(each["title"], 20) for each in replies
    )
    return right and 1 <= len(replies) == len(buttons) <= 3 and _differ(replies, "id") and _differ(replies, "title")


def _list_fits(action: dict[str, Any]) -> bool:
    if action.keys() != {"button", "sections"} or not fits(action["button"], 20):
        return False
    if any(section.keys() != {"title", "rows"} or not fits(section["title"], 24) for section in action["sections"]):
        return False
    rows = [row for section in action["sections"] for row in section["rows"]]
    right = all(
        {"id", "title"} <= row.keys() <= {"id", "title", "description"}
        and fits(row["id"], 200) and fits(row["title"], 24) and fits(row.get("description", "x"), 72)
        for row in rows
    )  # fmt: skip
    return right and 1 <= len(action["sections"]) <= 10 and 1 <= len(rows) <= 10 and _differ(rows, "id")


def _differ(found: list[dict[str, Any]], name: str) -> bool:
    return len({each[name] for each in found}) == len(found)


def _template_fits(told: dict[str, Any]) -> bool:
    [component] = told["components"]
    [parameter] = component["parameters"]
    return (
        told.keys() == {"name", "language", "components"}
        and told["language"]["code"] in ("fr", "en", "es", "it", "pt_PT")
        and component["type"] == "body" and parameter["type"] == "text"
        and fits(parameter["text"], 1024) and not re.search(r"[\n\t]| {5}", parameter["text"])
    )  # fmt: skip


_CHECKS = {"text": _text_fits, "interactive": _interactive_fits, "template": _template_fits}


def _commands_fit(body: dict[str, Any]) -> bool:
    right = all(fits(each["command_name"], 32) and fits(each["command_description"], 256) for each in body["commands"])
    return right and body.keys() == {"commands"} and len(body["commands"]) <= 30


class Mobile(Caller):
    """Somebody with WhatsApp. What they do goes to the door as WhatsApp sends it."""

    name = "whatsapp"
    _ids = itertools.count(1)

    def __init__(self, simulator: WhatsAppSimulator, door: str, number: str = "33612345678", scoped: str = "") -> None:
        super().__init__(door)
        self.simulator, self.number, self.scoped = simulator, number, scoped

    def say(self, text: str, **more: Any) -> httpx.Response:
        """Type a text."""
        return self.deliver(self.message("text", {"body": text}, **more))

    def press(self, label: str) -> httpx.Response:
        """Press the last reply button, or row of a list, of that label."""
        for told in reversed(self.simulator.to(self.address)):
            action = told.get("interactive", {}).get("action", {})
            for button in action.get("buttons", []):
                if button["reply"]["title"] == label:
                    return self.choose("button_reply", button["reply"])
            for row in [row for section in action.get("sections", []) for row in section["rows"]]:
                if label in (row["title"], row.get("description")):
                    return self.choose("list_reply", row)
        raise AssertionError(f"no {label!r} was offered")

    def choose(self, kind: str, chosen: dict[str, str]) -> httpx.Response:
        """Send a choice."""
        return self.deliver(self.message("interactive", {"type": kind, kind: chosen}))

    def share(self, lat: float, lon: float) -> httpx.Response:
        """Share a location."""
        return self.deliver(self.message("location", {"latitude": lat, "longitude": lon, "name": "?", "address": "?"}))

    def status(self, sent: str, status: str, *codes: int) -> httpx.Response:
        """Tell what became of a message."""
        errors = [{"code": code, "title": "no", "message": "no", "error_data": {"details": "no"}} for code in codes]
        more = {"errors": errors} if errors else {}
        told = {"id": sent, "status": status, "timestamp": "1764000000", "recipient_id": self.number, **more}
        for each in self.simulator.sent:
            if each["id"] == sent:
                told["biz_opaque_callback_data"] = each["biz_opaque_callback_data"]
        return self.post(batch({"statuses": [told]}))

    def message(self, kind: str, content: Any, ago: float = 0.0) -> dict[str, Any]:
        """A message, written so many seconds ago."""
        who = {"from": self.number} if self.number else {}
        scoped = {"from_user_id": self.scoped} if self.scoped else {}
        return {**who, **scoped, "id": f"wamid.HBgL{next(self._ids):020d}==", "timestamp": str(int(seconds_ago(ago))),
                "type": kind, kind: content}  # fmt: skip

    def deliver(self, *messages: dict[str, Any], **headers: str) -> httpx.Response:
        """Send messages to the door, in one call."""
        contact = {"profile": {"name": "Ada Lovelace"}, "wa_id": self.number}
        return self.post(batch({"contacts": [contact], "messages": list(messages)}), **headers)

    @property
    def address(self) -> str:
        """What messages to them are addressed with."""
        return self.number or self.scoped

    @property
    def heard(self) -> list[str]:
        """The words that came to this telephone."""
        return [_words(each) for each in self.simulator.to(self.address)]


def _words(told: dict[str, Any]) -> str:
    if told["type"] == "template":
        return f"[{told['template']['name']}]"
    return str(told["text"]["body"] if told["type"] == "text" else told["interactive"]["body"]["text"])


def batch(*values: dict[str, Any], phone: str = PHONE, field: str = "messages") -> dict[str, Any]:
    """A call with changes, an entry each."""
    head = {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "3310", "phone_number_id": phone}}
    changes = [{"value": {**head, **value}, "field": field} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": [each]} for each in changes]}
