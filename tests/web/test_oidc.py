"""Signing in through a directory of the house's own, over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from bot.web.accounts import making, oidc
from bot.web.audit.models import Entry
from bot.web.desk.models import Advisor

from .helpers import PASSWORD, account
from .provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db(transaction=True)
FAILED = "/desk/login?notice=oidc_failed"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider()
    made.start()
    settings.OIDC_ISSUER = made.issuer
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_TIMEOUT = 1
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "bot.web.accounts.oidc.Directory"]
    oidc._kept.clear()
    yield made
    made.stop()


@pytest.fixture
def ines() -> Advisor:
    return account("Inès", "marseille", email="Ines@cite.example")


def through(provider: Provider, client: Client, begin: str = "/desk/oidc/begin") -> str:
    """Sign in; the address at which one arrives."""
    away = client.get(begin)["Location"]
    assert away.startswith(f"{provider.issuer}/authorise?")
    back = urlsplit(provider.authorise(away))
    assert back.path == "/desk/oidc/callback"
    return client.get(f"{back.path}?{back.query}")["Location"]


def test_an_account_that_there_is_comes_in(provider: Provider, ines: Advisor) -> None:
    client = Client()
    assert "organisation" in client.get("/desk/login").content.decode()
    assert through(provider, client, "/desk/oidc/begin?next=/desk/account/") == "/desk/account/"
    assert client.get("/desk/").status_code == 200
    assert client.session["_auth_user_id"] == str(ines.pk)
    assert list(Entry.objects.values_list("action", "account")) == [("login", ines.pk)]
    assert provider.asked == ["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"]


def test_next_leads_nowhere_else(provider: Provider, ines: Advisor) -> None:
    assert through(provider, Client(), "/desk/oidc/begin?next=https://evil.example/") == "/desk/"


def test_the_second_factor_is_asked_for_all_the_same(provider: Provider, settings: Any) -> None:
    settings.FACTOR_MAY_WAIT = False
    account("Inès", "marseille", role="coordinator", email="ines@cite.example")
    client = Client()
    through(provider, client)
    assert client.get("/desk/")["Location"].startswith("/desk/account/factor")


def test_who_was_not_invited_stays_out_and_no_account_is_made(provider: Provider) -> None:
    account("Marc", "marseille")  # without an address, which is not that of a claim without one
    client = Client()
    assert through(provider, client) == FAILED
    assert Advisor.objects.count() == 1
    assert client.get("/desk/").status_code == 302
    assert "abouti" in client.get(FAILED, headers={"Accept-Language": "fr"}).content.decode()
    assert list(Entry.objects.values_list("action", flat=True)) == ["login_refused"]


def test_who_was_shut_out_stays_out(provider: Provider, ines: Advisor) -> None:
    client = Client()
    through(provider, client)
    making.disable(ines)
    assert client.get("/desk/").status_code == 302
    assert through(provider, client) == FAILED


def test_two_accounts_of_one_address_are_none(provider: Provider, ines: Advisor) -> None:
    account("Autre", "marseille", email="ines@cite.example")
    assert through(provider, Client()) == FAILED


def test_another_claim_finds_by_username(provider: Provider, settings: Any) -> None:
    settings.OIDC_CLAIM = "preferred_username"
    account("Inès", "marseille", username="ines.d")
    provider.claims |= {"preferred_username": "ines.d", "email_verified": False}
    assert through(provider, Client()) == "/desk/"


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another door"},
        {"aud": ["another door", "a third"]},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": "somebody else"},
        {"signed by": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_token_that_is_not_right_opens_nothing(provider: Provider, ines: Advisor, changes: dict[str, Any]) -> None:
    provider.token_changes = changes
    client = Client()
    assert through(provider, client) == FAILED
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "changes",
    [{"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}, {"sub": "x"}, {"email": None},
     {"email": ""}, {"email": " "}, {"email": ["ines@cite.example"]}],
)  # fmt: skip
def test_claims_that_are_not_right_open_nothing(provider: Provider, ines: Advisor, changes: dict[str, Any]) -> None:
    provider.userinfo_changes = changes
    assert through(provider, Client()) == FAILED


def test_a_state_of_somebody_else_or_none_opens_nothing(provider: Provider, ines: Advisor) -> None:
    victim, attacker = Client(), Client()
    back = urlsplit(provider.authorise(attacker.get("/desk/oidc/begin")["Location"]))
    for address in f"{back.path}?{back.query}", back.path, f"{back.path}?error=access_denied", f"{back.path}?code=x":
        assert victim.get(address)["Location"] == FAILED
    victim.get("/desk/oidc/begin")
    assert victim.get(f"{back.path}?{back.query}")["Location"] == FAILED
    assert victim.get("/desk/").status_code == 302


def test_an_answer_serves_once(provider: Provider, ines: Advisor) -> None:
    client = Client()
    back = urlsplit(provider.authorise(client.get("/desk/oidc/begin")["Location"]))
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/desk/"
    client.post("/desk/logout")
    assert client.get(f"{back.path}?{back.query}")["Location"] == FAILED


def test_the_sign_in_form_is_no_way_round_the_callback(provider: Provider, ines: Advisor) -> None:
    code = "code=code-0&state=x"
    answer = Client().post(f"/desk/login?{code}", {"username": "inès", "password": "no"})
    assert answer.status_code == 200
    assert provider.asked == []


def test_while_the_directory_is_down_or_slow_passwords_open(provider: Provider, ines: Advisor, settings: Any) -> None:
    provider.slow, settings.OIDC_TIMEOUT = 0.5, 0.1
    assert Client().get("/desk/oidc/begin")["Location"] == FAILED
    provider.stop()
    assert Client().get("/desk/oidc/begin")["Location"] == FAILED
    answer = Client().post("/desk/login", {"username": "inès", "password": PASSWORD})
    assert answer["Location"] == "/desk/"


def test_an_issuer_that_calls_itself_otherwise_is_not_believed(provider: Provider, ines: Advisor) -> None:
    provider.discovery_changes = {"issuer": "https://evil.example"}
    assert Client().get("/desk/oidc/begin")["Location"] == FAILED


def test_without_a_directory_there_is_no_such_page() -> None:
    assert Client().get("/desk/oidc/begin").status_code == 404
    assert Client().get("/desk/oidc/callback?code=x&state=x").status_code == 404
    assert "oidc" not in Client().get("/desk/login").content.decode()
