"""The door as a process of its own, with its files and its log in one folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.cli.processes import free_port, is_well
from bot.knowledge.paths import ROOT

from .conftest import until


@contextmanager
def door_process(folder: Path, rasa_url: str, secret: str) -> Iterator[httpx.Client]:
    """Serve it with an empty database, logging all it can; yields a client of its API."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"BOT_VAR": str(folder), "PORT": str(port), "RASA_URL": rasa_url, "RASA_SECRET": secret}
    environment |= {"LOG_LEVEL": "DEBUG", "DJANGO_SETTINGS_MODULE": "tests.web.wide_settings"}
    with (folder / "web.log").open("ab") as log:
        where = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log}
        subprocess.run([sys.executable, "-m", "bot.web.manage", "migrate"], check=True, **where)  # type: ignore[call-overload]
        process = subprocess.Popen([sys.executable, "-m", "bot.web.serve"], **where)  # type: ignore[call-overload]
    try:
        until(lambda: is_well(f"http://127.0.0.1:{port}/health"), seconds=60)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=30, trust_env=False) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)


class Person:
    """Somebody with a conversation of their own."""

    def __init__(self, client: httpx.Client, language: str = "fr") -> None:
        self.client = client
        begun = client.post("/conversations", json={"cite": "demo", "language": language}).raise_for_status().json()
        self.id = begun["conversation"]
        self.path = f"/conversations/{self.id}"
        self.headers = {"Authorization": f"Bearer {begun['token']}"}

    def call(self, method: str, path: str = "", **more: object) -> httpx.Response:
        """Call the API with the conversation's token."""
        headers = {**self.headers, **dict(more.pop("headers", {}))}  # type: ignore[call-overload]
        return self.client.request(method, self.path + path, headers=headers, **more)  # type: ignore[arg-type]

    def say(self, name: str, text: str) -> None:
        """Post a message under an id of this browser's."""
        self.call("POST", "/messages", json={"id": name, "text": text}).raise_for_status()

    def answers(self) -> list[str]:
        """What the bot has said."""
        messages = self.call("GET", "/messages?after=0").json()["messages"]
        return [message["text"] for message in messages if message["author"] == "bot"]

    def erase(self) -> None:
        """Erase the conversation."""
        assert self.call("DELETE").json() == {"erased": True}
