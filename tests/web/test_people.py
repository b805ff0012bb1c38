"""Invitations, and people and roles."""

from __future__ import annotations

import importlib
import re
import threading
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from bot.web.accounts import invitations, making
from bot.web.audit.models import Entry
from bot.web.conversations import states
from bot.web.desk import access
from bot.web.desk.models import Advisor, Invitation, Membership

from .helpers import account, begin, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
CHOSEN = {
    "username": "ines", "first_name": "Inès", "password": "quatre mots pour entrer", "again": "quatre mots pour entrer",
    "language": "it", "spoken": ["it", "fr"],
}  # fmt: skip


@pytest.fixture
def carla() -> Advisor:
    return account("Carla", "marseille", role="coordinator")


@pytest.fixture
def anna() -> Advisor:
    return account("Anna", "", role="administrator")


def link(client: Client, **fields: str) -> str:
    """Invite somebody, and take the link from the page."""
    answer = client.post("/desk/people/invite", {"role": "advisor", "cite": "marseille", **fields})
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r'value="http://testserver(/desk/join/[\w-]{43})"', answer.content.decode())
    assert found, answer
    return found[1]


def shown(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_from_the_link_to_the_desk(carla: Advisor) -> None:
    path = link(signed_in(carla, factor=True))
    guest = Client(headers={"Accept-Language": "fr"})
    page = shown(guest.get(path))
    assert "Cette invitation vous donne le rôle : Conseil, Cité des métiers de Marseille" in page
    assert guest.post(path, CHOSEN)["Location"] == "/desk/"
    assert '<html lang="it">' in shown(guest.get("/desk/"))
    ines = Advisor.objects.get(username="ines")
    assert (ines.first_name, ines.languages, ines.check_password(CHOSEN["password"])) == ("Inès", ["fr", "it"], True)
    assert list(ines.memberships.values_list("role", "cite")) == [("advisor", "marseille")]
    actions = list(Entry.objects.order_by("pk").values_list("action", "account", "cite"))
    assert actions[1:4] == [
        ("invite", carla.pk, "marseille"), ("joined", ines.pk, "marseille"), ("role", carla.pk, "marseille"),
    ]  # fmt: skip


def test_a_link_serves_once_and_looking_at_it_does_not_count(carla: Advisor) -> None:
    path = link(signed_in(carla, factor=True))
    for _ in range(3):
        assert Client().get(path).status_code == 200
    assert Client().post(path, CHOSEN).status_code == 302
    again = Client(headers={"Accept-Language": "en"}).post(path, {**CHOSEN, "username": "other"})
    assert again.status_code == 410
    assert "This link is not valid" in shown(again)
    assert not Advisor.objects.filter(username="other").exists()


def test_of_two_who_open_it_at_once_one_comes_in(carla: Advisor) -> None:
    _, token = invitations.invite("advisor", "marseille", carla)
    came: list[str] = []
    gate = threading.Barrier(4)

    def join(name: str) -> None:
        gate.wait()
        try:
            came.append(invitations.join(token, name, "x").username)
        except invitations.NotValid:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(f"guest{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == 1
    assert Advisor.objects.filter(username__startswith="guest").count() == 1


def test_the_link_is_not_stored(carla: Advisor) -> None:
    token = link(signed_in(carla, factor=True)).rsplit("/", 1)[1]
    assert token not in str(list(Invitation.objects.values()))


def test_a_link_grows_old_and_is_swept(carla: Advisor) -> None:
    path = link(signed_in(carla, factor=True))
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 410
    assert Client().post(path, CHOSEN).status_code == 410
    assert invitations.forget_old() == 1


def test_a_link_is_void_once_its_maker_may_not_invite_any_more(carla: Advisor) -> None:
    path = link(signed_in(carla, factor=True))
    Membership.objects.filter(account=carla).update(role="advisor")
    assert Client().post(path, CHOSEN).status_code == 410
    Membership.objects.filter(account=carla).update(role="coordinator")
    making.disable(carla)
    assert Client().get(path).status_code == 410


def test_a_link_is_withdrawn(carla: Advisor) -> None:
    client = signed_in(carla, factor=True)
    path = link(client)
    assert "Liens pas encore utilisés" in shown(client.get("/desk/people/"))
    assert client.post(f"/desk/people/invitations/{Invitation.objects.get().pk}/withdraw").status_code == 302
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "CARLA"}, "username"),
        ({"first_name": ""}, "first_name"),
        ({"first_name": "Ines Dupontel", "password": "inesdupontel1", "again": "inesdupontel1"}, "password"),
        ({"password": "court", "again": "court"}, "password"),
        ({"again": "autre chose, tout à fait"}, "password"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_link_stays_good(
    carla: Advisor, changed: dict[str, str], field: str
) -> None:
    path = link(signed_in(carla, factor=True))
    page = shown(Client().post(path, {**CHOSEN, "username": "inesx", **changed}))
    assert re.findall(r'id="(\w+)-error"', page) == [field]
    assert CHOSEN["password"] not in page
    assert Client().post(path, CHOSEN).status_code == 302


def test_who_has_an_account_takes_the_role_with_it_and_loses_none(carla: Advisor, anna: Advisor) -> None:
    lea = account("Léa", "nimes", role="coordinator")
    client = signed_in(lea, factor=True)
    assert "Le compte léa est ouvert" in shown(client.get(link(signed_in(carla, factor=True))))
    assert client.post(link(signed_in(carla, factor=True))).status_code == 302
    assert client.post(link(signed_in(anna, factor=True), cite="nimes")).status_code == 302
    assert set(lea.memberships.values_list("role", "cite")) == {("coordinator", "nimes"), ("advisor", "marseille")}


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "advisor", "cite": "nimes"},
        {"role": "coordinator", "cite": "marseille"},
        {"role": "administrator", "cite": "marseille"},
        {"role": "administrator", "cite": ""},
    ],
)
def test_a_coordinator_invites_advisors_of_their_cité_and_nobody_else(carla: Advisor, fields: dict[str, str]) -> None:
    client = signed_in(carla, factor=True)
    assert client.post("/desk/people/invite", fields).status_code == 404
    assert not Invitation.objects.exists()
    assert Entry.objects.filter(action="refused", account=carla.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "advisor", "cite": ""}, "cite"),
        ({"role": "advisor", "cite": "atlantis"}, "cite"),
        ({"role": "king", "cite": "marseille"}, "cite"),
        ({"role": "advisor", "cite": "marseille", "email": "not an address"}, "email"),
    ],
)
def test_an_invitation_that_is_not_one(anna: Advisor, fields: dict[str, str], field: str) -> None:
    answer = signed_in(anna, factor=True).post("/desk/people/invite", fields)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in shown(answer)
    assert not Invitation.objects.exists()


