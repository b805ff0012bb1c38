"""Telegram's updates (https://core.telegram.org/bots/api#update) as events."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from bot.web.channels import commands
from bot.web.channels.platform import Incoming, Kind, Malformed

_MEDIA = frozenset(
    ("animation", "audio", "contact", "dice", "document", "game", "paid_media", "photo", "poll", "sticker", "story",
     "video", "video_note", "voice")
)  # fmt: skip
_GONE = ("kicked", "left")
_LONGEST_TYPE = 40
_TOO_LARGE = 2**62  # see `addresses.event_number`
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read(body: bytes) -> Incoming:
    """The event that an update tells of; raises `Malformed`."""
    try:
        update = json.loads(body)
        number = update["update_id"]
        if not isinstance(number, int) or abs(number) >= _TOO_LARGE:
            raise Malformed("update_id is no whole number")
        return _event(update, number)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Malformed(type(error).__name__) from None


def _event(update: dict[str, Any], number: int) -> Incoming:
    if "message" in update:
        return _message(update["message"], number)
    if "edited_message" in update:
        return _edited(update["edited_message"], number)
    if "callback_query" in update:
        return _pressed(update["callback_query"], number)
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"], number)
    kind = next((name for name in update if name != "update_id"), "nothing")
    return _other(number, _plain(kind))


def _other(number: int, kind: str) -> Incoming:
    return Incoming(Kind.OTHER, str(number), text=kind, order=number)


def _message(message: dict[str, Any], number: int, **more: Any) -> Incoming:
    if message["chat"]["type"] != "private":
        return _group(message["chat"], message.get("from") or {})
    whose = {**_whose(message["from"], message["chat"]), "order": number, **more}
    whose["message"] = f"{int(message['chat']['id'])}:{int(message['message_id'])}"
    if "text" in message:
        return _typed(message["text"], number, whose)
    if "location" in message:
        return _shared(message["location"], number, whose)
    if _MEDIA & message.keys():
        return Incoming(Kind.MEDIA, str(number), **whose)
    return _other(number, "service message")


def _typed(text: str, number: int, whose: dict[str, Any]) -> Incoming:
    found = commands.read(text)
    if found:
        return Incoming(Kind.COMMAND, str(number), text=found[0], argument=found[1], **whose)
    return Incoming(Kind.TEXT, str(number), text=text.encode(errors="ignore").decode(), **whose)


def _shared(location: dict[str, Any], number: int, whose: dict[str, Any]) -> Incoming:
    lat, lon = float(location["latitude"]), float(location["longitude"])
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise Malformed("no place on Earth")
    return Incoming(Kind.LOCATION, str(number), lat=lat, lon=lon, **whose)


def _edited(message: dict[str, Any], number: int) -> Incoming:
    """Of an edit only a new text counts: a live location is edited at each step of who shares it."""
    if "text" not in message or message["chat"]["type"] != "private":
        return _other(number, "edited message")
    return _message(message, number, edits=f"{int(message['chat']['id'])}:{int(message['message_id'])}")


def _pressed(query: dict[str, Any], number: int) -> Incoming:
    """A button; the event's id is the query's, which must be answered."""
    chat = (query.get("message") or {}).get("chat") or {"id": query["from"]["id"], "type": "private"}
    if chat.get("type") != "private" or "data" not in query:
        return _other(number, "callback query")
    whose = _whose(query["from"], chat)
    return Incoming(Kind.CHOICE, _name(query["id"]), text=_name(query["data"]), order=number, **whose)


def _membership(change: dict[str, Any], number: int) -> Incoming:
    """Whether the bot was blocked, or put into a group."""
    gone = change["new_chat_member"]["status"] in _GONE
    if change["chat"]["type"] == "private" and gone:
        return Incoming(Kind.BLOCKED, str(number), **_whose(change["from"], change["chat"]))
    if change["chat"]["type"] in ("group", "supergroup") and not gone:
        return _group(change["chat"], change.get("from") or {})
    return _other(number, "my_chat_member")


def _group(chat: dict[str, Any], sender: dict[str, Any]) -> Incoming:
    """What happens in a group counts once for each group, whatever it is."""
    return Incoming(Kind.GROUP, f"group:{int(chat['id'])}", address=str(chat["id"]), language=_language(sender))


def _whose(sender: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    return {"user": str(int(sender["id"])), "address": str(int(chat["id"])), "language": _language(sender)}


def _language(sender: dict[str, Any]) -> str | None:
    told = sender.get("language_code")
    return told[:2].lower() if isinstance(told, str) and told else None


def _name(value: object) -> str:
    """An id of Telegram's, or a key of ours, as we made it."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise Malformed("no name")
    return value


def _plain(kind: str) -> str:
    """The type of an update for the log: letters and underscores only, whatever was sent."""
    return re.sub(r"[^a-z_]", "", str(kind))[:_LONGEST_TYPE]
