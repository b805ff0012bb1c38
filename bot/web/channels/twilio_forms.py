"""Twilio's forms (https://www.twilio.com/docs/messaging/guides/webhook-request) as events."""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qsl

from bot.knowledge.text import fold
from bot.web.channels import commands
from bot.web.channels.home_language import of_country, of_number
from bot.web.channels.platform import Incoming, Kind, Malformed, bounce_id

# https://help.twilio.com/articles/223134027: to a text message that is one of these, and nothing more, Twilio stops
# sending by itself, and says so. Of others it tells by OptOutType, where an account has words of its own:
# https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
_TWILIO_STOPS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"})
_TWILIO_STARTS = frozenset({"start", "unstop"})  # and YES, which answers our own questions too
_ANSWERED = "answered"
_WHATSAPP = "whatsapp:"
_FAILURES = frozenset({"failed", "undelivered"})
_MOST_FIELDS = 200
_SID = re.compile(r"[A-Za-z0-9]{1,64}")


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form, the last of each name; empty when it is none."""
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return dict(pairs)


def read(body: bytes, key: str = "") -> Incoming:
    """The event that a form tells of, `key` the one that its address had; raises `Malformed`."""
    form = fields(body)
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    if not _SID.fullmatch(sid):
        raise Malformed("no MessageSid")
    if "MessageStatus" in form:
        return _status(form, sid, key)
    if not form.get("From"):
        raise Malformed("no From")
    return _message(form, sid)


def is_answered_by_twilio(event: Incoming) -> bool:
    """Whether Twilio itself has answered a wish for silence."""
    return event.argument == _ANSWERED


def _status(form: dict[str, str], sid: str, key: str) -> Incoming:
    status = form["MessageStatus"]
    if status not in _FAILURES and key:
        return Incoming(Kind.TAKEN, f"{sid}:taken", text=key, message=sid)
    if status not in _FAILURES:
        return Incoming(Kind.OTHER, f"{sid}:{status}", text="status")
    code = form.get("ErrorCode", "")
    return Incoming(Kind.UNDELIVERED, bounce_id(sid), text=code if code.isdigit() else status, message=sid)


def _message(form: dict[str, str], sid: str) -> Incoming:
    sender, text = form["From"], form.get("Body", "").strip()
    kind, lat, lon = Kind.TEXT, 0.0, 0.0
    command = ("start", "") if fold(text) in _TWILIO_STARTS else commands.read(text)
    if _ends(form, text):
        kind, command = Kind.BLOCKED, ("", _ANSWERED if _is_known_to_twilio(form, text) else "")
    elif form.get("Latitude") and form.get("Longitude"):
        kind, (lat, lon) = Kind.LOCATION, _place(form)
    elif command:
        kind, text = Kind.COMMAND, command[0]
    elif not text:
        kind = Kind.MEDIA
    return Incoming(
        kind, sid, user=sender, address=sender, text=text, argument=command[1] if command else "", message=sid,
        language=of_country(form.get("FromCountry", "")) or of_number(sender.removeprefix(_WHATSAPP).lstrip("+")),
        lat=lat, lon=lon,
    )  # fmt: skip


def _ends(form: dict[str, str], text: str) -> bool:
    """Whether somebody wants no more messages."""
    return form.get("OptOutType") == "STOP" or fold(text) in _TWILIO_STOPS or commands.is_stop(text)


def _is_known_to_twilio(form: dict[str, str], text: str) -> bool:
    """Whether Twilio acts on such a wish by itself."""
    told = form.get("OptOutType") == "STOP"
    return told or (text.lower() in _TWILIO_STOPS and not form["From"].startswith(_WHATSAPP))


def _place(form: dict[str, str]) -> tuple[float, float]:
    try:
        lat, lon = float(form["Latitude"]), float(form["Longitude"])
    except ValueError:
        raise Malformed("no number") from None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise Malformed("no place on Earth")
    return lat, lon
