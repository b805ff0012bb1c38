"""`python -m bot account`, as it is typed."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from bot.cli.main import main
from bot.web.audit.models import Entry
from bot.web.desk.models import Advisor
from tests.web.helpers import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def do(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run it, and give back what it printed."""
    assert main(["account", *words]) == 0
    return capsys.readouterr().out.strip()


def roles(username: str) -> list[tuple[str, str]]:
    return list(Advisor.objects.get(username=username).memberships.values_list("role", "cite"))


def test_an_account_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    username, password = do(
        capsys, "add", "ines", "--first-name", "Inès", "--language", "en", "--cite", "marseille"
    ).split()
    assert Client().login(username=username, password=password)
    assert Advisor.objects.get().language == "en"
    assert roles("ines") == [("advisor", "marseille")]
    assert list(Entry.objects.order_by("pk").values_list("action", "account")[:2]) == [
        ("account_made", None), ("role", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "INES", "--first-name", "Inès", "--cite", "marseille"], "an account named INES already"),
        (["add", "x", "--first-name", "X", "--cite", "atlantis"], "no Cité has the id 'atlantis'"),
        (["add", "x", "--first-name", "X"], "--cite is missing"),
        (["add", "x", "--first-name", "X", "--role", "administrator", "--cite", "demo"], "leave --cite out"),
        (["disable", "nobody"], "no account named nobody"),
        (["reset", "nobody"], "no account named nobody"),
        (["invite", "--role", "coordinator"], "--cite is missing"),
    ],
)
def test_what_is_asked_wrongly_is_told(capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    do(capsys, "add", "ines", "--first-name", "Inès", "--cite", "marseille")
    assert main(["account", *words]) == 2
    assert told in capsys.readouterr().err
    assert Advisor.objects.count() == 1


def test_a_link_opens(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    link = do(capsys, "invite", "--role", "coordinator", "--cite", "marseille")
    found = re.fullmatch(r"http://127\.0\.0\.1:8123(/desk/join/[\w-]{43})", link)
    assert found
    assert Client().get(found[1]).status_code == 200
    assert do(capsys, "invite", "--role", "administrator", "--url", "https://desk.example/").startswith(
        "https://desk.example/desk/join/"
    )


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    do(capsys, "add", "ines", "--first-name", "Inès", "--cite", "marseille")
    do(capsys, "add", "anna", "--first-name", "Anna", "--role", "administrator")
    do(capsys, "disable", "ines")
    assert do(capsys, "list").splitlines() == [
        "anna  Anna  administrator everywhere",
        "ines  Inès  advisor marseille  disabled",
    ]
    told = [json.loads(line) for line in do(capsys, "list", "--json").splitlines()]
    assert told[1] == {
        "username": "ines", "name": "Inès", "active": False, "second_factor": False,
        "roles": [{"role": "advisor", "cite": "marseille"}],
    }  # fmt: skip


def test_roles_are_given_and_taken(capsys: pytest.CaptureFixture[str]) -> None:
    do(capsys, "add", "ines", "--first-name", "Inès", "--cite", "marseille")
    do(capsys, "role", "ines", "--role", "coordinator", "--cite", "marseille")
    do(capsys, "role", "ines", "--role", "advisor", "--cite", "demo")
    assert sorted(roles("ines")) == [("advisor", "demo"), ("coordinator", "marseille")]
    do(capsys, "role", "ines", "--cite", "demo", "--take")
    assert roles("ines") == [("coordinator", "marseille")]


def test_the_last_administrator_stays(capsys: pytest.CaptureFixture[str]) -> None:
    do(capsys, "add", "anna", "--first-name", "Anna", "--role", "administrator")
    for words in ["disable", "anna"], ["role", "anna", "--role", "administrator", "--take"]:
        assert main(["account", *words]) == 1
        assert "last administrator" in capsys.readouterr().err
    assert roles("anna") == [("administrator", "")]


def test_who_is_shut_out_gets_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    do(capsys, "add", "anna", "--first-name", "Anna", "--role", "administrator")
    anna = Advisor.objects.get()
    client = signed_in(anna, factor=True)
    assert client.get("/desk/people/").status_code == 200
    assert do(capsys, "reset", "anna", "--keep-password") == ""
    username, password = do(capsys, "reset", "anna").split()
    assert client.get("/desk/people/").status_code == 302
    answer = Client().post("/desk/login", {"username": username, "password": password}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/desk/account/factor")
