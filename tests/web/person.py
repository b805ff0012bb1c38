"""A browser that holds a conversation over the API."""

from __future__ import annotations

from typing import Any

import httpx


class Person:
    """Begins a conversation, then calls with its token."""

    def __init__(self, http: httpx.Client, **body: Any) -> None:
        self.http = http
        answer = http.post("/conversations", json=body)
        assert answer.status_code == 201, answer.text
        self.created = answer.json()
        self.id = self.created["conversation"]
        self.headers = {"Authorization": f"Bearer {self.created['token']}"}

    def call(self, method: str, path: str = "", **options: Any) -> httpx.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.request(method, f"/conversations/{self.id}{path}", headers=headers, **options)

    def say(self, text: str, name: str = "a") -> httpx.Response:
        return self.call("POST", "/messages", json={"id": name, "text": text})

    def heard(self) -> list[dict[str, Any]]:
        return self.call("GET", "/messages").json()["messages"]


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]
