"""Meta's webhooks as batches of events: one that is out of shape takes none of the others with it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from bot.web.channels.platform import Incoming, Kind, Malformed

_ID = re.compile(r"[\w.$=+/:-]{1,256}", re.ASCII)
_KEY = re.compile(r"[\w:-]{1,64}", re.ASCII)
_LONGEST_TYPE = 40
_LATEST = 2**43  # no later moment is meant, in seconds or in milliseconds


def entries(body: bytes, subject: str) -> list[dict[str, Any]]:
    """The entries of a call about `subject`; raises `Malformed`."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(type(error).__name__) from None
    if not isinstance(call, dict) or call.get("object") != subject:
        raise Malformed("another object")
    return dicts(call, "entry")


def dicts(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list; what is none, or no list, is left out."""
    found = holder.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def guarded(read: Callable[[dict[str, Any]], Incoming | None], told: dict[str, Any]) -> Iterator[Incoming]:
    """The event that `told` is, if it is one; of one that is out of shape only that it came."""
    try:
        event = read(told)
    except (Malformed, KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        event = other(told, "out of shape")
    if event is not None:
        yield event


def other(told: object, kind: object) -> Incoming:
    """Something that is not for us, known again by what it holds; its type holds letters and underscores only."""
    content = json.dumps(told, sort_keys=True).encode()
    name = re.sub(r"[^a-z_ ]", "", str(kind)[: 2 * _LONGEST_TYPE])[:_LONGEST_TYPE]
    return Incoming(Kind.OTHER, f"other:{sha256(content).hexdigest()}", text=name)


def taken(key_told: object, sent: object) -> Incoming | None:
    """That Meta took a message of ours, by the key that it gives back; None where it is another's."""
    if not isinstance(key_told, str) or not _KEY.fullmatch(key_told):
        return None
    known = identity(sent)
    return Incoming(Kind.TAKEN, f"{known}:taken", text=key_told, message=known)


def identity(value: object) -> str:
    """An id of Meta's."""
    return _matching(value, _ID)


def key(value: object) -> str:
    """A key of ours, as we made it."""
    return _matching(value, _KEY)


def text(value: object) -> str:
    """What somebody wrote, without halves of characters."""
    if not isinstance(value, str):
        raise Malformed("no text")
    return value.encode(errors="ignore").decode()


def moment(value: object) -> float:
    """A time since 1970, in whichever unit it is told."""
    time = float(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else math.nan
    if not 0 <= time < _LATEST:
        raise Malformed("no moment")
    return time


def place(lat: object, lon: object) -> tuple[float, float]:
    """Degrees."""
    found = float(str(lat)), float(str(lon))
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):  # no number is not less either
        raise Malformed("no place on Earth")
    return found


def _matching(value: object, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Malformed("no id")
    return value
