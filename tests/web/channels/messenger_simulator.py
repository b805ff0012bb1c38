"""Messenger's Send API, as its documentation describes it.

Messages: https://developers.facebook.com/docs/messenger-platform/reference/send-api (text 2,000 characters,
messaging_type, tag HUMAN_AGENT with MESSAGE_TAG only); …/send-messages/quick-replies (13, title 20, payload 1,000);
…/reference/templates/generic (10 elements, title 80, subtitle 80, 3 buttons); …/reference/buttons (title 20). Profile:
…/reference/messenger-profile-api (greeting 160 characters; persistent menu: 20 items, title 30, a default locale).
Webhooks: …/reference/webhook-events. Errors: …/error-codes.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

import httpx

from .meta_simulator import Answer, Caller, MetaSimulator, error, fits, seconds_ago

PAGE = "1906385232743451"


class MessengerSimulator(MetaSimulator):
    """Write to the door with a `Friend`. `human` is whether the app may use the tag; `away` are people who left."""

    token = "a page token of tests"

    def __init__(self) -> None:
        super().__init__()
        self.human = True
        self.away: set[str] = set()

    def to(self, user: str) -> list[dict[str, Any]]:
        """What was sent to somebody, in order."""
        return [each for each in self.sent if each["recipient"] == {"id": user}]

    def method(self, path: str, body: dict[str, Any]) -> Answer:
        if path == f"{PAGE}/messages":
            return self._message(body)
        if path == f"{PAGE}/subscribed_apps" and body.keys() == {"subscribed_fields"}:
            self.told["page"] = body
            return 200, {"success": True}
        if path == f"{PAGE}/messenger_profile" and _profile_fits(body):
            self.told["profile"] = body
            return 200, {"result": "success"}
        return self.refuse(f"{path}: {body}")

    def _message(self, body: dict[str, Any]) -> Answer:
        fault = _fault(body)
        if fault:
            return self.refuse(fault)
        if body["recipient"]["id"] in self.away:
            return error(400, 551, 1545041)
        if "tag" in body and not self.human:
            return error(403, 10)
        sent = f"m_{next(self.numbers):032x}"
        self.sent.append({**body, "mid": sent})
        return 200, {"recipient_id": body["recipient"]["id"], "message_id": sent}


def _fault(body: dict[str, Any]) -> str | None:
    """What the documentation forbids in a message; None when nothing."""
    if body.keys() - {"tag"} != {"recipient", "messaging_type", "message"} or body["recipient"].keys() != {"id"}:
        return f"fields {sorted(body)}"
    if (body["messaging_type"], body.get("tag")) not in (("RESPONSE", None), ("MESSAGE_TAG", "HUMAN_AGENT")):
        return f"{body['messaging_type']} {body.get('tag')}"
    message = body["message"]
    if message.keys() - {"quick_replies"} not in ({"text", "metadata"}, {"attachment", "metadata"}):
        return f"message {sorted(message)}"
    if not fits(message["metadata"], 999):
        return "metadata"
    if "text" in message and not fits(message["text"], 2000):
        return "text"
    if "attachment" in message and not _template_fits(message["attachment"]):
        return f"template {message['attachment']}"
    return None if _replies_fit(message.get("quick_replies")) else f"quick replies {message['quick_replies']}"


def _replies_fit(replies: list[dict[str, Any]] | None) -> bool:
    if replies is None:
        return True
    return 1 <= len(replies) <= 13 and all(
        each.keys() == {"content_type", "title", "payload"} and each["content_type"] == "text"
        and fits(each["title"], 20) and fits(each["payload"], 1000)
        for each in replies
    )  # fmt: skip


def _template_fits(attachment: dict[str, Any]) -> bool:
    payload = attachment["payload"]
    if attachment["type"] != "template" or payload.keys() != {"template_type", "elements"}:
        return False
    elements = payload["elements"]
    return payload["template_type"] == "generic" and 1 <= len(elements) <= 10 and all(map(_element_fits, elements))


def _element_fits(element: dict[str, Any]) -> bool:
    buttons = element["buttons"]
    return (
        element.keys() - {"subtitle"} == {"title", "buttons"} and fits(element["title"], 80)
        and fits(element.get("subtitle", "x"), 80) and 1 <= len(buttons) <= 3 and all(map(_button_fits, buttons))
    )  # fmt: skip


def _button_fits(button: dict[str, Any]) -> bool:
    if not fits(button["title"], 20):
        return False
    if button["type"] == "web_url":
        return button.keys() == {"type", "title", "url"} and button["url"].startswith(("https://", "http://"))
    right = button.keys() == {"type", "title", "payload"} and re.fullmatch(r"\+\d{7,15}", button["payload"])
    return button["type"] == "phone_number" and bool(right)


def _profile_fits(body: dict[str, Any]) -> bool:
    if body.keys() != {"get_started", "greeting", "persistent_menu"} or not fits(body["get_started"]["payload"], 1000):
        return False
    locales = [{each["locale"] for each in body[name]} for name in ("greeting", "persistent_menu")]
    items = [item for menu in body["persistent_menu"] for item in menu["call_to_actions"]]
    return (
        all("default" in found for found in locales)
        and all(fits(each["text"], 160) for each in body["greeting"])
        and all(1 <= len(menu["call_to_actions"]) <= 20 for menu in body["persistent_menu"])
        and all(item["type"] == "postback" and fits(item["title"], 30) for item in items)
        and all(fits(item["payload"], 1000) for item in items)
    )


class Friend(Caller):
    """Somebody with Messenger. What they do goes to the door as Messenger sends it."""

    name = "messenger"
    _ids = itertools.count(1)

    def __init__(self, simulator: MessengerSimulator, door: str, user: str = "5489136214502913") -> None:
        super().__init__(door)
        self.simulator, self.user = simulator, user

    def say(self, text: str, **more: Any) -> httpx.Response:
        """Type a text."""
        return self.deliver(self.message(text=text, **more))

    def press(self, label: str) -> httpx.Response:
        """Press the last quick reply of that label."""
        found = [
            reply for told in self.simulator.to(self.user) for reply in told["message"].get("quick_replies", [])
            if reply["title"] == label
        ]  # fmt: skip
        return self.say(label, quick_reply={"payload": found[-1]["payload"]})

    def tap(self, payload: str, **more: Any) -> httpx.Response:
        """Press a button that stays: "Get started", or the menu."""
        return self.deliver(self.event(postback={"mid": self.mid(), "title": "?", "payload": payload, **more}))

    def message(self, **content: Any) -> dict[str, Any]:
        """An event with a message."""
        return self.event(message={"mid": self.mid(), **content})

    def echo(self, sent: dict[str, Any]) -> httpx.Response:
        """Tell the page what it sent itself."""
        content = {key: value for key, value in sent["message"].items() if key != "quick_replies"}
        message = {"mid": sent["mid"], "is_echo": True, "app_id": 1517776481860111, **content}
        head = {"sender": {"id": PAGE}, "recipient": {"id": self.user}, "timestamp": int(seconds_ago(0) * 1000)}
        return self.deliver({**head, "message": message})

    def mid(self) -> str:
        """The id of a message."""
        return f"m_{next(self._ids):060d}-_"

    def event(self, ago: float = 0.0, **content: Any) -> dict[str, Any]:
        """An event of so many seconds ago."""
        head = {"sender": {"id": self.user}, "recipient": {"id": PAGE}, "timestamp": int(seconds_ago(ago) * 1000)}
        return {**head, **content}

    def deliver(
        self, *events: dict[str, Any], page: str = PAGE, box: str = "messaging", **headers: str
    ) -> httpx.Response:
        """Send events to the door, an entry each."""
        entries = [{"id": page, "time": 1_764_000_000_000, box: [event]} for event in events]
        return self.post({"object": "page", "entry": entries}, **headers)

    @property
    def heard(self) -> list[str]:
        """The words that came to them; of cards, the titles."""
        return [_words(each["message"]) for each in self.simulator.to(self.user)]


def _words(message: dict[str, Any]) -> str:
    if "text" in message:
        return str(message["text"])
    return "\n".join(each["title"] for each in message["attachment"]["payload"]["elements"])
