"""Somebody who reads a conversation's stream as it comes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any, Protocol

import httpx

Event = tuple[str, dict[str, Any], str | None]


class Door(Protocol):
    """Where it is read."""

    url: str


class Conversation(Protocol):
    """What is read."""

    id: str
    token: str


class Listener:
    """Reads a stream in a thread, as a browser does."""

    def __init__(self, door: Door, conversation: Conversation, after: int | None = None) -> None:
        self.events: list[Event] = []
        self.comments: list[str] = []
        self.ended = False
        self.headers = {"Authorization": f"Bearer {conversation.token}"}
        if after is not None:
            self.headers["Last-Event-ID"] = str(after)
        self.url = f"{door.url}/api/v1/conversations/{conversation.id}/stream"
        self._stop = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def stop(self) -> None:
        self._stop.set()

    def seqs(self) -> list[int]:
        return [data["seq"] for name, data, _ in self.events if name == "message"]

    def said(self) -> list[tuple[str, str]]:
        """Author and text of all that came."""
        return [(data["author"], data["text"]) for name, data, _ in self.events if name == "message"]

    def states(self) -> list[tuple[str, str | None]]:
        return [(data["speaker"], data["advisor"]) for name, data, _ in self.events if name == "state"]

    def _read(self) -> None:
        with httpx.stream("GET", self.url, headers=self.headers, timeout=20, trust_env=False) as answer:
            self.type = answer.headers["Content-Type"]
            try:
                for event in self._events(answer.iter_lines()):
                    self.events.append(event)
            except httpx.HTTPError:
                return
        self.ended = True

    def _events(self, lines: Iterator[str]) -> Iterator[Event]:
        fields: dict[str, str] = {}
        for line in lines:
            if self._stop.is_set():
                return
            if line.startswith(":"):
                self.comments.append(line)
            elif line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], json.loads(fields["data"]), fields.get("id")
                fields = {}
