"""What the simulators of WhatsApp and Messenger share: Meta's Graph API, as its documentation describes it.

Errors {"error": {"message", "type", "code", "error_subcode", "fbtrace_id"}}:
https://developers.facebook.com/docs/graph-api/guides/error-handling. Tokens and appsecret_proof:
https://developers.facebook.com/docs/graph-api/guides/secure-requests. Webhooks, their handshake and their signature:
https://developers.facebook.com/docs/graph-api/webhooks/getting-started.
"""

from __future__ import annotations

import hmac
import itertools
import json
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.web.local_server import respond

from .simulator import Simulator

APP, SECRET = "4815162342", "an app secret of tests"
_VERSION = "/v24.0/"
Answer = tuple[int, dict[str, Any]]


class MetaSimulator(Simulator):
    """Point META_URL at `graph`. `errors` are answered first: (status, code, subcode or 0)."""

    token = ""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.errors: list[tuple[int, int, int]] = []
        self.told: dict[str, dict[str, Any]] = {}
        self.door = ""
        self.numbers = itertools.count(1)

    @property
    def graph(self) -> str:
        return f"{self.url}{_VERSION}"

    def handle(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        status = self.trouble.next()
        if status == 0:
            handler.close_connection = True
            handler.connection.close()
            return
        if status == 429:
            return _answer(handler, *error(429, 4), Retry_After=str(self.trouble.retry_after))
        if status != 200:
            return respond(handler, status, b"<html>Sorry, something went wrong.</html>")
        parts = urlsplit(handler.path)
        with self.lock:
            known = self.errors or self._knows(handler.headers["Authorization"], parse_qs(parts.query))
            if not known:
                return _answer(handler, *error(401, 190))
            if self.errors:
                return _answer(handler, *error(*self.errors.pop(0)))
            _answer(handler, *self._route(parts.path.removeprefix(_VERSION), json.loads(body)))

    def _knows(self, authorization: str, query: dict[str, list[str]]) -> bool:
        if authorization == f"Bearer {APP}|{SECRET}":
            return not query
        proof = hmac.new(SECRET.encode(), self.token.encode(), sha256).hexdigest()
        return authorization == f"Bearer {self.token}" and query == {"appsecret_proof": [proof]}

    def _route(self, path: str, body: dict[str, Any]) -> Answer:
        if path == f"{APP}/subscriptions":
            return self._subscribe(body)
        return self.method(path, body)

    def method(self, path: str, body: dict[str, Any]) -> Answer:
        """One call of the platform's own."""
        raise NotImplementedError

    def refuse(self, fault: str, code: int = 100) -> Answer:
        """What the documentation forbids; the test fails."""
        self.faults.append(fault)
        return error(400, code)

    def _subscribe(self, body: dict[str, Any]) -> Answer:
        """Meta calls the address before it keeps it; https only."""
        if body.keys() != {"object", "callback_url", "verify_token", "fields"}:
            return self.refuse(f"subscription {sorted(body)}")
        if not body["callback_url"].startswith("https://"):
            return self.refuse("callback_url")
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": body["verify_token"]}
        if self.door:
            path = urlsplit(body["callback_url"]).path
            answer = httpx.get(f"{self.door}{path}", params=asked, trust_env=False)
            if (answer.status_code, answer.text) != (200, "1158201444"):
                return error(400, 2200)
        self.told["subscription"] = body
        return 200, {"success": True}


def error(status: int, code: int, subcode: int = 0) -> Answer:
    """An error of the Graph API's."""
    more = {"error_subcode": subcode} if subcode else {}
    return status, {"error": {"message": "(#1) no", "type": "OAuthException", "code": code, "fbtrace_id": "x", **more}}


def _answer(handler: BaseHTTPRequestHandler, status: int, answer: dict[str, Any], **headers: str) -> None:
    respond(handler, status, json.dumps(answer).encode(), **headers)


def units(text: str) -> int:
    """UTF-16 code units: no count of characters is greater."""
    return len(text.encode("utf-16-le")) // 2


def fits(text: object, most: int) -> bool:
    """Whether a field is a text that is not empty and not too long."""
    return isinstance(text, str) and 0 < units(text) <= most


class Caller:
    """Calls the door's webhook as Meta does."""

    name = ""

    def __init__(self, door: str) -> None:
        self.http = httpx.Client(base_url=door, timeout=10, trust_env=False)

    def post(self, body: dict[str, Any], secret: str = SECRET, **headers: str) -> httpx.Response:
        """One signed call; `headers` stand in place of the right ones."""
        content = json.dumps(body).encode()
        signature = "sha256=" + hmac.new(secret.encode(), content, sha256).hexdigest()
        told: Any = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
        told |= {name.replace("_", "-"): value.encode() for name, value in headers.items()}
        return self.http.post(f"/channels/{self.name}/", content=content, headers=told)

    def shake(self, **asked: str) -> httpx.Response:
        """The call that makes sure of the address."""
        return self.http.get(f"/channels/{self.name}/", params={f"hub.{name}": value for name, value in asked.items()})


def seconds_ago(seconds: float) -> float:
    """A time since 1970."""
    return time.time() - seconds
