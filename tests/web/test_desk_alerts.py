"""Alerts to who has no desk open: by e-mail and webhook, once each time a request waits, nothing of what was said."""

from __future__ import annotations

import asyncore
import json
import logging
import smtpd
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from bot.web import environment
from bot.web.conversations import callbacks, presence, states
from bot.web.conversations.models import Handoff
from bot.web.desk_notes import alerts
from bot.web.desk_notes.herald import Herald
from bot.web.desk_notes.models import Alert
from bot.web.desk_notes.sending import recipients

from .conftest import until
from .desk_person import request
from .helpers import account, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_set(settings: Any) -> None:
    settings.ALERT_EMAIL, settings.ALERT_WEBHOOK, settings.ALERT_AFTER = [], "", 0
    settings.ALERT_TIMEOUT = 0.5
    settings.DESK_URL = "https://desk.example/desk/"


class Post(smtpd.SMTPServer):
    """A mail server of this machine that keeps what it is given; it may refuse."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), None)
        self.port = self.socket.getsockname()[1]
        self.letters: list[tuple[list[str], Any]] = []
        self.refuses = False

    def process_message(self, peer: Any, mailfrom: str, rcpttos: list[str], data: bytes, **options: Any) -> str | None:
        if self.refuses:
            return "451 try again later"
        self.letters.append((rcpttos, message_from_bytes(data, policy=default)))
        return None


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    server = Post()
    going = threading.Event()

    def serve() -> None:
        while not going.is_set():
            asyncore.loop(timeout=0.02, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.ALERT_EMAIL = ["team@example.org", "marseille=port@example.org"]
    yield server
    going.set()
    thread.join(5)
    server.close()


class Hook(ThreadingHTTPServer):
    """A webhook of this machine that keeps what it is sent; it may fail, or be slow."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.status = 200
        self.waits = threading.Event()
        self.waits.set()
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.waits.wait(5)
        self.server.told.append(told)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *told: Any) -> None:
        """Quiet."""


@pytest.fixture
def hook(settings: Any) -> Iterator[Hook]:
    server = Hook()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.ALERT_WEBHOOK = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield server
    server.waits.set()
    server.shutdown()
    server.server_close()


def look() -> None:
    run(Herald().look())


def again() -> None:
    """The time of the next try has come."""
    Alert.objects.update(due=timezone.now())
    look()


def test_a_letter_tells_where_and_in_which_language_and_nothing_else(post: Post) -> None:
    request("demo", language="it", request="un secret")
    request("marseille")
    look()
    until(lambda: len(post.letters) == 2)
    (to, letter), (other, _) = sorted(post.letters, key=lambda pair: pair[0], reverse=True)
    assert (to, other) == (["team@example.org"], ["port@example.org"])
    body = letter.get_content()
    assert letter["Subject"] == "Une personne attend une réponse"
    assert "Cité des métiers de démonstration (fictive)" in body and "langue : Italiano" in body
    assert "https://desk.example/desk/" in body
    assert not [word for word in ("secret", "métier,", "Marseille", "06 39", "Changer") if word in body]


def test_a_webhook_is_told_the_same(hook: Hook) -> None:
    request("demo", request="un secret")
    look()
    (told,) = hook.told
    assert (told["event"], told["cite"], told["language"]) == ("handoff_waiting", "demo", "fr")
    sentence = "Une personne attend (Cité des métiers de démonstration (fictive)), langue : Français."
    assert told["text"] == f"{sentence} https://desk.example/desk/"
    assert set(told) == {"text", "event", "cite", "language", "desk"} and "secret" not in json.dumps(told)


def test_once_a_request_by_each_way_however_often_it_is_looked(post: Post, hook: Hook) -> None:
    request()
    for _ in range(3):
        look()
        again()
    assert (len(post.letters), len(hook.told)) == (1, 1)


def test_a_request_that_goes_back_to_the_queue_is_told_of_anew(hook: Hook) -> None:
    handoff, marc = request(), account("Marc", "demo")
    look()
    for _ in range(2):
        states.claim(handoff.pk, marc)
        states.transfer(handoff.pk, marc, None)
        look()
        again()
    assert len(hook.told) == 3


def test_who_asks_to_be_called_back_is_told_of_once_until_somebody_has_it(hook: Hook) -> None:
    handoff = request()
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org", "le matin")
    look()
    told = hook.told[-1]
    assert (told["event"], told["cite"]) == ("handoff_callback", "demo")
    assert told["text"].startswith("Une personne demande à être rappelée (Cité des métiers de démonstration (fictive))")
    assert "amille" not in str(told)
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org", "le soir")
    again()
    look()
    assert len(hook.told) == 1
    other = request()
    look()
    callbacks.request(other.conversation_id, "Camille", "camille@example.org", "le soir")
    again()
    look()
    assert len(hook.told) == 2  # it is the same wait
    taken = request()
    callbacks.request(taken.conversation_id, "Camille", "camille@example.org", "le soir")
    callbacks.open_callback(taken.pk, account("Marc", "demo"))
    look()
    assert len(hook.told) == 2


