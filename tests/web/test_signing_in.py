"""Signing in and out: wrong passwords, waiting, sessions that end, passwords changed."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot.web.accounts import lockout, making
from bot.web.audit.models import Action, Entry
from bot.web.desk.models import Advisor, Attempts
from bot.web.words import LANGUAGES

from .helpers import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _few_tries(settings: Any) -> None:
    settings.TRIES = {"name": 2, "address": 4, "factor": 2}


def try_password(username: str, password: str, address: str = "192.0.2.1", language: str = "fr") -> Any:
    client = Client(REMOTE_ADDR=address, headers={"Accept-Language": language})
    return client.post("/desk/login", {"username": username, "password": password})


def told(answer: Any) -> str:
    found = re.search(r'role="alert"[^>]*>([^<]*)<', unescape(answer.content.decode()))
    return found[1] if found else ""


def later(minutes: int) -> None:
    """As if that much time had passed since the tries."""
    for row in Attempts.objects.all():
        row.last -= timedelta(minutes=minutes)
        row.locked_until = row.locked_until and row.locked_until - timedelta(minutes=minutes)
        row.save()


def actions() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("username", ["sofia", "nobody-of-this-name"])
def test_after_some_failed_tries_a_name_must_wait_whether_or_not_it_exists(username: str) -> None:
    account("Sofia", "marseille")
    answers = [try_password(username, "no", f"192.0.2.{number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert told(answers[1]) == "Identifiant ou mot de passe incorrect."
    assert told(answers[2]) == "Trop d'essais. Réessayez dans 1 minute."
    assert 0 < int(answers[2]["Retry-After"]) <= 60


def test_the_right_password_waits_too_and_then_opens() -> None:
    account("Sofia", "marseille")
    for _ in range(2):
        try_password("sofia", "no")
    assert try_password("sofia", PASSWORD).status_code == 429
    later(2)
    assert try_password("sofia", PASSWORD)["Location"] == "/desk/"
    assert not Attempts.objects.filter(failed__gt=0).exclude(failed=2).exists()  # the address keeps its two


def test_one_waits_longer_each_time_and_an_hour_makes_it_good() -> None:
    waits = []
    for _ in range(8):
        try_password("sofia", "no")
        waits.append(Attempts.objects.exclude(locked_until=None).count() and _longest_wait())
        later(16)
    assert waits == sorted(waits)
    assert waits[0] == 0
    assert waits[1] < waits[2]
    assert max(waits) <= 15 * 60
    later(61)
    assert try_password("sofia", "no").status_code == 200
    assert {row.failed for row in Attempts.objects.all()} == {1}


def _longest_wait() -> int:
    return max(
        int((row.locked_until - row.last).total_seconds()) for row in Attempts.objects.exclude(locked_until=None)
    )


def test_an_address_that_tries_many_names_must_wait(settings: Any) -> None:
    account("Sofia", "marseille")
    assert [try_password(f"name{number}", "no").status_code for number in range(5)] == [200, 200, 200, 200, 429]
    assert try_password("sofia", PASSWORD, "192.0.2.9").status_code == 302


def test_an_account_of_one_s_own_does_not_let_one_guess_for_ever() -> None:
    account("Mallory", "nimes")
    statuses = []
    for number in range(6):
        statuses.append(try_password(f"name{number}", "no").status_code)
        try_password("mallory", PASSWORD)
    assert 429 in statuses


@pytest.mark.parametrize("otherwise", [" sofia", "sofia  ", "SOFIA", "\u3000sofia", "ｓｏｆｉａ", "sofia\x00"])
def test_a_name_written_otherwise_is_the_same_name(otherwise: str) -> None:
    sofia = account("Sofia", "marseille")
    try_password("sofia", "no", "192.0.2.1")
    assert try_password(otherwise, "no", "192.0.2.2").status_code == 200
    assert [entry.object for entry in Entry.objects.all()] == [str(sofia.pk)] * 2
    assert try_password("sofia", PASSWORD, "192.0.2.3").status_code == 429
    assert try_password(otherwise, PASSWORD, "192.0.2.4").status_code == 429


def test_neither_names_nor_addresses_are_stored() -> None:
    try_password("sofia", "no", "192.0.2.77")
    stored = str(list(Attempts.objects.values())) + str(list(Entry.objects.values()))
    assert Attempts.objects.count() == 2
    for secret in "sofia", "192.0.2.77", "192.0.2":
        assert secret not in stored
    later(61)
    assert lockout.forget_old() == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_is_told_in_each_language(language: str) -> None:
    for _ in range(3):
        answer = try_password("sofia", "no", language=language)
    assert answer.status_code == 429
    assert "{" not in told(answer)
    assert "1 min" in told(answer)


def test_the_page_does_not_tell_whether_an_account_exists() -> None:
    account("Sofia", "marseille")
    Advisor.objects.filter(username="sofia").update(is_active=True)
    account("Marc", "marseille", is_active=False)
    pages = [try_password(name, "no").content for name in ("sofia", "marc", "nobody")]
    plain = [re.sub(rb'value="(\w{64}|sofia|marc|nobody)"', b"", page) for page in pages]
    assert plain[0] == plain[1] == plain[2]


def test_what_happened_is_in_the_audit_log() -> None:
    sofia = account("Sofia", "marseille")
    try_password("sofia", "no")
    try_password("sofia", PASSWORD)
    client = signed_in(sofia)
    client.post("/desk/logout")
    for _ in range(3):
        try_password("nobody", "no", "192.0.2.8")
    assert actions() == ["login_refused", "login", "login", "logout", "login_refused", "login_refused", "locked"]
    refused = Entry.objects.order_by("pk")[0]
    assert (refused.account, refused.kind, refused.object, refused.cite) == (
        None,
        "advisor",
        str(sofia.pk),
        "marseille",
    )


def test_signing_in_leads_to_the_page_asked_for_and_never_elsewhere() -> None:
    account("Sofia", "marseille")
    asked = Client().get("/desk/account/")
    assert asked["Location"] == "/desk/login?next=/desk/account/"
    fields = {"username": "sofia", "password": PASSWORD}
    assert Client().post("/desk/login", {**fields, "next": "/desk/account/"})["Location"] == "/desk/account/"
    assert Client().post("/desk/login", {**fields, "next": "https://evil.example/"})["Location"] == "/desk/"
    assert Client().post("/desk/login", {**fields, "next": "//evil.example/"})["Location"] == "/desk/"


def age(client: Client, **seconds: int) -> None:
    session = client.session
    for key, value in seconds.items():
        session[key] = int(time.time()) - value
    session.save()


def test_a_session_ends_when_nobody_is_there(settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES = 30
    client = signed_in(account("Sofia", "marseille"))
    age(client, seen=29 * 60)
    assert client.get("/desk/").status_code == 200
    assert int(time.time()) - client.session["seen"] < 5
    age(client, seen=31 * 60)
    assert client.get("/desk/")["Location"] == "/desk/login?notice=session_over&next=/desk/"
    assert "Votre session a pris fin." in Client().get("/desk/login?notice=session_over").content.decode()
    assert client.get("/desk/")["Location"] == "/desk/login?next=/desk/"


def test_a_page_that_asks_for_news_by_itself_keeps_no_session_open(settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES = 30
    client = signed_in(account("Sofia", "marseille"))
    age(client, seen=29 * 60)
    polled = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/"}
    assert client.get("/desk/?part=1", headers=polled).status_code == 200
    age(client, seen=31 * 60)
    answer = client.get("/desk/?part=1", headers=polled)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/desk/login?notice=session_over&next=/desk/"
    assert answer.content == b""


def test_a_session_ends_after_a_day_s_work_however_busy(settings: Any) -> None:
    settings.SESSION_HOURS = 8
    client = signed_in(account("Sofia", "marseille"))
    age(client, began=8 * 3600 + 1)
    assert "session_over" in client.get("/desk/")["Location"]


def test_each_answer_tells_how_long_the_session_lasts(settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 30, 8
    client = signed_in(account("Sofia", "marseille"))
    age(client, seen=28 * 60)
    polled = {"HX-Request": "true"}
    for _ in range(2):  # what a page asks for by itself makes it no longer
        assert 115 <= int(client.get("/desk/waiting?count=0", headers=polled)["Desk-Session"]) <= 120
    stays = client.post("/desk/session", headers=polled)
    assert (stays.status_code, stays.content) == (204, b"")
    assert 1795 <= int(stays["Desk-Session"]) <= 1800
    age(client, began=8 * 3600 - 100)
    told = client.post("/desk/session", headers=polled)["Desk-Session"]
    assert re.fullmatch(r"(9\d|100) last", told)
    assert f'data-left="{told[:2]}' in client.get("/desk/").content.decode()
    assert "Desk-Session" not in Client().get("/desk/login")
    age(client, seen=31 * 60)
    assert "session_over" in client.post("/desk/session", headers=polled)["HX-Redirect"]


def test_a_session_whose_time_is_up_is_changed_for_a_new_one_on_the_same_page() -> None:
    client = signed_in(account("Sofia", "marseille"))
    anew = client.post("/desk/session/anew", {"next": "/desk/account/"})
    assert anew["Location"] == "/desk/login?next=/desk/account/"
    assert client.get("/desk/").status_code == 302
    client = signed_in(Advisor.objects.get())
    away = client.post("/desk/session/anew", {"next": "https://evil.example/"})["Location"]
    assert away == "/desk/login?next=/desk/"
    assert actions() == ["login", "logout", "login", "logout"]


def test_all_sessions_are_closed_at_once() -> None:
    sofia = account("Sofia", "marseille")
    here, there = signed_in(sofia), signed_in(sofia)
    assert here.post("/desk/logout-everywhere")["Location"] == "/desk/login?notice=signed_out"
    assert there.get("/desk/").status_code == 302
    assert Action.LOGOUT_EVERYWHERE in actions()


def test_who_is_shut_out_is_out_at_once() -> None:
    sofia = account("Sofia", "marseille")
    client = signed_in(sofia)
    making.disable(sofia)
    assert client.get("/desk/").status_code == 302
    assert told(try_password("sofia", PASSWORD)) == "Identifiant ou mot de passe incorrect."
    making.enable(sofia)
    assert client.get("/desk/").status_code == 302  # the old session stays over
    assert try_password("sofia", PASSWORD).status_code == 302


def change(client: Client, old: str, new: str, again: str | None = None) -> Any:
    return client.post("/desk/account/password", {"old": old, "password": new, "again": again or new})


def test_a_password_is_changed_and_other_sessions_are_over() -> None:
    sofia = account("Sofia", "marseille")
    here, there = signed_in(sofia), signed_in(sofia)
    assert change(here, PASSWORD, "quatre mots pour entrer")["Location"] == "/desk/account/?notice=saved"
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302
    sofia.refresh_from_db()
    assert sofia.password.startswith("argon2$")
    assert sofia.check_password("quatre mots pour entrer")
    assert Action.PASSWORD in actions()


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "sentence"),
    [
        ("no", "quatre mots pour entrer", None, "old", "Ce n'est pas le mot de passe actuel."),
        (PASSWORD, "trop court", None, "password", "Ce mot de passe est trop court : 12 caractères au moins."),
        (PASSWORD, "1234567890123456", None, "password", "Ce mot de passe n'a que des chiffres"),
        (PASSWORD, "qwertyuiop12345", "qwertyuiop12346", "password", "Les deux mots de passe ne sont pas les mêmes."),
        (PASSWORD, "unbreakable1", None, "password", "Ce mot de passe"),
        (PASSWORD, "sofia-rossi-2027", None, "password", "Ce mot de passe ressemble trop à votre nom"),
    ],
)
def test_what_is_wrong_with_a_new_password_stands_at_its_field(
    old: str, new: str, again: str | None, field: str, sentence: str
) -> None:
    if new == "unbreakable1":
        new = "password1234"  # a common one of twelve characters
    client = signed_in(account("Sofia", "marseille", username="sofia-rossi"))
    shown = unescape(change(client, old, new, again).content.decode())
    error = re.search(rf'id="{field}-error">([^<]*)<', shown)
    assert error
    assert error[1].startswith(sentence)
    box = re.search(rf'<input id="{field}"[^>]*>', shown)
    assert box
    assert 'aria-invalid="true"' in box[0]
    assert f'aria-describedby="{field}-error' in box[0]
    assert "autofocus" in box[0]
    assert Advisor.objects.get().check_password(PASSWORD)


def test_the_old_password_is_not_guessed_here_either() -> None:
    client = signed_in(account("Sofia", "marseille"))
    statuses = [change(client, "no", "quatre mots pour entrer").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_my_account() -> None:
    client = signed_in(account("Sofia", "marseille"))
    shown = unescape(client.get("/desk/account/").content.decode())
    assert "Conseil, " in shown
    topics = ["find_job", "change_job", "xx"]
    fields = {"first_name": " Sofia R. ", "language": "it", "spoken": ["it", "fr", "xx"], "topics": topics}
    assert client.post("/desk/account/", fields)["Location"] == "/desk/account/?notice=saved"
    sofia = Advisor.objects.get()
    assert (sofia.first_name, sofia.language, sofia.languages) == ("Sofia R.", "it", ["fr", "it"])
    assert sofia.knows("find_job") and sofia.knows("change_job") and not sofia.knows("xx") and not sofia.knows("")
    assert 'value="find_job" checked' in client.get("/desk/account/").content.decode()
    shown = unescape(client.post("/desk/account/", {**fields, "first_name": " "}).content.decode())
    assert 'id="first_name-error"' in shown
    assert client.post("/desk/account/", {**fields, "first_name": "x" * 81}).status_code == 200
    sofia.refresh_from_db()
    assert sofia.first_name == "Sofia R."


def test_the_first_account_administers_and_is_made_once() -> None:
    made = making.ensure_first_advisor()
    assert made is not None
    username, password = made
    assert making.ensure_first_advisor() is None
    assert len(password) >= 16
    client = Client()
    answer = client.post("/desk/login", {"username": username, "password": password}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/desk/account/factor?")
    assert client.post("/desk/account/factor/later", follow=True).redirect_chain[-1][0] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_the_last_administrator_stays(settings: Any) -> None:
    first = account("Anna", "", role="administrator")
    with pytest.raises(making.LastAdministrator):
        making.disable(first)
    with pytest.raises(making.LastAdministrator):
        making.take_role(first, "")
    second = account("Bruno", "", role="administrator")
    making.disable(second)
    with pytest.raises(making.LastAdministrator):
        making.disable(first)
    making.enable(second)
    making.disable(first)
    assert timezone.now() - Entry.objects.latest("at").at < timedelta(minutes=1)
