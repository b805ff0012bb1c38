"""Somebody on a bad connection: writes, listens, is cut off, writes again what may not have come through."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.web.deadline import within

from .doors import Doors

_LOST = (httpx.HTTPError, TimeoutError)


@dataclass
class Sent:
    """A message and when it was first sent, known to be stored, seen in the thread, answered (monotonic clock)."""

    id: str
    text: str
    first: float
    stored: float | None = None
    seen: float | None = None
    answered: float | None = None


@dataclass
class Tally:
    """What all people went through; faults are sentences."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Person:
    """Has one conversation. `view` is what the person was shown, in the order in which it came."""

    def __init__(self, number: int, doors: Doors, tally: Tally, chance: random.Random) -> None:
        self.name = f"person {number}"
        self.sent: list[Sent] = []
        self.view: list[dict[str, Any]] = []
        self.conversation = ""
        self._doors, self._tally, self._chance = doors, tally, chance
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)
        self._headers: dict[str, str] = {}

    @property
    def last(self) -> int:
        """The seq of the last message shown."""
        return self.view[-1]["seq"] if self.view else 0

    async def begin(self) -> None:
        """Open the conversation."""
        answer = await self._http.post(
            f"{self._doors.any_url()}/conversations", json={"cite": "demo", "language": "fr"}
        )
        begun = answer.raise_for_status().json()
        self.conversation = begun["conversation"]
        self._headers = {"Authorization": f"Bearer {begun['token']}"}

    async def write(self, end: float, pause: tuple[float, float], texts: list[str] | None) -> None:
        """Write until `end`, each line once the one before is known to be stored. Without `texts`, numbered ones."""
        while time.monotonic() < end:
            number = len(self.sent)
            text = self._chance.choice(texts) if texts else f"essai {number}"
            self.sent.append(Sent(f"m{number}", text, time.monotonic()))
            await self._insist(self.sent[-1])
            await asyncio.sleep(self._chance.uniform(*pause))

    async def listen(self) -> None:
        """Until cancelled: by streams and long polls, of which many are cut off."""
        while True:
            way = self._stream if self._chance.random() < 0.6 else self._poll
            try:
                await within(self._chance.uniform(0.2, 5), way())
                self._tally.counts["ended by the door"] += 1
            except TimeoutError:
                self._tally.counts["cut by the person"] += 1
            except httpx.HTTPError:
                self._tally.counts["broken by the door"] += 1
                await asyncio.sleep(0.05)

    async def history(self) -> list[dict[str, Any]]:
        """All that the door tells of the conversation now."""
        return (await self._get(f"{self._path()}/messages")).json()["messages"]

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _insist(self, message: Sent) -> None:
        """Send a message until it is known to be stored, often without waiting for the answer; at times once more."""
        while not await self._send(message):
            self._tally.counts["sent again"] += 1
        message.stored = time.monotonic()
        if self._chance.random() < 0.1:
            self._tally.counts["sent again"] += 1
            await self._send(message)

    async def _send(self, message: Sent) -> bool:
        patience = self._chance.uniform(0, 0.03) if self._chance.random() < 0.3 else 10
        body = {"id": message.id, "text": message.text}
        call = self._http.post(f"{self._path()}/messages", json=body, headers=self._headers)
        try:
            answer = await within(patience, call)
        except _LOST as lost:
            cut = isinstance(lost, TimeoutError)
            self._tally.counts["cut by the person" if cut else "broken by the door"] += 1
            await asyncio.sleep(0.05)
            return False
        if answer.status_code >= 400:
            self._tally.counts[f"answered {answer.status_code}"] += 1
            await asyncio.sleep(0.2)
        return answer.is_success

    async def _stream(self) -> None:
        headers = {**self._headers, "Last-Event-ID": str(self.last)}
        async with self._http.stream("GET", f"{self._path()}/stream", headers=headers) as answer:
            answer.raise_for_status()
            name = ""
            async for line in answer.aiter_lines():
                field_name, _, value = line.partition(": ")
                if field_name == "event":
                    name = value
                elif field_name == "data" and name == "message":
                    self._take(json.loads(value))

    async def _poll(self) -> None:
        answer = await self._get(f"{self._path()}/messages?after={self.last}&wait=4")
        for message in answer.json()["messages"]:
            self._take(message)

    async def _get(self, url: str) -> httpx.Response:
        return (await self._http.get(url, headers=self._headers)).raise_for_status()

    def _take(self, message: dict[str, Any]) -> None:
        if message["seq"] <= self.last:
            self._tally.faults.append(f"{self.name} was shown message {message['seq']} after message {self.last}")
        self.view.append(message)
        now = time.monotonic()
        for sent in self.sent if message["author"] != "house" else ():
            if message["author"] == "person" and message["id"] == sent.id:
                sent.seen = now
            elif message["author"] == "bot" and message["text"] == f"Réponse à : {sent.text}":
                sent.answered = now

    def _path(self) -> str:
        return f"{self._doors.any_url()}/conversations/{self.conversation}"
