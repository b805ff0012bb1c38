"""The form of the page without JavaScript: its token, what is refused, what is sent twice."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.conversations import service
from bot.web.conversations.models import Message


@pytest.mark.django_db(transaction=True)
def test_only_with_its_token_and_never_by_a_cookie(client: Any, settings: Any) -> None:
    settings.DISPATCH = False
    started = service.create_conversation(greet=False)
    mine = {"conversation": started.id, "token": started.token, "action": "look"}
    assert client.post("/write/", mine).status_code == 200
    for sent in ({**mine, "token": "x"}, {**mine, "conversation": "../x"}, {"action": "say", "text": "x"}, {}):
        answer = client.post("/write/", sent)
        assert answer.status_code in (400, 401)
        assert started.token not in answer.content.decode()
    assert client.get(f"/write/?conversation={started.id}&token={started.token}").context["sheet"].conversation == ""
    assert client.delete("/write/").status_code == 405
    assert client.post("/write/", mine)["Cache-Control"] == "no-store"
    assert client.cookies == {}
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_words_written_after_a_step_back_are_another_message(client: Any, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.web.pages.write._PATIENCE_S", 0.0)
    started = service.create_conversation(greet=False)
    page = {"conversation": started.id, "token": started.token, "action": "say", "id": "a"}
    for text in ("un", "un", "deux"):
        assert client.post("/write/", {**page, "text": text}).status_code == 200
    assert [message.text for message in service.messages_after(started.id)] == ["un", "deux"]
    too_long = client.post("/write/", {**page, "text": "x" * 2001})
    assert too_long.status_code == 413
    assert "x" * 2001 in too_long.content.decode()
