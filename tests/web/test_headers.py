"""The headers that keep browsers from doing what the door does not want."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.web.desk.models import Advisor

from .conftest import Served

PATHS = ["/demo/", "/health", "/api/v1/openapi.json", "/api/v1/conversations", "/desk/login", "/desk/", "/nowhere"]


def get(door: Served, path: str, **headers: str) -> httpx.Response:
    return httpx.get(door.url + path, headers=headers, trust_env=False)


def policy(answer: httpx.Response) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", [*PATHS, "/widget.js"])
def test_every_answer_has_them(door: Served, path: str) -> None:
    answer = get(door, path)
    told = policy(answer)
    assert told["default-src"] == told["base-uri"] == told["frame-ancestors"] == "'none'"
    assert {told[name] for name in ("script-src", "style-src", "connect-src", "img-src", "form-action")} == {"'self'"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    shared = "cross-origin" if path == "/widget.js" else "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == shared
    assert "Server" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers  # there is no TLS here


def test_behind_tls_browsers_are_told_to_stay_there(door: Served, settings: Any) -> None:
    settings.HTTPS = True
    assert get(door, "/demo/").headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path", ["/demo/", "/health", "/widget.js", "/words/fr.json", "/api/v1/openapi.json", "/nowhere"]
)
def test_only_the_desk_sets_cookies(door: Served, path: str) -> None:
    assert "Set-Cookie" not in get(door, path).headers


def test_the_desk_s_cookies_are_out_of_reach(door: Served) -> None:
    Advisor.objects.create_user("sofia", password="a-long-password", first_name="Sofia")
    with httpx.Client(base_url=door.url, trust_env=False) as client:
        form = client.get("/desk/login")
        token = form.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"username": "sofia", "password": "a-long-password", "csrfmiddlewaretoken": token}
        answer = client.post("/desk/login", data=fields, headers={"Origin": door.url})
        assert answer.status_code == 302
        cookies = [*form.headers.get_list("Set-Cookie"), *answer.headers.get_list("Set-Cookie")]
        assert {cookie.split("=")[0] for cookie in cookies} == {"csrftoken", "sessionid"}
        assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_a_form_sent_from_elsewhere_is_refused(door: Served) -> None:
    with httpx.Client(base_url=door.url, trust_env=False) as client:
        form = client.get("/desk/login")
        token = form.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"username": "x", "password": "y"}
        assert client.post("/desk/login", data=fields).status_code == 403
        evil = {"Origin": "https://evil.example"}
        assert (
            client.post("/desk/login", data={**fields, "csrfmiddlewaretoken": token}, headers=evil).status_code == 403
        )


@pytest.mark.parametrize("path", ["/nowhere", "/desk/handoffs/99999", "/files/x/../../settings.py", "/words/%00.json"])
def test_no_page_tells_of_our_insides(door: Served, path: str) -> None:
    answer = get(door, path)
    assert answer.status_code in (301, 404)
    for inside in "Traceback", "django", "bot/web", "urlpatterns", "DEBUG":
        assert inside not in answer.text
