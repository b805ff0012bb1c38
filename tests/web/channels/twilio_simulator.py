"""Twilio, as its documentation describes it.

Messages: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource (Basic
authentication, a form of To, From or MessagingServiceSid, Body of at most 1,600 characters; 201 and
{"sid", "status": "queued", …}). Errors: {"code", "message", "more_info", "status"}, the codes as in
https://www.twilio.com/docs/api/errors. What it sends to us:
https://www.twilio.com/docs/messaging/guides/webhook-request, signed by Twilio's own library; TwiML back:
https://www.twilio.com/docs/messaging/twiml.
"""

from __future__ import annotations

import itertools
import json
import re
from base64 import b64encode
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import httpx
from twilio.request_validator import RequestValidator

from tests.web.local_server import respond

from .simulator import Simulator

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token of tests"
NUMBER = "+33644600000"
WHATSAPP = "whatsapp:+33644600001"
_PATH = f"/2010-04-01/Accounts/{ACCOUNT}/"
_BASIC = "Basic " + b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
_ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")


class TwilioSimulator(Simulator):
    """Point TWILIO_URL at `url`; write to the door with a `Handset`.

    To those in `closed` nothing goes until they write (63016). `bounces` tells the door, once, that a message never
    arrived, before the message itself is answered.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, str]] = []
        self.unsubscribed: set[str] = set()
        self.closed: set[str] = set()
        self.number: dict[str, str] = {}
        self.numbers = itertools.count(1)
        self.bounces: Handset | None = None

    def texts(self, to: str) -> list[str]:
        """What a number was sent, in order."""
        return [each["Body"] for each in self.sent if each["To"] == to]

    def handle(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        status = self.trouble.next()
        if status == 429:
            return self._refuse(handler, 429, 20429, Retry_After=str(self.trouble.retry_after))
        if status != 200:
            return self._refuse(handler, status, 20500)
        if handler.headers["Authorization"] != _BASIC:
            return self._refuse(handler, 401, 20003)
        parts = urlsplit(handler.path)
        name, form = parts.path.removeprefix(_PATH), dict(parse_qsl(body.decode(), strict_parsing=bool(body)))
        with self.lock:
            if name == "Messages.json":
                return self._message(handler, form)
            return self._number(handler, name, form, parse_qs(parts.query))

    def _message(self, handler: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        fault = _fault(form)
        if fault:
            self.faults.append(str(fault))
            return self._refuse(handler, 400, fault)
        if form["To"] in self.unsubscribed:
            return self._refuse(handler, 400, 21610)
        if form["To"] in self.closed:
            return self._refuse(handler, 400, 63016)
        sid = f"SM{next(self.numbers):032x}"
        self.sent.append({**form, "sid": sid})
        if self.bounces is not None:
            self.bounces, caller = None, self.bounces
            caller.status(sid, "undelivered", ErrorCode="30005")
        respond(handler, 201, json.dumps({"sid": sid, "status": "queued", "num_segments": "0"}).encode())

    def _number(
        self, handler: BaseHTTPRequestHandler, name: str, form: dict[str, str], query: dict[str, list[str]]
    ) -> None:
        if handler.command == "GET" and name == "IncomingPhoneNumbers.json":
            found = [{"sid": "PN1", "phone_number": NUMBER}] if query.get("PhoneNumber") == [NUMBER] else []
            return respond(handler, 200, json.dumps({"incoming_phone_numbers": found}).encode())
        assert name == "IncomingPhoneNumbers/PN1.json", name
        self.number = form
        respond(handler, 200, b'{"sid": "PN1"}')

    def _refuse(self, handler: BaseHTTPRequestHandler, status: int, code: int, **headers: str) -> None:
        body = {"code": code, "message": "no", "more_info": f"https://www.twilio.com/docs/errors/{code}"}
        respond(handler, status, json.dumps({**body, "status": status}).encode(), **headers)


def _fault(form: dict[str, str]) -> int | None:
    """The code of what the documentation forbids in a message; None when nothing."""
    if form.keys() - {"To", "From", "MessagingServiceSid", "Body", "StatusCallback"}:
        return 20001
    if not _ADDRESS.fullmatch(form.get("To", "")):
        return 21211
    if form.get("From") not in (NUMBER, WHATSAPP) and not form.get("MessagingServiceSid", "").startswith("MG"):
        return 21603
    if form["To"].startswith("whatsapp:") != form.get("From", "").startswith("whatsapp:"):
        return 63007
    if not form.get("Body"):
        return 21602
    if len(form["Body"]) > 1600:
        return 21617
    return None if form.get("StatusCallback", "https://").startswith("https://") else 21609


class Handset:
    """Somebody with a telephone. What they write goes to the door as Twilio sends it."""

    def __init__(self, simulator: TwilioSimulator, door: str, name: str = "sms", number: str = "+33612345678") -> None:
        self.simulator, self.number, self.path = simulator, number, f"/channels/{name}/"
        self._http = httpx.Client(base_url=door, timeout=10, trust_env=False)
        self._sids = itertools.count(1)
        self.answers: list[str] = []

    def say(self, text: str, **more: str) -> httpx.Response:
        """Type a text."""
        return self.deliver(self.form(text, **more))

    def form(self, text: str, **more: str) -> dict[str, str]:
        """The form of a message."""
        sid = f"SM{id(self):016x}{next(self._sids):016x}"
        return {"ToCountry": "FR", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid, "SmsStatus": "received",
                "FromCountry": "FR", "Body": text, "To": NUMBER, "NumSegments": "1", "MessageSid": sid,
                "AccountSid": ACCOUNT, "From": self.number, "ApiVersion": "2010-04-01", **more}  # fmt: skip

    def status(self, sid: str, status: str, **more: str) -> httpx.Response:
        """Tell what became of a message, at the address that was given with it."""
        path = next((each["StatusCallback"] for each in self.simulator.sent if each["sid"] == sid), self.path)
        told = {"MessageSid": sid, "MessageStatus": status, "AccountSid": ACCOUNT, **more}
        return self.deliver(told, path=path.removeprefix("https://bot.example"))

    def deliver(self, form: dict[str, str], token: str = TOKEN, path: str = "") -> httpx.Response:
        """Send a form, signed, and read the TwiML that answers it."""
        path = path or self.path
        signature = RequestValidator(token).compute_signature(f"https://bot.example{path}", form)
        headers: dict[str, Any] = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        response = self._http.post(path, content=urlencode(form), headers=headers)
        if response.status_code == 200:
            twiml = ElementTree.fromstring(response.content)
            assert twiml.tag == "Response"
            self.answers += [str(message.text) for message in twiml.findall("Message")]
        return response

    @property
    def heard(self) -> list[str]:
        """What came to this telephone by the API."""
        return self.simulator.texts(self.number)