def test_a_call_back_is_looked_at_by_its_own_cite_alone(hook: Hook) -> None:
    handoff = request()
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org", "le matin")
    Handoff.objects.update(widened=timezone.now())
    presence.here(account("Marc", "marseille").pk, True, ["marseille"], ["fr"])
    look()
    assert len(hook.told) == 1


def test_nobody_is_told_while_somebody_looks_or_before_the_time(hook: Hook, settings: Any) -> None:
    marc = account("Marc", "demo")
    presence.here(marc.pk, True, ["demo"], ["fr"])
    handoff = request()
    look()
    assert hook.told == []
    presence.gone(marc.pk)
    settings.ALERT_AFTER = 60
    look()
    assert hook.told == []
    Handoff.objects.update(queued=timezone.now() - timedelta(seconds=61))
    look()
    assert len(hook.told) == 1 and Alert.objects.get().handoff_id == handoff.pk


def test_who_looks_is_looked_up_once_however_many_wait(hook: Hook, django_assert_num_queries: Any) -> None:
    marc = account("Marc", "demo")
    presence.here(marc.pk, True, ["demo"], ["fr"])
    for _ in range(3):
        request()
    alone = request("marseille")
    with django_assert_num_queries(7):  # with the beginning and the end of a transaction
        assert alerts.plan() == 1
    assert Alert.objects.get().handoff_id == alone.pk


def test_of_a_widened_request_anybody_who_speaks_its_language_looks(hook: Hook) -> None:
    marc = account("Marc", "demo")
    presence.here(marc.pk, True, ["demo"], ["fr"])
    request("marseille")
    Handoff.objects.update(widened=timezone.now())
    assert alerts.plan() == 0


def test_off_by_default(settings: Any) -> None:
    request()
    look()
    assert not Alert.objects.exists()


def test_a_failure_is_logged_without_addresses_and_tried_again(
    post: Post, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    request()
    post.refuses, hook.status = True, 503
    with caplog.at_level(logging.WARNING):
        look()
    told = [record.getMessage() for record in caplog.records if "alert" in record.getMessage()]
    assert len(told) == 2 and any("(status 503)" in line for line in told)
    assert not [line for line in told if "@" in line or "127.0.0.1" in line]
    assert not Alert.objects.exclude(sent=None).exists()
    look()
    assert len(hook.told) == 1, "not before its time"
    post.refuses, hook.status = False, 200
    again()
    assert (len(post.letters), len(hook.told)) == (1, 2)
    assert not Alert.objects.filter(sent=None).exists()


def test_mail_set_up_wrongly_keeps_no_webhook_from_being_called(
    post: Post, hook: Hook, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True  # Django refuses both at once
    request()
    with caplog.at_level(logging.WARNING):
        look()
    assert len(hook.told) == 1
    assert "ValueError" in caplog.text
    assert Alert.objects.get(sent=None).due > timezone.now()


def test_pauses_grow_and_tries_end(hook: Hook, settings: Any) -> None:
    settings.ALERT_TRIES = 3
    hook.status = 500
    request()
    look()
    pauses = []
    for _ in range(4):
        pauses.append((Alert.objects.get().due - timezone.now()).total_seconds())
        again()
    assert len(hook.told) == 3
    assert pauses[0] < pauses[1] - 10


def test_who_is_slow_or_away_holds_nobody_up(hook: Hook, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    request()
    hook.waits.clear()
    with caplog.at_level(logging.WARNING):
        look()
    assert "ReadTimeout" in caplog.text
    hook.waits.set()
    settings.ALERT_WEBHOOK = "http://127.0.0.1:9/nobody"
    with caplog.at_level(logging.WARNING):
        again()
    assert "ConnectError" in caplog.text


def test_one_that_is_taken_meanwhile_is_told_no_more(hook: Hook) -> None:
    handoff = request()
    hook.status = 500
    look()
    states.claim(handoff.pk, account("Marc", "demo"))
    again()
    assert len(hook.told) == 1


def test_two_processes_share_the_work(hook: Hook) -> None:
    request()
    alerts.plan()
    (first,), (second,) = alerts.due(), alerts.due()
    assert [alerts.take(first), alerts.take(second)] == [True, False]


def test_who_is_written_to(settings: Any) -> None:
    settings.ALERT_EMAIL = ["a@x.org", "demo=b@x.org", "b=c@x.org", "demo=d@x.org"]
    assert recipients("demo") == ["b@x.org", "d@x.org"]
    assert recipients("") == recipients("marseille") == ["a@x.org"]


@pytest.mark.parametrize("value", ["ftp://x.org", "x.org/hook", "https://", "https://x.org/a b"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ALERT_WEBHOOK", value)
    with pytest.raises(ImproperlyConfigured, match="ALERT_WEBHOOK must begin with http"):
        environment.web_address("ALERT_WEBHOOK")
