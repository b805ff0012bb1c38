"""Somebody who talks to the real Rasa, as the door does for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.cli.stack import Stack


@dataclass
class Person:
    """One conversation; `turn` and `replies` are those of the last message."""

    stack: Stack
    metadata: dict[str, Any]
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    replies: list[dict[str, Any]] = field(default_factory=list)
    turn: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Send a message or a payload."""
        answer = httpx.post(
            f"{self.stack.rasa_url}/webhooks/door/webhook",
            json={
                "sender": self.sender, "message": text, "command": text.startswith("/"), "metadata": self.metadata
            },
            headers={"Authorization": f"Bearer {self.stack.secret}"},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        self.replies, self.turn = answer.json()["replies"], answer.json()["turn"]
        for reply in self.replies:
            # As the door does: the language that the bot changed to is the conversation's from now on.
            self.metadata["language"] = (reply["custom"] or {}).get("language") or self.metadata["language"]
        self.metadata["language"] = self.turn["language"] or self.metadata["language"]

    def choose(self, title: str) -> None:
        """Press a button of the last replies."""
        assert title in self.titles(), f"no button “{title}” among {list(self.titles())}"
        self.say(self.titles()[title])

    def titles(self) -> dict[str, str]:
        """The buttons of the last replies, by title."""
        return {button["title"]: button["payload"] for reply in self.replies for button in reply["buttons"]}

    def read(self) -> str:
        """All that the last replies show: texts, then cards."""
        shown = [reply["text"] or "" for reply in self.replies]
        for reply in self.replies:
            for card in (reply["custom"] or {}).get("cards") or []:
                shown.append(" | ".join(str(value) for value in card.values() if value is not None))
        return "\n".join(shown)
