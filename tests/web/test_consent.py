"""An advisor reads nothing before the person has said what may be read."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from bot.web.conversations import delivery, house_commands, lease, service, states, writing
from bot.web.conversations.models import Handoff
from bot.web.desk.models import Advisor

from .fake_rasa import FakeRasa
from .helpers import account, begin, carry, choose, conversation, progress, say

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "ce que je n'ai dit qu'à l'assistant"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(account("Sofia", "demo", "marseille"))
    return client


def everything(desk: Client) -> str:
    """All that the desk shows: the queue, and each request."""
    paths = ["/desk/", *(f"/desk/handoffs/{number}/" for number in Handoff.objects.values_list("pk", flat=True))]
    return unescape("".join(desk.get(path).content.decode() for path in paths))


def asked_for_a_human() -> str:
    """A conversation in which the question of consent was just asked."""
    talk = begin()
    for text in SECRET, "je préfère parler à quelqu'un":
        say(talk, text)
        carry(talk)
    return talk


def test_while_the_question_is_open_the_desk_knows_nothing(rasa: FakeRasa, desk: Client) -> None:
    asked_for_a_human()
    assert not Handoff.objects.exists()
    assert "Personne n'attend." in everything(desk)
    assert SECRET not in everything(desk)


@pytest.mark.parametrize(("answer", "read"), [("Oui", True), ("Non", False)])
def test_the_answer_decides(rasa: FakeRasa, desk: Client, answer: str, read: bool) -> None:
    talk = asked_for_a_human()
    choose(talk, answer)
    carry(talk)
    say(talk, "et voici la suite")
    shown = everything(desk)
    assert (SECRET in shown) is read
    assert "et voici la suite" in shown


def test_not_to_share_where_rasa_is_away_leaves_nothing_of_what_was_said(rasa: FakeRasa, desk: Client) -> None:
    rasa.turn = {"concern": "change_job", "place": "Marseille"}
    talk = begin(cite="demo")
    say(talk, SECRET)
    carry(talk)
    row = conversation(talk)
    writing.house(row, "door.given_up", choices=[("door.advisor_private", house_commands.ADVISOR_PRIVATE)])
    choose(talk, "Parler à une personne, sans partager cette conversation")
    assert Handoff.objects.get().summary == {"language": "fr", "cite": "demo"}
    shown = everything(desk)
    assert SECRET not in shown
    assert "Marseille" not in shown


def test_not_to_share_leaves_out_what_rasa_has_not_answered_yet_too(settings: Any, desk: Client) -> None:
    settings.GIVE_UP_UNREACHABLE = 0
    talk = begin(cite="demo")
    first = say(talk, SECRET)
    say(talk, "la suite de ce que je disais")
    assert lease.take(talk, "me") and lease.next_message(talk, "me")
    delivery.put_off(talk, "me", first, reachable=False)
    assert progress(talk) == ["failed", "pending"]
    choose(talk, "Parler à une personne, sans partager cette conversation")
    say(talk, "ceci est pour vous")
    shown = everything(desk)
    assert SECRET not in shown
    assert "la suite de ce que je disais" not in shown
    assert "ceci est pour vous" in shown


def test_starting_anew_takes_the_permission_back(rasa: FakeRasa, desk: Client) -> None:
    talk = asked_for_a_human()
    choose(talk, "Oui")
    carry(talk)
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, Advisor.objects.get())
    service.restart(talk)
    say(talk, "une autre histoire")
    assert "une autre histoire" not in everything(desk)
