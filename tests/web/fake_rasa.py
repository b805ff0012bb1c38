"""A small HTTP server that answers as Rasa's door channel does; it can be slow, failing, empty or away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.web.local_server import LocalServer, respond

SECRET = "a secret between the door and Rasa"
CONCERN = "change_job"

GREETING = {
    "text": "Bonjour, je suis un assistant automatique.",
    "buttons": [
        {"title": "Changer de métier", "payload": "/change_job"},
        {"title": "Parler à quelqu'un", "payload": "/talk_to_advisor"},
    ],
    "custom": None,
    "language": "fr",
}
NEAREST = {
    "text": "La Cité la plus proche de Marseille :",
    "buttons": [],
    "custom": {
        "cards": [
            {
                "kind": "cite",
                "id": "marseille",
                "name": "Cité des métiers de Marseille",
                "city": "Marseille",
                "distance_km": 1.2,
                "address": "4 rue des Consuls",
                "phone": "+33 4 96 11 62 70",
                "website": "https://www.example.org/marseille",
                "map": "https://www.example.org/map",
                "hours": "Horaires non confirmés",
            },
            {
                "kind": "event",
                "title": "Atelier <b>CV</b>",
                "when": "mardi 24 novembre, 14:00",
                "place": None,
                "url": "javascript:alert(1)",
            },
            {
                "kind": "event",
                "title": "Forum",
                "when": "mercredi 25 novembre, 14:00",
                "place": "Salle 1",
                "cite": "Cité des métiers de Marseille",
                "details": "Complet",
                "url": None,
                "booking": "https://www.example.org/forum",
                "calendar": "agenda/marseille/0123456789abcdef/20261125T130000Z.ics",
            },
        ]
    },
    "language": "fr",
}
CONSENT = {
    "text": "Acceptez-vous que le conseiller lise cette conversation ?",
    "buttons": [
        {"title": "Oui", "payload": '/affirm{"consent": "yes"}'},
        {"title": "Non", "payload": '/deny{"consent": "no"}'},
    ],
    "custom": None,
    "language": "fr",
}


def said(text: str, language: str = "fr", **more: Any) -> dict[str, Any]:
    """One reply with a text."""
    return {"text": text, "buttons": [], "custom": None, "language": language, **more}


def handoff(consent: bool) -> dict[str, Any]:
    """The reply that opens a handoff."""
    summary = {
        "concern": CONCERN,
        "place": "Marseille",
        "language": "fr",
        "cite": "marseille",
        "request": "je préfère parler à quelqu'un",
    }
    return said("Merci, je transmets.", custom={"handoff": {"consent": consent, "summary": summary}})


def usual(message: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
    """What is answered to a message unless the test says otherwise."""
    language = metadata.get("language") or "fr"
    fixed: dict[str, list[dict[str, Any]]] = {
        "/greet": [GREETING],
        "/restart": [said("On recommence.", language)],
        "/talk_to_advisor": [CONSENT],
        '/affirm{"consent": "yes"}': [handoff(True)],
        '/deny{"consent": "no"}': [handoff(False)],
        "je suis à Marseille": [NEAREST],
        "je préfère parler à quelqu'un": [CONSENT],
        "efface tout": [said("C'est effacé.", custom={"erase": True})],
        "in English please": [said("Sure.", "en", custom={"language": "en"})],
    }
    return fixed.get(message, [said(f"Réponse à : {message}", language)])


class FakeRasa(LocalServer):
    """Start it, point RASA_URL at `url`, read what it was sent in `calls`."""

    protocol = "HTTP/1.0"  # no connection outlives its call: once stopped, it answers nobody

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[dict[str, Any]] = []
        self.answer: Callable[[str, dict[str, Any]], list[dict[str, Any]]] = usual
        self.forgotten: list[str] = []
        self.dropped_before: list[int] = []
        self.turn: dict[str, Any] = {}
        self.status = 200
        self.delay = 0.0
        self.most_at_once: dict[str, int] = {}
        self._at_once: dict[str, int] = {}

    @property
    def messages(self) -> list[str]:
        """What it was asked, in order."""
        return [call["message"] for call in self.calls]

    def serve(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer a turn, or forget."""
        if handler.headers["Authorization"] != f"Bearer {SECRET}":
            return _send(handler, 401, {})
        return self._turn(handler, json.loads(body)) if body else self._forget(handler)

    def _forget(self, handler: BaseHTTPRequestHandler) -> None:
        path, _, query = handler.path.partition("?")
        if path == "/webhooks/door/conversations":
            self.dropped_before.append(int(query.removeprefix("before=")))
            return _send(handler, 200, {"erased": 0})
        self.forgotten.append(path.removeprefix("/webhooks/door/conversations/"))
        handler.send_response(204)
        handler.end_headers()

    def _turn(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        sender = body["sender"]
        with self.lock:
            self.calls.append(body)
            self._at_once[sender] = self._at_once.get(sender, 0) + 1
            self.most_at_once[sender] = max(self.most_at_once.get(sender, 0), self._at_once[sender])
        time.sleep(self.delay)
        with self.lock:
            self._at_once[sender] -= 1
        if self.status != 200:
            return _send(handler, self.status, {})
        turn = {"intent": None, "confidence": None, "language": None, "concern": None, "place": None, "cite": None}
        replies = self.answer(body["message"], body["metadata"])
        _send(handler, 200, {"replies": replies, "turn": {**turn, **self.turn}})


def _send(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    respond(handler, status, json.dumps(body).encode())