def test_an_administrator_invites_all(anna: Advisor) -> None:
    client = signed_in(anna, factor=True)
    assert Client().post(link(client, role="administrator"), CHOSEN).status_code == 302
    assert list(Membership.objects.filter(account__username="ines").values_list("role", "cite")) == [
        ("administrator", "")
    ]
    assert (
        Client().post(link(client, role="coordinator", cite="nimes"), {**CHOSEN, "username": "leo"}).status_code == 302
    )


def test_people_and_what_is_done_about_them(anna: Advisor) -> None:
    client = signed_in(anna, factor=True)
    ines = account("Inès", "marseille")
    guest = signed_in(ines)
    page = f"/desk/people/{ines.pk}/"
    assert "Inès" in shown(client.get("/desk/people/"))
    assert (
        client.post(f"{page}give-role", {"role": "coordinator", "cite": "nimes"})["Location"] == f"{page}?notice=saved"
    )
    assert client.post(f"{page}take-role", {"cite": "marseille"}).status_code == 302
    assert list(ines.memberships.values_list("role", "cite")) == [("coordinator", "nimes")]
    assert client.post(f"{page}give-role", {"role": "advisor", "cite": "atlantis"}).status_code == 400
    answer = shown(client.post(f"{page}reset-password"))
    password = re.search(r'<code class="secret">([\w-]{16})</code>', answer)
    assert password
    assert Client().login(username="inès", password=password[1])
    assert guest.get("/desk/").status_code == 302
    client.post(f"{page}disable")
    assert "fermé" in shown(client.get(page))
    client.post(f"{page}enable")
    assert "ouvert" in shown(client.get(page))


def test_nobody_shuts_themselves_out(anna: Advisor) -> None:
    client = signed_in(anna, factor=True)
    for deed in "disable", "take-role", "reset-factor", "reset-password":
        assert client.post(f"/desk/people/{anna.pk}/{deed}", {"cite": ""}).status_code == 404
    anna.refresh_from_db()
    assert anna.is_active


