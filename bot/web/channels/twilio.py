"""Text messages, and WhatsApp, through Twilio.

Webhooks: https://www.twilio.com/docs/messaging/guides/webhook-request, signed as
https://www.twilio.com/docs/usage/webhooks/webhooks-security tells and checked by Twilio's own library. Sending:
https://www.twilio.com/docs/messaging/api/message-resource. Errors: https://www.twilio.com/docs/api/errors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Any, ClassVar
from xml.sax.saxutils import escape

import httpx
from django.conf import settings
from twilio.request_validator import RequestValidator

from bot.web.channels import twilio_forms
from bot.web.channels.capabilities import Capabilities, is_gsm, sms, utf16
from bot.web.channels.pauses import asked
from bot.web.channels.platform import (
    Answer,
    Call,
    Gone,
    Incoming,
    Kind,
    Platform,
    Rejected,
    SendFailed,
    TooLate,
    TryLater,
)
from bot.web.channels.rendering import Part
from bot.web.words import DEFAULT, word

_LONGEST = 1600  # characters of a message; Twilio refuses more (21617)
_GSM_PART, _UCS2_PART = 153, 67  # characters of one part of a long text message
_SIMPLE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "•": "-",
                         "\u00a0": " ", "\u202f": " ", "·": "-"})  # fmt: skip
_QUOTES = re.compile("«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")
_UNSUBSCRIBED = 21610
_NO_SUCH_NUMBER = (21211, 21614)
_TOO_MUCH = 20429
_OUTSIDE_WINDOW = 63016  # https://www.twilio.com/docs/api/errors/63016
_WINDOW = timedelta(hours=24)
_MARGIN = timedelta(minutes=2)  # for what is on its way, and clocks that differ


def simple(text: str) -> str:
    """A text with the plainer signs of the GSM alphabet, if it can then be sent in it; else as it is."""
    plain = _QUOTES.sub('"', text).translate(_SIMPLE)
    return plain if is_gsm(plain) else text


def room(text: str) -> int:
    """How much of a text message a text takes, in GSM characters: one of UCS-2 counts for more than two."""
    plain = simple(text)
    return sms(plain) if is_gsm(plain) else ceil(sms(plain) * _GSM_PART / _UCS2_PART)


class Twilio(Platform):
    """One way of Twilio's to reach people; `sender` is the setting that holds the number we send from."""

    sender: ClassVar[str]

    def verify(self, call: Call) -> bool:
        """Whether Twilio signed the call: address and fields, under our account's token."""
        validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
        signature = call.headers.get("x-twilio-signature", "")
        return bool(validator.validate(call.url, twilio_forms.fields(call.body), signature))

    def parse(self, call: Call) -> list[Incoming]:
        """The one event of a form."""
        return [twilio_forms.read(call.body, call.query.get("key", ""))]

    def acknowledge(self, taken: Sequence[tuple[Incoming, bool]]) -> Answer:
        """TwiML: empty, but for the word to who wants no more, whose address is gone; answers come by the outbox."""
        stops = [event for event, new in taken if new and event.kind == Kind.BLOCKED]
        told = [each for each in stops if not twilio_forms.is_answered_by_twilio(each)]
        words = [word("channels.stopped", each.language or DEFAULT) for each in told]
        inside = "".join(f"<Message>{escape(text)}</Message>" for text in words)
        return Answer(f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>', "text/xml; charset=utf-8")

    def render(self, part: Part) -> dict[str, Any]:
        """The body; choices are never pressed here."""
        return {"Body": part.text}

    async def send(self, http: httpx.AsyncClient, address: str, body: dict[str, Any], key: str) -> str:
        """Send one message; what becomes of it later comes to the webhook, with the key."""
        status = f"{settings.PUBLIC_URL}/channels/{self.name}/?key={key}"
        form = {"To": address, **_from(getattr(settings, self.sender)), "StatusCallback": status, **body}
        answer = await _call(http, "POST", "Messages.json", form)
        return str(answer.get("sid", ""))

    async def register(self, http: httpx.AsyncClient, webhook: str) -> list[str]:
        """Set the address of the number; a messaging service or a WhatsApp sender is set up in Twilio's console."""
        number = getattr(settings, self.sender)
        if not number.startswith("+"):
            return [f"in Twilio's console, give {number} the address {webhook} for incoming messages (POST)"]
        found = await _call(http, "GET", "IncomingPhoneNumbers.json", {"PhoneNumber": number})
        numbers = found.get("incoming_phone_numbers") or []
        if not numbers:
            raise Rejected("this account has no such number")
        told = {"SmsUrl": webhook, "SmsMethod": "POST"}
        await _call(http, "POST", f"IncomingPhoneNumbers/{numbers[0]['sid']}.json", told)
        return [f"incoming messages of the number go to {webhook}"]


class Sms(Twilio):
    """Text messages."""

    name = "sms"
    shown = "SMS"
    carriers = "Twilio"
    sender = "TWILIO_SMS_FROM"
    required = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM")
    capabilities = Capabilities(text=_LONGEST, size=room)

    def render(self, part: Part) -> dict[str, Any]:
        """The body, in signs of the GSM alphabet where all of it can be."""
        return {"Body": simple(part.text)}


class TwilioWhatsApp(Twilio):
    """WhatsApp by Twilio: buttons would need templates approved beforehand, so that choices are numbered."""

    name = "twilio-whatsapp"
    shown = "WhatsApp"
    carriers = "Twilio, Meta"
    sender = "TWILIO_WHATSAPP_FROM"
    required = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM")
    capabilities = Capabilities(text=_LONGEST, size=utf16)

    def timely(self, body: dict[str, Any], silence: timedelta, by_advisor: bool) -> dict[str, Any] | None:
        """WhatsApp takes answers for 24 hours after somebody wrote, whoever carries them."""
        return body if silence < _WINDOW - _MARGIN else None


def _from(sender: str) -> dict[str, str]:
    """The number, or the messaging service, that sends."""
    return {"MessagingServiceSid": sender} if sender.startswith("MG") else {"From": sender}


async def _call(http: httpx.AsyncClient, method: str, path: str, form: dict[str, str]) -> dict[str, Any]:
    """Call Twilio; its answer. Raises a `SendFailed`."""
    account = settings.TWILIO_ACCOUNT_SID
    url = f"{settings.TWILIO_URL.rstrip('/')}/2010-04-01/Accounts/{account}/{path}"
    told: dict[str, Any] = {"params": form} if method == "GET" else {"data": form}
    try:
        response = await http.request(method, url, auth=(account, settings.TWILIO_AUTH_TOKEN), **told)
        answer = response.json()
    except httpx.HTTPError as error:
        raise TryLater(type(error).__name__) from None
    except ValueError:
        answer = None
    answer = answer if isinstance(answer, dict) else {}
    if response.is_success and answer:
        return answer
    raise _failure(response, answer.get("code"))


def _failure(response: httpx.Response, code: object) -> SendFailed:
    reason = str(code or response.status_code)
    if code == _OUTSIDE_WINDOW:
        return TooLate(reason)
    if code == _UNSUBSCRIBED or code in _NO_SUCH_NUMBER:
        return Gone(reason)
    if response.status_code == 400 and code is not None and code != _TOO_MUCH:
        return Rejected(reason)  # without a code, or any answer that can be read, it is not Twilio that speaks
    return TryLater(reason, asked(response.headers))
