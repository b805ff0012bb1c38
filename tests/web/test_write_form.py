"""The form of the page without JavaScript: its token, what is refused, what is sent twice."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from bot.web.conversations import callbacks, service, states, writing
from bot.web.conversations.contacts import Contact
from bot.web.conversations.models import Author, Conversation, Message
from bot.web.desk.models import Advisor


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


@pytest.mark.django_db(transaction=True)
def test_what_came_while_something_else_was_told_first_is_still_new_afterwards(client: Any, settings: Any) -> None:
    settings.DISPATCH = False
    started = service.create_conversation(greet=False)
    talk = Conversation.objects.get()
    first, second = (writing.add(talk, Author.BOT, text=text, language="fr").seq for text in ("Un", "Deux"))
    page = {"conversation": started.id, "token": started.token, "seen": first}
    for sent in ({"action": "say", "text": " "}, {"action": "erase"}, {"judge": f"{second} no"}):
        shown = client.post("/write/", {**page, **sent})
        assert (shown.context["begins"], shown.context["seen"]) == (None, first)
    looked = client.post("/write/", {**page, "action": "look"})
    assert (looked.context["begins"], looked.context["seen"]) == (second, second)
    again = client.post("/write/", {**page, "action": "look", "seen": second})
    assert (again.context["begins"], again.context["seen"]) == (None, second)
    assert 'id="note">Pas de nouveau message' in again.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", ["", "-1", "x", "\u0661", "9" * 20])
def test_a_page_that_does_not_tell_what_was_read_leads_nowhere(client: Any, settings: Any, seen: str) -> None:
    settings.DISPATCH = False
    started = service.create_conversation(greet=False)
    writing.add(Conversation.objects.get(), Author.BOT, text="Un", language="fr")
    page = {"conversation": started.id, "token": started.token, "action": "look", "seen": seen}
    shown = client.post("/write/", page)
    assert (shown.status_code, shown.context["begins"], shown.context["seen"]) == (200, None, 1)


@pytest.mark.django_db(transaction=True)
def test_a_callback_can_be_asked_for_while_one_waits(client: Any, settings: Any) -> None:
    started = service.create_conversation(cite="demo", greet=False)
    page = {"conversation": started.id, "token": started.token}
    assert "callback-contact" not in client.post("/write/", {**page, "action": "look"}).content.decode()
    handoff = states.open_handoff(started.id, True, {}, "person")
    shown = client.post("/write/", {**page, "action": "look"}).content.decode()
    assert shown.count("callback-contact") == 2
    assert 'class="cards"' not in shown  # the form stands in the place of what opens it in the widget
    asks = {**page, "action": "callback", "name": "Camille", "contact": "06", "moment": "le soir"}
    wrong = client.post("/write/", asks)
    assert wrong.status_code == 400
    assert "en entier" in wrong.content.decode()
    assert 'value="le soir"' in wrong.content.decode()
    done = client.post("/write/", {**asks, "contact": "06 12 34 56 78"}).content.decode()
    assert "Votre demande de rappel est transmise" in done
    assert "12 34 56" not in done
    opened = callbacks.open_callback(handoff.pk, Advisor.objects.create(username="sofia"))
    assert opened == Contact("Camille", "+33 6 12 34 56 78", "le soir")


@pytest.mark.django_db(transaction=True)
def test_what_was_written_for_a_callback_stays_when_somebody_answers_meanwhile(client: Any, settings: Any) -> None:
    started = service.create_conversation(cite="demo", greet=False)
    handoff = states.open_handoff(started.id, True, {}, "person")
    states.claim(handoff.pk, Advisor.objects.create(username="sofia", first_name="Sofia"))
    page = {"conversation": started.id, "token": started.token, "text": "à moitié écrit"}
    typed = {"name": "Camille", "contact": "06 12 34 56 78", "moment": ""}
    for action, status in ("callback", 409), ("look", 200):
        answer = client.post("/write/", {**page, **typed, "action": action})
        shown = unescape(answer.content.decode())
        assert answer.status_code == status
        assert shown.count("Sofia vous répond maintenant dans la conversation : un rappel n'est plus utile.") == 1
        assert "Demandez d'abord à parler à une personne" not in shown
        assert 'value="Camille"' in shown and 'value="06 12 34 56 78"' in shown and "à moitié écrit" in shown
        assert 'value="callback"' not in shown  # it cannot be sent, and Enter in a field sends nothing else
        assert shown.index('value="look" hidden') < shown.index('value="say"')
    emptied = client.post("/write/", {**page, "action": "look"}).content.decode()
    assert "callback-contact" not in emptied


@pytest.mark.django_db(transaction=True)
def test_a_choice_that_databases_refuse_to_look_for_is_an_unknown_one(client: Any, settings: Any) -> None:
    started = service.create_conversation(greet=False)
    page = {"conversation": started.id, "token": started.token, "action": "say", "id": "a"}
    assert client.post("/write/", {**page, "choice": "a\x00b"}).status_code == 409
