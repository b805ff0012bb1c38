"""Somebody who tries again what failed because the other side was away: over HTTP, with nothing kept but cookies."""

from __future__ import annotations

import asyncio
import html
import re
from typing import Any

import httpx

from .doors import Doors

PASSWORD = "a long enough password"
_PAUSE = 0.05  # seconds before the next try
_LOOK = 0.25  # seconds between two looks at what somebody else is to do
_ROW = re.compile(r'<li class="card( mine)?">.*?id="open-(\d+)".*?</a>(.*?)<ul class="marks">', re.DOTALL)
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SAID = re.compile(r'data-author="(\w+)".*?<p class="said"[^>]*>(.*?)</p>', re.DOTALL)


class Insisting:
    """A browser, more or less. `failed` counts the tries that failed."""

    def __init__(self, doors: Doors) -> None:
        self._doors, self.failed = doors, 0
        self._http = httpx.AsyncClient(timeout=60, trust_env=False, follow_redirects=True)

    def goes_to(self, doors: Doors) -> None:
        """From now on to one of these."""
        self._doors = doors

    async def insist(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call until an answer comes that is not about the other side's own trouble."""
        while True:
            answer = await self.attempt(method, path, **options)
            if answer is not None:
                return answer
            await asyncio.sleep(_PAUSE)

    async def attempt(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        """Call once; None when nothing came of it, or nobody knows."""
        try:
            answer = await self._http.request(method, f"{self._doors.any_door()}{path}", **options)
        except httpx.HTTPError:
            answer = None
        if answer is None or answer.status_code >= 500:
            self.failed += 1
            return None
        return answer

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()


class Visitor(Insisting):
    """A person with one conversation. Each message has an id, under which it is sent until it is known to be stored."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors)
        self.conversation, self.token, self.sent = "", "", 0
        self._headers: dict[str, str] = {}

    async def begin(self) -> None:
        """Open the conversation."""
        begun = await self.insist("POST", "/api/v1/conversations", json={"cite": "demo", "language": "fr"})
        told = begun.raise_for_status().json()
        self.conversation, self.token = told["conversation"], told["token"]
        self._headers = {"Authorization": f"Bearer {self.token}"}

    async def say(self, text: str) -> None:
        """Write something."""
        await self._send(text=text)

    async def choose(self, title: str) -> None:
        """Take the last choice that begins so, once it is offered."""
        key = await self._until(lambda told: _offered(told["messages"], title))
        await self._send(choice=key)

    async def hear(self, author: str, text: str) -> None:
        """Wait until somebody has said this."""
        await self._until(lambda told: any((one["author"], one["text"]) == (author, text) for one in told["messages"]))

    async def is_with(self, speaker: str) -> None:
        """Wait until it is so: "bot", "waiting" or "advisor" speaks."""
        await self._until(lambda told: told["state"]["speaker"] == speaker)

    async def ask_to_be_called(self, name: str, contact: str) -> None:
        """Fill in the form."""
        body = {"name": name, "contact": contact, "moment": "le matin"}
        (await self._call("POST", "/callback", json=body)).raise_for_status()

    async def told(self) -> list[dict[str, Any]]:
        """All that the door tells of the conversation now."""
        return (await self._history())["messages"]

    async def _send(self, **what: str) -> None:
        self.sent += 1
        body = {"id": f"m{self.sent}", **what}
        (await self._call("POST", "/messages", json=body)).raise_for_status()

    async def _until(self, holds: Any) -> Any:
        while True:
            found = holds(await self._history())
            if found:
                return found
            await asyncio.sleep(_LOOK)

    async def _history(self) -> dict[str, Any]:
        return (await self._call("GET", "/messages")).raise_for_status().json()

    async def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        path = f"/api/v1/conversations/{self.conversation}{path}"
        return await self.insist(method, path, headers=self._headers, **options)


class Desk(Insisting):
    """An advisor at the desk's own pages, who looks whether a thing was done before doing it once more."""

    def __init__(self, doors: Doors, name: str, number: int) -> None:
        super().__init__(doors)
        self.name, self.number = name, number

    async def sign_in(self) -> None:
        """Fill in the form of the first page."""
        page = (await self.insist("GET", "/desk/login")).text
        form = {"username": self.name.lower(), "password": PASSWORD, **_token(page)}
        answer = await self.insist("POST", "/desk/login", data=form)
        assert answer.url.path == "/desk/", answer.text

    async def rows(self, part: str, mine: bool = False) -> dict[int, str]:
        """The requests in one of the queue's lists ("waiting", "callbacks", "live"): number → what it shows.

        `mine`: only those that are this advisor's own.
        """
        page = (await self.insist("GET", "/desk/?part=1")).text
        found = re.search(rf'<section aria-labelledby="{part}">(.*?)</section>', page, re.DOTALL)
        rows = _ROW.findall(found[1] if found else "")
        return {int(number): html.unescape(shown) for own, number, shown in rows if own or not mine}

    async def find(self, part: str, words: str) -> int:
        """Wait for the request that shows these words; its number."""
        while True:
            for number, shown in (await self.rows(part)).items():
                if words in shown:
                    return number
            await asyncio.sleep(_LOOK)

    async def page(self, number: int) -> str:
        """The page of a request."""
        return html.unescape((await self.insist("GET", f"/desk/handoffs/{number}/")).text)

    async def reads(self, number: int) -> list[tuple[str, str]]:
        """What the page shows to have been said: author, text."""
        return _SAID.findall(await self.page(number))

    async def take(self, number: int) -> bool:
        """Take a request; False when another one was faster."""
        while True:
            page = await self.page(number)
            if has(page):
                return True
            if 'id="claim"' not in page:
                return False
            await self._post(page, number, "claim")

    async def answer(self, number: int, text: str) -> None:
        """Say something to the person."""
        await self._until(number, lambda page: f">{text}</p>" in page, "answer", text=text)

    async def hand_on(self, number: int, to: int | None) -> None:
        """Pass it to a colleague by the number of their account, or put it back into the queue."""
        await self._until(number, lambda page: not has(page), "transfer", to="" if to is None else str(to))

    async def end(self, number: int, how: str, outcome: str) -> None:
        """End it: how is "give-back" or "close"."""
        await self._until(number, lambda page: not has(page), how, outcome=outcome)

    async def call_back(self, number: int) -> str:
        """Open a callback; the page that shows how to reach the person."""
        while True:
            page = await self.page(number)
            answer = await self._post(page, number, "callback")
            if answer is not None and answer.status_code == 200 and answer.url.path.endswith("/callback"):
                return html.unescape(answer.text)

    async def called(self, number: int, outcome: str) -> None:
        """The call is made."""
        await self._until(number, lambda page: "state-done" in page, "callback/done", outcome=outcome)

    async def _until(self, number: int, done: Any, deed: str, **form: str) -> None:
        while not done(page := await self.page(number)):
            await self._post(page, number, deed, **form)

    async def _post(self, page: str, number: int, deed: str, **form: str) -> httpx.Response | None:
        answer = await self.attempt("POST", f"/desk/handoffs/{number}/{deed}", data={**form, **_token(page)})
        if answer is None:
            await asyncio.sleep(_PAUSE)
        return answer


def has(page: str) -> bool:
    """Whether the page is that of a request which is the advisor's own now."""
    return 'id="answer"' in page


def _token(page: str) -> dict[str, str]:
    found = _FORM_TOKEN.search(page)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


def _offered(messages: list[dict[str, Any]], title: str) -> str | None:
    keys = [each["key"] for one in messages for each in one.get("choices") or () if each["title"].startswith(title)]
    return keys[-1] if keys else None
