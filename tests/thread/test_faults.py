"""Rasa or the action server dies: the person is told, nothing is lost, and it recovers by itself."""

from __future__ import annotations

import uuid

import pytest

from bot.cli.stack import Stack
from bot.web.conversations import service
from bot.web.conversations.models import Author, Message
from tests.web.conftest import Served, until


@pytest.fixture
def conversation(door: Served) -> str:
    started = service.create_conversation("demo", "fr")
    until(lambda: _texts(started.id, Author.BOT), seconds=30)
    return started.id


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_nothing_is_lost(stack: Stack, conversation: str, name: str) -> None:
    stack.kill(name)
    try:
        for text in "quels sont vos horaires ?", "est-ce que c'est gratuit ?":
            service.post_message(conversation, str(uuid.uuid4()), text=text)
        until(lambda: _told(conversation), seconds=30)
    finally:
        stack.start(name)
        stack.wait(name)
    until(lambda: "ask_cost" in _answered(conversation), seconds=90)
    assert _answered(conversation) == ["greet", "ask_opening_hours", "ask_cost"]
    assert _told(conversation) == 1, "told more than once"
    assert len(_texts(conversation, Author.PERSON)) == 2


def _told(conversation: str) -> int:
    """How often the person was told that the answer is late and the message kept."""
    return sum("gardé" in text for text in _texts(conversation, Author.HOUSE))


def _answered(conversation: str) -> list[str]:
    """The intents that were answered, in order, each once for the messages it took."""
    kept = Message.objects.filter(conversation_id=conversation, author=Author.BOT).order_by("seq")
    return list(dict.fromkeys(message.payload["intent"] for message in kept))


def _texts(conversation: str, author: str) -> list[str]:
    kept = Message.objects.filter(conversation_id=conversation, author=author).order_by("seq")
    return [message.text for message in kept]
