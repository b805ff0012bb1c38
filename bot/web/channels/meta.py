"""What WhatsApp and Messenger have in common: Meta's webhooks and its Graph API.

Webhooks: https://developers.facebook.com/docs/graph-api/webhooks/getting-started (handshake, X-Hub-Signature-256).
Subscriptions of an app: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions. Proof of the
secret with each call: https://developers.facebook.com/docs/graph-api/guides/secure-requests. Errors:
https://developers.facebook.com/docs/graph-api/guides/error-handling.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar

import httpx
from django.conf import settings

from bot.privacy.ids import keyed_hash, same
from bot.web.channels.pauses import asked
from bot.web.channels.platform import Call, Gone, Platform, Rejected, SendFailed, TooLate, TryLater

_SIGNATURE = "x-hub-signature-256"
# The token, the permissions or the account are at fault, or Meta is: somebody mends that, and what waits then goes.
_MENDED_LATER = frozenset({0, 1, 2, 3, 10, 102, 190, 368, *range(200, 300)})


@dataclass(frozen=True)
class Codes:
    """Which errors of a platform pass, come after its window, or tell that a person is gone; pairs: (code, subcode)."""

    later: frozenset[int]
    late: frozenset[int | tuple[int, int]]
    gone: frozenset[int | tuple[int, int]] = field(default=frozenset())


class Meta(Platform):
    """One of Meta's platforms. `token` is the setting of the access token; the rest, as its subscription names it."""

    carriers = "Meta"
    token: ClassVar[str]
    subject: ClassVar[str]
    fields: ClassVar[str]
    codes: ClassVar[Codes]

    def verify(self, call: Call) -> bool:
        """Whether the body was signed with the app's secret."""
        made = hmac.new(settings.META_APP_SECRET.encode(), call.body, sha256).hexdigest()
        return same(call.headers.get(_SIGNATURE, ""), f"sha256={made}")

    def handshake(self, call: Call) -> str | None:
        """The challenge, for who knows our token."""
        asked = call.query
        right = same(asked.get("hub.verify_token", ""), verify_token()) and asked.get("hub.mode") == "subscribe"
        return asked.get("hub.challenge") if right else None

    async def call(self, http: httpx.AsyncClient, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call the Graph API with our access token; its answer. Raises a `SendFailed`."""
        token = getattr(settings, self.token)
        proof = hmac.new(settings.META_APP_SECRET.encode(), token.encode(), sha256).hexdigest()
        headers = {"Authorization": f"Bearer {token}"}
        return await self._ask(http, method, path, headers, {"appsecret_proof": proof}, body)

    async def subscribe(self, http: httpx.AsyncClient, webhook: str) -> str:
        """Give Meta the address of our webhook, which it calls at once; returns what was done, or is to be."""
        if not settings.META_APP_ID:
            return (
                f"in the app's dashboard (Webhooks, {self.subject}), give {webhook} as the callback URL and"
                f" {verify_token()} as the verify token, then subscribe to {self.fields}"
            )
        headers = {"Authorization": f"Bearer {settings.META_APP_ID}|{settings.META_APP_SECRET}"}
        told = {"object": self.subject, "callback_url": webhook, "verify_token": verify_token(), "fields": self.fields}
        await self._ask(http, "POST", f"{settings.META_APP_ID}/subscriptions", headers, {}, told)
        return f"webhook set to {webhook}"

    async def _ask(
        self, http: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], query: dict[str, str],
        body: dict[str, Any],
    ) -> dict[str, Any]:  # fmt: skip
        url = f"{settings.META_URL.rstrip('/')}/{path}"
        try:
            response = await http.request(method, url, params=query, headers=headers, json=body)
        except httpx.HTTPError as error:
            raise TryLater(type(error).__name__) from None
        answer = _json(response)
        if response.is_success and answer and "error" not in answer:  # without a word of Meta's it was not Meta
            return answer
        raise failure(response, answer.get("error"), self.codes)


def verify_token() -> str:
    """What Meta must know to have our address accepted: given, else made of the app's secret and our own."""
    made = keyed_hash(settings.META_APP_SECRET, settings.SECRET_KEY, "meta webhook")
    return str(settings.META_VERIFY_TOKEN or made[:32])


def failure(response: httpx.Response, error: object, codes: Codes) -> SendFailed:
    """What an answer that is none of success means; nothing of its words is kept, for they may quote ours."""
    told: Mapping[str, Any] = error if isinstance(error, dict) else {}
    code, subcode = _whole(told.get("code")), _whole(told.get("error_subcode"))
    reason = str(response.status_code if code is None else code if subcode is None else f"{code}/{subcode}")
    found = {code, (code, subcode)}
    if found & codes.gone:
        return Gone(reason)
    if found & codes.late:
        return TooLate(reason)
    if response.status_code == 429 or code in codes.later:
        return TryLater(reason, asked(response.headers))
    if response.status_code >= 500 or code is None or code in _MENDED_LATER or told.get("is_transient") is True:
        return TryLater(reason, asked(response.headers))
    return Rejected(reason)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
