"""Messenger's webhooks (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events) as events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.web.channels import commands
from bot.web.channels.meta_batches import dicts, entries, guarded, identity, key, moment, other, taken, text
from bot.web.channels.platform import Incoming, Kind

_FRAME = frozenset({"sender", "recipient", "timestamp"})
_NOTHING_TO_US = frozenset({"read", "delivery"})
_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read(body: bytes, page_id: str) -> list[Incoming]:
    """All that is written to our page, in order; raises `Malformed`.

    What is on `standby` belongs to another app that holds the thread: it is not ours to answer.
    """
    return [event for entry in entries(body, "page") for event in _entered(entry, page_id)]


def _entered(entry: dict[str, Any], page_id: str) -> Iterator[Incoming]:
    if entry.get("id") != page_id:
        yield other(entry, "for another page")
        return
    for each in dicts(entry, "messaging"):
        yield from guarded(_happened, each)
    for change in dicts(entry, "changes"):
        yield other(change, change.get("field"))


def _happened(event: dict[str, Any]) -> Incoming | None:
    if "message" in event:
        return _message(event, event["message"])
    if "postback" in event:
        return _postback(event, event["postback"])
    if "referral" in event:
        return _started(event, event["referral"], f"referral:{_who(event)}:{int(_at(event) * 1000)}")
    if "message_edit" in event:
        return _edited(event, event["message_edit"])
    if _NOTHING_TO_US & event.keys():
        return None
    return other(event, next((name for name in event if name not in _FRAME), "nothing"))


def _message(event: dict[str, Any], message: dict[str, Any]) -> Incoming | None:
    if message.get("is_echo"):
        return taken(message.get("metadata"), message.get("mid"))
    sent = identity(message["mid"])
    whose = {"id": sent, "message": sent, **_whose(event)}
    if "quick_reply" in message:
        return Incoming(Kind.CHOICE, text=key(message["quick_reply"]["payload"]), **whose)
    if "text" in message:
        return _typed(text(message["text"]), whose)
    if message.get("attachments"):
        return Incoming(Kind.MEDIA, **whose)
    return other(event, "message")


def _typed(said: str, whose: dict[str, Any]) -> Incoming:
    found = commands.read(said)
    if found:
        return Incoming(Kind.COMMAND, text=found[0], argument=found[1], **whose)
    return Incoming(Kind.TEXT, text=said, **whose)


def _edited(event: dict[str, Any], edit: dict[str, Any]) -> Incoming:
    """A text that replaces an earlier one; `num_edit` tells one edit of a message from the next."""
    sent = identity(edit["mid"])
    number = int(edit.get("num_edit", 0))
    return Incoming(Kind.TEXT, f"{sent}:edit:{number}", text=text(edit["text"]), edits=sent, **_whose(event))


def _postback(event: dict[str, Any], postback: dict[str, Any]) -> Incoming:
    """A button that stays: a command of the menu, or a choice of ours."""
    pressed = key(postback["payload"])
    sent = identity(postback["mid"]) if "mid" in postback else f"postback:{_who(event)}:{int(_at(event) * 1000)}"
    if commands.meaning(pressed) == "start":
        return _started(event, postback.get("referral") or {}, sent)
    kind = Kind.COMMAND if commands.meaning(pressed) else Kind.CHOICE
    return Incoming(kind, sent, text=pressed, message=sent, **_whose(event))


def _started(event: dict[str, Any], referral: dict[str, Any], sent: str) -> Incoming:
    """Somebody comes by "Get started" or by a link, which may name a Cité: m.me/PAGE?ref=marseille."""
    named = referral.get("ref")
    argument = named if isinstance(named, str) and _REFERENCE.fullmatch(named) else ""
    return Incoming(Kind.COMMAND, sent, text="start", argument=argument, message=sent, **_whose(event))


def _whose(event: dict[str, Any]) -> dict[str, Any]:
    who, at = _who(event), _at(event)
    return {"user": who, "address": who, "at": at, "order": int(at * 1000)}


def _who(event: dict[str, Any]) -> str:
    return identity(event["sender"]["id"])


def _at(event: dict[str, Any]) -> float:
    """Seconds; Messenger tells milliseconds."""
    return moment(event["timestamp"]) / 1000
