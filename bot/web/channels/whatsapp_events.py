"""WhatsApp's webhooks as events.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages; people who hide
their number behind a name have an id instead, that of the `from_user_id`:
https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.web.channels import commands, home_language
from bot.web.channels.meta_batches import dicts, entries, guarded, identity, key, moment, other, place, taken, text
from bot.web.channels.platform import Incoming, Kind, bounce_id

_MEDIA = frozenset({"audio", "contacts", "document", "image", "order", "sticker", "unsupported", "video"})
_FAILED = "failed"
_FIELD = "messages"


def read(body: bytes, phone_id: str) -> list[Incoming]:
    """All that is for our number, in order; raises `Malformed`."""
    changes = (change for entry in entries(body, "whatsapp_business_account") for change in dicts(entry, "changes"))
    return [event for change in changes for event in _changed(change, phone_id)]


def _changed(change: dict[str, Any], phone_id: str) -> Iterator[Incoming]:
    value = change.get("value")
    if change.get("field") != _FIELD or not isinstance(value, dict):
        yield other(change, change.get("field"))
        return
    numbers = value.get("metadata")
    if not isinstance(numbers, dict) or numbers.get("phone_number_id") != phone_id:
        yield other(change, "for another number")
        return
    for message in dicts(value, "messages"):
        yield from guarded(_message, message)
    for status in dicts(value, "statuses"):
        yield from guarded(_status, status)
    for error in dicts(value, "errors"):
        yield other(error, "errors")


def _message(message: dict[str, Any]) -> Incoming:
    kind = str(message["type"])
    if "group_id" in message:
        return other(message, "in a group")
    if kind in _MEDIA:
        return Incoming(Kind.MEDIA, **_whose(message))
    reader = _READERS.get(kind)
    return reader(message) if reader else other(message, kind)


def _typed(message: dict[str, Any]) -> Incoming:
    return _words(message, text(message["text"]["body"]))


def _template_button(message: dict[str, Any]) -> Incoming:
    """A button of a template, pressed: its words, for the payload is none of ours."""
    return _words(message, text(message["button"]["text"]))


def _words(message: dict[str, Any], said: str) -> Incoming:
    found = commands.read(said)
    if found:
        return Incoming(Kind.COMMAND, text=found[0], argument=found[1], **_whose(message))
    return Incoming(Kind.TEXT, text=said, **_whose(message))


def _pressed(message: dict[str, Any]) -> Incoming:
    """A reply button, or a row of a list."""
    reply = message["interactive"]
    if reply["type"] not in ("button_reply", "list_reply"):
        return other(message, reply["type"])
    return Incoming(Kind.CHOICE, text=key(reply[reply["type"]]["id"]), **_whose(message))


def _shared(message: dict[str, Any]) -> Incoming:
    lat, lon = place(message["location"]["latitude"], message["location"]["longitude"])
    return Incoming(Kind.LOCATION, lat=lat, lon=lon, **_whose(message))


_READERS: dict[str, Callable[[dict[str, Any]], Incoming]] = {
    "text": _typed,
    "button": _template_button,
    "interactive": _pressed,
    "location": _shared,
}


def _status(status: dict[str, Any]) -> Incoming | None:
    """What could not be delivered; and, by the key that it was sent with, what was taken."""
    if status["status"] != _FAILED:
        return taken(status.get("biz_opaque_callback_data"), status["id"])
    sent = identity(status["id"])
    codes = [str(error["code"]) for error in dicts(status, "errors") if isinstance(error.get("code"), int)]
    return Incoming(Kind.UNDELIVERED, bounce_id(sent), text=codes[0] if codes else _FAILED, message=sent)


def _whose(message: dict[str, Any]) -> dict[str, Any]:
    """Who writes: answered at their number where it is told, found again by their id for us where they have one."""
    number = identity(message["from"]) if message.get("from") else ""
    user = identity(message["from_user_id"]) if message.get("from_user_id") else number
    sent, at = identity(message["id"]), moment(message["timestamp"])
    language = home_language.of_number(number) if number else home_language.of_country(user[:2])
    return {"id": sent, "message": sent, "user": identity(user), "address": number or user, "at": at, "order": int(at),
            "language": language}  # fmt: skip
