"""The copy of a conversation that a person takes with them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.web.conversations import service, states, transcript
from bot.web.conversations.models import Author, Conversation, Message
from bot.web.desk.models import Advisor
from bot.web.words import LANGUAGES

from .conftest import until
from .helpers import begin
from .person import Person, code

pytestmark = pytest.mark.django_db

CITE = {
    "kind": "cite", "id": "marseille", "name": "Cité des métiers de Marseille", "city": "Marseille",
    "distance_km": 3.25,
    "address": "4 rue des Consuls, 13002 Marseille", "hours": "ouverte jusqu'à 18 h", "phone": "+33 4 96 11 62 70",
    "map": "https://www.openstreetmap.org/?mlat=43", "website": None,
}  # fmt: skip
EVENT = {"kind": "event", "title": "Forum", "when": "mardi 1 décembre, 14 h", "url": "https://example.org/forum"}
WEEK = {
    "kind": "week", "caption": "Horaires", "columns": ["Jour", "Accueil", "Entretiens"],
    "rows": [{"day": "lundi", "hours": ["9 h – 17 h", "fermé"], "today": False}],
}  # fmt: skip


def add(conversation_id: str, author: str, text: str, at: str, **payload: Any) -> None:
    conversation = Conversation.objects.get(pk=conversation_id)
    conversation.last_seq += 1
    conversation.save()
    moment = datetime.fromisoformat(at).replace(tzinfo=timezone.utc)
    name = "Sofia" if author == Author.ADVISOR else ""
    Message.objects.create(
        conversation=conversation, seq=conversation.last_seq, author=author, text=text, name=name, payload=payload,
        language="fr", created=moment,
    )  # fmt: skip


def talk(**settings: Any) -> str:
    conversation_id = begin(**settings)
    choices = [{"key": "k", "title": "Trouver une formation"}]
    add(conversation_id, Author.BOT, "Bonjour !\nQue cherchez-vous ?", "2026-11-30T22:58:00", choices=choices)
    add(conversation_id, Author.SIGNAL, "", "2026-11-30T22:58:30")
    add(conversation_id, Author.PERSON, "une Cité à Marseille", "2026-11-30T23:05:00")
    add(conversation_id, Author.BOT, "La plus proche :", "2026-11-30T23:05:02", cards=[CITE, EVENT, WEEK])
    add(conversation_id, Author.ADVISOR, "Bonjour, c'est Sofia.", "2026-11-30T23:30:00")
    return conversation_id


def test_it_reads_as_what_was_seen() -> None:
    text = transcript.text_file(talk(), "Europe/Paris").text
    head, rest = text.split("\n\n", 1)
    assert head.startswith("Assistant des Cités des métiers\nCopie faite le ")
    assert head.endswith("Les heures sont celles de Europe/Paris.")
    assert rest == (
        "— lundi 30 novembre 2026 —\n\n"
        "23:58 Assistant\n    Bonjour !\n    Que cherchez-vous ?\n"
        "    Réponses proposées :\n    - Trouver une formation\n\n"
        "— mardi 1 décembre 2026 —\n\n"
        "00:05 Vous\n    une Cité à Marseille\n\n"
        "00:05 Assistant\n    La plus proche :\n"
        "    * Cité des métiers de Marseille\n      Marseille · à 3,2 km\n      4 rue des Consuls, 13002 Marseille\n"
        "      ouverte jusqu'à 18 h\n      +33 4 96 11 62 70\n      https://www.openstreetmap.org/?mlat=43\n"
        "    * Forum\n      mardi 1 décembre, 14 h\n      https://example.org/forum\n"
        "    * Horaires (Accueil / Entretiens)\n      lundi : 9 h – 17 h / fermé\n\n"
        "00:30 Sofia, de l'équipe\n    Bonjour, c'est Sofia.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_each_language(language: str) -> None:
    file = transcript.text_file(talk(language=language), "UTC")
    assert file.language == language
    assert file.name.isascii() and file.name.startswith("convers") and file.name.endswith(".txt")
    assert "{" not in file.text
    assert ("novembre" in file.text) == (language in ("fr", "it"))


@pytest.mark.parametrize(
    ("zone", "cite", "shown"),
    [
        ("Indian/Mauritius", "", "03:05"),
        ("Mars/Olympus", "maurice", "03:05"),
        ("../../etc/passwd", "maurice", "03:05"),
        ("a\0b", "", "00:05"),
        ("x" * 5000, "", "00:05"),
        (None, "no-such-cite", "00:05"),
    ],
)
def test_whose_clock_it_is(zone: str | None, cite: str, shown: str) -> None:
    assert f"\n{shown} Vous\n" in transcript.text_file(talk(cite=cite), zone).text


@pytest.mark.django_db(transaction=True)
def test_it_is_handed_over_as_a_file_to_nobody_else(person: Person) -> None:
    until(person.heard)
    person.say("bonjour <b>toi</b>")
    answer = person.call("GET", "/transcript", params={"timezone": "Europe/Paris"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="conversation-20')
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Vous\n    bonjour <b>toi</b>" in answer.text
    other = Person(person.http)
    assert code(person.call("GET", "/transcript", headers=other.headers)) == (401, "unauthorised")
    in_address = person.http.get(f"/conversations/{person.id}/transcript", params={"token": person.created["token"]})
    assert code(in_address) == (401, "unauthorised")


def test_what_was_left_behind_by_starting_anew_is_not_in_it() -> None:
    conversation_id = talk()
    advisor = Advisor.objects.create_user("sofia", password="x", first_name="Sofia")
    states.claim(states.open_handoff(conversation_id, True, {}, "person").pk, advisor)
    service.restart(conversation_id)
    assert "Marseille" not in transcript.text_file(conversation_id).text
