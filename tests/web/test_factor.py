"""The second factor: set up, asked for, codes on paper, put off where that is safe."""

from __future__ import annotations

import importlib
import re
import time
from base64 import b32encode
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.web.accounts import making
from bot.web.audit.models import Entry
from bot.web.desk.factors import CodeApp
from bot.web.desk.models import Advisor

from .helpers import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def code(who: Advisor, confirmed: bool = True, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes from now."""
    device = CodeApp.objects.get(user=who, confirmed=confirmed)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def set_up(client: Client, who: Advisor) -> list[str]:
    """Set the second factor up as somebody would; the paper codes."""
    client.get("/desk/account/factor")
    shown = client.post("/desk/account/factor", {"code": code(who, confirmed=False)}).content.decode()
    CodeApp.objects.filter(user=who).update(last_t=-1)  # as if half a minute had gone by
    return re.findall(r"<li><code>([a-z2-7]{4}-[a-z2-7]{4})</code>", shown)


def sign_in() -> Client:
    client = Client()
    client.post("/desk/login", {"username": "carla", "password": PASSWORD})
    return client


@pytest.fixture
def carla(settings: Any) -> Advisor:
    settings.FACTOR_MAY_WAIT = False
    return account("Carla", "marseille", role="coordinator")


def test_a_coordinator_comes_no_further_without(carla: Advisor) -> None:
    client = sign_in()
    for path in "/desk/", "/desk/account/", "/desk/people/", "/desk/audit/", "/desk/handoffs/1/":
        assert client.get(path)["Location"].startswith("/desk/account/factor?notice=factor_needed")
    client.post("/desk/account/factor/later")
    assert client.get("/desk/").status_code == 302
    shown = unescape(client.get("/desk/account/factor?notice=factor_needed").content.decode())
    assert "Cette page demande un second facteur." in shown
    assert "Plus tard" not in shown


def test_setting_it_up_by_a_picture_or_by_its_key(carla: Advisor) -> None:
    client = sign_in()
    answer = client.get("/desk/account/factor?next=/desk/people/")
    shown = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    picture = re.search(r'<div class="picture" role="img" aria-label="[^"]+"><svg.*?</svg></div>', shown)
    assert picture
    assert "<path" in picture[0]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?://", picture[0])
    key = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', shown)
    assert key
    device = CodeApp.objects.get()
    assert client.get("/desk/account/factor").content.decode().count(key[1]) == 1  # the same, until it is confirmed
    assert not device.confirmed
    wrong = unescape(client.post("/desk/account/factor", {"code": "000000"}).content.decode())
    assert 'aria-describedby="code-error"' in wrong
    fields = {"code": f"{code(carla, confirmed=False)[:3]} {code(carla, confirmed=False)[3:]}", "next": "/desk/people/"}
    kept = client.post("/desk/account/factor", fields).content.decode()
    assert 'href="/desk/people/"' in kept
    assert len(re.findall(r"<li><code>", kept)) == 8
    assert client.get("/desk/people/").status_code == 200
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-2:] == ["factor_on", "factor_codes"]


def test_it_is_asked_for_at_the_next_sign_in(carla: Advisor) -> None:
    set_up(sign_in(), carla)
    client = sign_in()
    assert client.get("/desk/people/")["Location"] == "/desk/factor?next=/desk/people/"
    assert client.get("/desk/account/factor")["Location"].startswith("/desk/factor")  # it can't be replaced either
    assert client.post("/desk/account/factor", {"code": "123456"})["Location"].startswith("/desk/factor")
    polled = client.get("/desk/?part=1", headers={"HX-Request": "true"})
    assert polled["HX-Redirect"].startswith("/desk/factor")
    answer = client.post("/desk/factor", {"code": code(carla), "next": "/desk/people/"})
    assert answer["Location"] == "/desk/people/"
    assert client.get("/desk/people/").status_code == 200


def test_a_code_is_good_for_once(carla: Advisor) -> None:
    set_up(sign_in(), carla)
    shown = code(carla)
    assert sign_in().post("/desk/factor", {"code": shown})["Location"] == "/desk/"
    assert sign_in().post("/desk/factor", {"code": shown}).status_code == 200
    assert sign_in().post("/desk/factor", {"code": code(carla, steps=1)})["Location"] == "/desk/"


def test_codes_on_paper_are_good_once_each_and_stored_as_hashes(carla: Advisor) -> None:
    first, second, *_ = set_up(sign_in(), carla)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not stored & {first, first.replace("-", "")}
    client = sign_in()
    assert client.post("/desk/factor", {"code": first.upper().replace("-", " ")})["Location"] == "/desk/"
    assert "restants : 7" in unescape(client.get("/desk/account/").content.decode())
    assert sign_in().post("/desk/factor", {"code": first}).status_code == 200
    shown = client.post("/desk/account/factor/codes").content.decode()
    assert sign_in().post("/desk/factor", {"code": second}).status_code == 200  # those before are void
    new = re.findall(r"<li><code>([\w-]+)</code>", shown)
    assert sign_in().post("/desk/factor", {"code": new[0]})["Location"] == "/desk/"


def test_wrong_codes_must_wait(carla: Advisor, settings: Any) -> None:
    settings.TRIES = {**settings.TRIES, "factor": 3}
    set_up(sign_in(), carla)
    client = sign_in()
    answers = [client.post("/desk/factor", {"code": "000000"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Réessayez dans 1 minute." in unescape(answers[3].content.decode())
    assert client.post("/desk/factor", {"code": code(carla)}).status_code == 429
    assert Entry.objects.filter(action="login_refused", cite="marseille").count() == 3


@pytest.mark.parametrize("typed", ["", "1", "١٢٣٤٥٦", "-00001", "1e3", "x" * 5000, "0" * 16])
def test_what_is_no_code_is_wrong(carla: Advisor, typed: str) -> None:
    set_up(sign_in(), carla)
    client = sign_in()
    assert client.post("/desk/factor", {"code": typed}).status_code == 200
    assert client.get("/desk/").status_code == 302


def test_advisors_may_and_take_it_off_again() -> None:
    sofia = account("Sofia", "marseille")
    client = signed_in(sofia)
    assert client.get("/desk/").status_code == 200
    assert set_up(client, sofia)
    assert Client().get("/desk/").status_code == 302
    assert client.post("/desk/account/factor/off")["Location"] == "/desk/account/?notice=factor_off"
    assert not CodeApp.objects.filter(user=sofia).exists()
    assert not StaticToken.objects.exists()


def test_coordinators_may_not_take_it_off(carla: Advisor) -> None:
    client = sign_in()
    set_up(client, carla)
    assert "Retirer le second facteur" not in client.get("/desk/account/").content.decode()
    assert client.post("/desk/account/factor/off")["Location"].endswith("factor_needed")
    assert CodeApp.objects.filter(user=carla, confirmed=True).exists()


def test_another_phone_takes_the_place_of_the_first(carla: Advisor) -> None:
    client = sign_in()
    set_up(client, carla)
    before = CodeApp.objects.get(user=carla).bin_key
    assert set_up(client, carla)
    assert CodeApp.objects.get(user=carla).bin_key != before


def test_it_is_reset_for_who_lost_it_and_every_session_is_over(carla: Advisor) -> None:
    client = sign_in()
    set_up(client, carla)
    making.reset_factor(carla, account("Anna", "", role="administrator"))
    assert client.get("/desk/").status_code == 302
    assert sign_in().get("/desk/")["Location"].startswith("/desk/account/factor")
    line = Entry.objects.filter(action="factor_reset").get()
    assert (line.object, line.cite) == (str(carla.pk), "marseille")


def test_on_a_desk_of_this_machine_alone_it_may_wait_but_people_are_not_managed(settings: Any) -> None:
    settings.FACTOR_MAY_WAIT = True
    client = signed_in(account("Anna", "", role="administrator"))
    assert client.get("/desk/").status_code == 302
    assert "Plus tard" in client.get("/desk/account/factor").content.decode()
    assert client.post("/desk/account/factor/later", {"next": "/desk/people/"})["Location"] == "/desk/people/"
    assert client.get("/desk/people/").status_code == 200
    invited = client.post("/desk/people/invite", {"role": "advisor", "cite": "marseille"})
    assert invited["Location"].startswith("/desk/account/factor?notice=factor_needed")
    settings.FACTOR_MAY_WAIT = False  # the desk was opened to others meanwhile
    assert client.get("/desk/").status_code == 302


def rows() -> str:
    """All that the database itself holds of apps that show codes, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_codeapp")
        kept = cursor.fetchall()
        cursor.execute("SELECT * FROM otp_totp_totpdevice")
        return repr(kept + cursor.fetchall())


def test_the_database_alone_gives_no_codes(carla: Advisor) -> None:
    client = sign_in()
    set_up(client, carla)
    key = CodeApp.objects.get(user=carla).bin_key
    assert key
    assert len(key) == 20
    kept = rows()
    for secret in key.hex(), b32encode(key).decode(), repr(key)[2:-1]:
        assert secret.lower() not in kept.lower()


def test_a_code_is_good_once_and_half_a_minute_around(carla: Advisor) -> None:
    app = CodeApp.objects.create(user=carla)
    for wrong in "", "abcdef", "²²²²²²", code(carla, steps=-3), code(carla, steps=3):
        assert not app.verify_token(wrong)
    right = code(carla)
    assert app.verify_token(right)
    assert not CodeApp.objects.get().verify_token(right)
    assert CodeApp.objects.get().verify_token(code(carla, steps=1))


def test_the_key_is_changed_with_both_for_a_while_and_without_any_nothing_is_right(
    carla: Advisor, settings: Any
) -> None:
    settings.FACTOR_KEY = "old"
    client = sign_in()
    client.get("/desk/account/factor")
    settings.FACTOR_KEY = "new, old"
    assert CodeApp.objects.get().verify_token(code(carla, confirmed=False))
    settings.FACTOR_KEY = "new"
    assert CodeApp.objects.get().bin_key  # the code has sealed it with the new one
    right, began = code(carla, confirmed=False, steps=1), CodeApp.objects.get().pk
    settings.FACTOR_KEY = "newer"
    assert CodeApp.objects.get().bin_key is None
    assert not CodeApp.objects.get().verify_token(right)
    with pytest.raises(ValueError, match="cannot be opened"):
        str(CodeApp.objects.get().config_url)
    assert client.get("/desk/account/factor").status_code == 200  # it begins anew
    assert CodeApp.objects.get().pk != began


def test_secrets_that_were_kept_in_clear_are_sealed_and_go_on(carla: Advisor) -> None:
    migration = importlib.import_module("bot.web.desk.migrations.0003_sealed_secrets")
    old = TOTPDevice.objects.create(user=carla, name="app", confirmed=True, drift=1, last_t=7)
    migration.seal(apps, None)
    assert not TOTPDevice.objects.exists()
    assert old.key not in rows()
    app = CodeApp.objects.get()
    assert (app.user_id, app.name, app.confirmed, app.drift, app.last_t) == (carla.pk, "app", True, 1, 7)
    assert app.bin_key == old.bin_key
    migration.unseal(apps, None)
    assert TOTPDevice.objects.get().key == old.key