def test_a_coordinator_does_not_touch_another_nor_who_works_elsewhere_too(carla: Advisor) -> None:
    other = account("Claude", "marseille", role="coordinator")
    both = account("Bénédicte", "marseille", "nimes")
    client = signed_in(carla, factor=True)
    for who in other, both:
        assert client.get(f"/desk/people/{who.pk}/").status_code == 200
        assert client.post(f"/desk/people/{who.pk}/disable").status_code == 404
    assert "Nîmes" not in shown(client.get(f"/desk/people/{both.pk}/"))
    assert client.post(f"/desk/people/{other.pk}/take-role", {"cite": "marseille"}).status_code == 404
    assert client.post(f"/desk/people/{both.pk}/take-role", {"cite": "nimes"}).status_code == 404
    assert client.post(f"/desk/people/{both.pk}/take-role", {"cite": "marseille"})["Location"].startswith(
        "/desk/people/?"
    )
    assert list(both.memberships.values_list("cite", flat=True)) == ["nimes"]


def test_the_audit_page(carla: Advisor, anna: Advisor) -> None:
    signed_in(account("Léa", "nimes"))
    client = signed_in(carla, factor=True)
    link(client)
    page = shown(client.get("/desk/audit/"))
    assert "invitation faite" in page
    assert "carla" in page
    assert "léa" not in page
    assert "invitation faite</td>" not in shown(client.get("/desk/audit/?action=login"))
    assert client.get("/desk/audit/?action=xx&page=zz").status_code == 200
    assert "léa" in shown(signed_in(anna, factor=True).get("/desk/audit/"))


@pytest.mark.parametrize("language", ["fr", "en", "es", "it", "pt"])
def test_every_page_speaks_the_account_s_language(language: str) -> None:
    anna = account("Anna", "", role="administrator", language=language)
    client = signed_in(anna, factor=True)
    paths = "people/", f"people/{anna.pk}/", "account/", "account/password", "account/factor", "audit/"
    for path in paths:
        page = shown(client.get(f"/desk/{path}"))
        assert f'<html lang="{language}">' in page
        assert not re.search(r"\{\w+\}|account\.\w+|audit\.\w+", re.sub(r"<link[^>]*>|<script[^>]*>", "", page))


def test_what_nobody_named_nobody_may(anna: Advisor) -> None:
    assert access.may(anna, "people", "nimes")
    assert not access.may(anna, "fly", "nimes")
    making.disable(account("Bruno", "", role="administrator"))
    bruno = Advisor.objects.get(username="bruno")
    assert not access.may(bruno, "people", "nimes")
    assert not access.handoffs_for(bruno).exists()


def test_of_accounts_older_than_roles_the_eldest_administers() -> None:
    eldest = [account("Camille"), account("Sofia")][0]
    migration = importlib.import_module("bot.web.desk.migrations.0002_accounts")
    migration.eldest_administers(apps, None)
    assert list(Membership.objects.values_list("account", "cite", "role")) == [(eldest.pk, "", "administrator")]


def test_a_request_of_no_cité_waits_for_those_who_speak_its_language() -> None:
    italian = account("Ugo", "marseille", spoken="it,fr")
    french, english = account("Paul", "nimes"), account("Kate", "nimes", language="en")
    talks = {language: begin(language=language) for language in ("it", "en", "pt")}
    for talk in talks.values():
        states.open_handoff(talk, True, {}, "bot")
    seen = {
        who.username: set(access.waiting(who).values_list("conversation__language", flat=True))
        for who in (italian, french, english)
    }
    assert seen == {"ugo": {"it", "pt"}, "paul": {"pt"}, "kate": {"en", "pt"}}  # nobody speaks pt: it is everybody's


def test_whoever_was_second_is_told_so_and_not_that_it_is_gone() -> None:
    talk = begin(language="fr")
    handoff = states.open_handoff(talk, True, {}, "bot")
    first, second = account("Paul", "nimes"), account("Sofia", "marseille")
    browser = signed_in(second)
    page = f"/desk/handoffs/{handoff.pk}/"
    assert browser.get(page).status_code == 200
    states.claim(handoff.pk, first)
    assert browser.post(f"{page}claim")["Location"] == "/desk/?notice=taken"
    assert signed_in(account("Marc", "marseille")).get(page)["Location"] == "/desk/?notice=gone"
    assert list(Entry.objects.filter(action="refused").values_list("object", flat=True)) == [str(handoff.pk)]
