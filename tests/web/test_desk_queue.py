"""The queue: what an advisor sees of each request, by which filters, and that nothing is sent when nothing is new."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from bot.web.conversations import callbacks, presence, service, states
from bot.web.conversations.models import Handoff, Presence
from bot.web.desk.models import Advisor
from bot.web.desk_notes import looks, notes

from .desk_person import request
from .helpers import account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sofia() -> Client:
    """Sofia, of two Cités, signed in."""
    client = Client()
    client.force_login(account("Sofia", "demo", "marseille"))
    return client


def lists(client: Client, query: str = "") -> str:
    answer = client.get(f"/desk/?part=1&{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def numbers(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="open-(\d+)"', shown)]


def test_a_row_tells_what_is_asked_where_how_and_for_how_long(sofia: Client) -> None:
    handoff = request(request="je cherche " + "x" * 200 + " mon numéro [phone]")
    Handoff.objects.update(queued=timezone.now() - timedelta(minutes=65))
    shown = lists(sofia)
    assert "1 h 05 min" in shown
    assert f"Demande n° {handoff.pk} – Changer de métier" in shown
    for told in "Cité des métiers de démonstration (fictive)", "Français", "site web":
        assert told in shown
    preview = re.search(r'class="preview"[^>]*>([^<]*)<', shown)
    assert preview and len(preview[1]) == 120 and preview[1].endswith("x…")


def test_what_is_masked_in_a_preview_is_named(sofia: Client) -> None:
    request(request="rappelez-moi au [phone] [sic]")
    assert "rappelez-moi au [téléphone] [sic]" in lists(sofia)


def test_without_consent_the_preview_is_the_request_alone(sofia: Client) -> None:
    request(consent=False)
    shown = lists(sofia)
    assert "je voudrais parler à quelqu'un" in shown and "mon numéro" not in shown


def test_the_longest_waiting_is_first_and_filters_choose(sofia: Client) -> None:
    first, second, third = request("demo"), request("marseille"), request("demo", language="it")
    assert numbers(lists(sofia)) == [first.pk, second.pk, third.pk]
    assert numbers(lists(sofia, "cite=demo")) == [first.pk, third.pk]
    assert numbers(lists(sofia, "language=it")) == [third.pk]
    assert numbers(lists(sofia, "cite=marseille&language=it")) == []
    assert "Personne n'attend parmi ce que vous avez choisi de voir." in lists(sofia, "cite=marseille&language=it")
    whole = unescape(sofia.get("/desk/?cite=demo&language=it").content.decode())
    assert '<option value="demo" selected>' in whole and '<option value="it" selected>' in whole
    assert "cite=demo&language=it" in whole[whole.index('id="lists"') :]


def test_what_an_account_knows_best_is_pointed_out_and_can_be_chosen(sofia: Client) -> None:
    assert '<option value="find_job">' in sofia.get("/desk/").content.decode()  # before anybody waits
    job, other = request(concern="find_job"), request()
    whole = unescape(sofia.get("/desk/").content.decode())
    assert '<option value="find_job">Trouver un emploi</option>' in whole and "Mes sujets" not in whole
    assert numbers(lists(sofia, "concern=find_job")) == [job.pk]
    assert "un de vos sujets" not in lists(sofia)
    Advisor.objects.update(topics="find_job,create_business")
    shown = lists(sofia)
    assert numbers(shown) == [job.pk, other.pk]  # the longest waiting first, all the same
    assert shown.count("un de vos sujets") == 1
    assert shown.index("un de vos sujets") < shown.index(f'id="open-{other.pk}"')
    assert numbers(lists(sofia, "concern=mine")) == [job.pk]
    whole = unescape(sofia.get("/desk/?concern=mine").content.decode())
    assert '<option value="mine" selected>Mes sujets</option>' in whole
    assert "concern=mine" in whole[whole.index('id="lists"') :]


def test_mine_hides_those_of_others_and_no_one_who_waits(sofia: Client) -> None:
    marc, me = account("Marc", "demo"), account("Inès", "demo")
    client = Client()
    client.force_login(me)
    waits, his, mine = request(), request(), request()
    states.claim(his.pk, marc)
    states.claim(mine.pk, me)
    assert set(numbers(lists(client))) == {waits.pk, his.pk, mine.pk}
    assert set(numbers(lists(client, "mine=1"))) == {waits.pk, mine.pk}


def test_nothing_is_sent_when_nothing_is_new(sofia: Client) -> None:
    handoff = request()

    def look() -> tuple[int, str]:
        found = re.search(r"seen=(\w+)", lists(sofia))
        assert found
        return sofia.get(f"/desk/?part=1&seen={found[1]}").status_code, found[1]

    status, before = look()
    assert status == 204
    with pytest.MonkeyPatch.context() as patch:  # to have waited longer is nothing new: the page counts on
        later = timezone.now() + timedelta(minutes=7)
        patch.setattr("bot.web.desk.rows.timezone.now", lambda: later)
        assert look()[1] == before and "7 min" in lists(sofia)
    changes = [
        lambda: notes.set_tags(handoff, ["follow_up"]),
        lambda: looks.look(handoff, account("Marc", "demo")),
        lambda: states.claim(handoff.pk, account("Inès", "demo")),
        lambda: request(),
        lambda: service.erase(handoff.conversation_id),
    ]
    for change in changes:
        change()
        assert sofia.get(f"/desk/?part=1&seen={before}").status_code == 200
        status, before = look()
        assert status == 204


def test_the_count_of_every_page(sofia: Client) -> None:
    assert sofia.get("/desk/waiting?count=0").status_code == 204
    handoff = request()
    assert "En attente (1)" in sofia.get("/desk/waiting?count=0").content.decode()
    assert sofia.get("/desk/waiting?count=1").status_code == 204
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org", "le matin")
    assert sofia.get("/desk/waiting?count=0&calls=0").status_code == 200
    assert sofia.get("/desk/waiting?count=0&calls=1").status_code == 204
    handoff = request()
    assert 'data-count="1"' in sofia.get(f"/desk/handoffs/{handoff.pk}/").content.decode()
    stranger = Client()
    stranger.force_login(account("Marc", "marseille"))
    assert stranger.get("/desk/waiting?count=0").status_code == 204


def test_what_a_colleague_passed_on_is_told_until_it_is_opened(sofia: Client) -> None:
    marc, me, handoff = account("Marc", "demo"), Advisor.objects.get(username="sofia"), request()
    states.claim(handoff.pk, me)  # what one takes oneself is no news
    assert sofia.get("/desk/waiting?count=0&passed=0").status_code == 204
    states.transfer(handoff.pk, me, marc)
    states.transfer(handoff.pk, marc, me)
    shown = sofia.get("/desk/waiting?count=0&passed=0").content.decode()
    assert "Pour vous (1)" in shown and 'data-passed="1"' in shown
    assert sofia.get("/desk/waiting?count=0&passed=1").status_code == 204
    assert "vient de vous être confiée" in lists(sofia)
    theirs = Client()
    theirs.force_login(marc)
    assert theirs.get("/desk/waiting?count=0").status_code == 204 and "confiée" not in lists(theirs)
    sofia.get(f"/desk/handoffs/{handoff.pk}/")
    assert sofia.get("/desk/waiting?count=0").status_code == 204 and "confiée" not in lists(sofia)


def test_who_looks_is_here_and_who_takes_a_break_is_not(sofia: Client) -> None:
    assert not presence.somebody("demo", "fr")
    sofia.get("/desk/waiting")
    assert presence.somebody("demo", "fr") and not presence.somebody("caen", "fr")
    assert "Faire une pause" in unescape(sofia.get("/desk/").content.decode())
    for _ in range(2):  # pressed twice, or on a page that was left open
        shown = sofia.post("/desk/available", {"available": "0"}, follow=True).content.decode()
        assert "Reprendre" in shown and not presence.somebody("demo", "fr")
    assert 'name="available" value="1"' in shown
    for _ in range(2):
        shown = sofia.post("/desk/available", {"available": "1"}, follow=True).content.decode()
        assert "Faire une pause" in unescape(shown) and presence.somebody("demo", "fr")
    assert 'name="available" value="0"' in shown
    assert sofia.post("/desk/available").status_code == 400


def test_who_belongs_nowhere_is_nowhere() -> None:
    client = Client()
    client.force_login(account("Nina"))
    client.get("/desk/")
    assert not Presence.objects.exists()


def test_colleagues_who_look_or_type_are_told(sofia: Client) -> None:
    handoff, marc = request(), account("Marc", "demo")
    looks.look(handoff, marc)
    assert "Marc a aussi ouvert cette demande" in lists(sofia)
    news = f"/desk/handoffs/{handoff.pk}/news?after=99&state=waiting&by="
    assert "Marc a aussi ouvert cette demande" in sofia.get(news).content.decode()
    looks.look(handoff, marc, typing=True)
    assert "Marc est en train d'écrire" in unescape(lists(sofia))
    looks.Look.objects.filter(advisor=marc).update(seen=timezone.now() - timedelta(seconds=60))
    assert "Marc" not in lists(sofia)


def test_a_part_is_never_replaced_by_the_page_to_sign_in() -> None:
    answer = Client().get("/desk/?part=1", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/desk/login")


def test_who_signs_out_is_no_longer_there(sofia: Client) -> None:
    lists(sofia)
    assert Presence.objects.exists()
    sofia.post("/desk/logout")
    assert not Presence.objects.exists()
