"""The page that tells what is kept."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from bot.web.channels import commands
from bot.web.conversations import retention
from bot.web.words import LANGUAGES, word


def shown(client: Client, query: str = "?lang=fr", **headers: str) -> str:
    answer = client.get(f"/privacy/{query}", headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_each_language_tells_what_how_long_who_and_which_rights(client: Client) -> None:
    for language in LANGUAGES:
        page = shown(client, f"?lang={language}")
        assert f'<html lang="{language}">' in page
        for key in "kept_title", "not_cookie", "long_title", "read_advisor", "sensitive_text", "rights_list":
            assert word(f"privacy.{key}", language) in page
        assert word("privacy.long_days", language, days=30) in page
        assert word("widget.erase", language) in page
        assert "{" not in page


def test_without_a_language_it_is_the_browser_s(client: Client) -> None:
    assert '<html lang="it">' in shown(client, "", **{"Accept-Language": "it-CH"})
    assert '<html lang="fr">' in shown(client, "?lang=xx")


def test_no_cookie_nothing_inline_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/privacy/?lang=en")
    assert not answer.cookies
    page = answer.content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|(?:src|href)=[\"']?(?:https?:)?//", page)


def test_the_days_are_those_of_the_cite_and_the_setting(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RETENTION_DAYS = 21
    assert "21 jours après le dernier message" in shown(client)
    known = {"marseille": SimpleNamespace(id="marseille", retention_days=7)}
    monkeypatch.setattr(retention, "load_cites", lambda: known)
    page = shown(client, "?lang=fr&cite=marseille")
    assert "7 jours après le dernier message" in page
    assert 'href="?lang=en&cite=marseille"' in page


def test_who_is_responsible_is_said_where_it_is_known_only(client: Client, settings: Any) -> None:
    page = shown(client)
    assert "mentions légales" in page
    assert "mailto:" not in page
    settings.PRIVACY_CONTROLLER = "Association <X>"
    settings.PRIVACY_CONTACT = "donnees@example.org"
    assert "Association &lt;X&gt;" in client.get("/privacy/?lang=fr").content.decode()
    assert '<a href="mailto:donnees@example.org">donnees@example.org</a>' in shown(client)
    settings.PRIVACY_CONTACT = "https://example.org/donnees"
    assert '<a href="https://example.org/donnees">' in shown(client)


def test_a_geocoder_is_told_of_only_where_one_is_asked(client: Client, settings: Any) -> None:
    assert "cartographie" not in shown(client)
    settings.GEOCODER = "ban"
    assert "Base Adresse Nationale" in shown(client)


def test_messaging_apps_are_told_of_only_where_they_are_on(client: Client, settings: Any) -> None:
    for language in LANGUAGES:
        assert word("privacy.apps_title", language) not in shown(client, f"?lang={language}")
    settings.PUBLIC_URL, settings.TELEGRAM_TOKEN = "https://bot.example", "a token"
    page = shown(client)
    assert word("privacy.apps_list", "fr", apps="Telegram") in page
    assert "WhatsApp" not in page and "SMS" not in page
    settings.META_APP_SECRET, settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID = "x", "x", "1"
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_SMS_FROM = "AC1", "x", "+33644600000"
    for language in LANGUAGES:
        page = shown(client, f"?lang={language}")
        assert word("privacy.apps_list", language, apps="Telegram, WhatsApp (Meta), SMS (Twilio)") in page
        for key in "apps_title", "apps_theirs", "apps_kept", "apps_sent":
            assert word(f"privacy.{key}", language) in page
        assert f'href="/write/?lang={language}"' in page and "{" not in page


def test_what_is_told_of_messaging_apps_is_what_is_done(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL, settings.TELEGRAM_TOKEN = "https://bot.example", "a token"
    settings.EVENTS_KEPT, settings.NOTE_LIFE = 11, 7 * 60
    for language in LANGUAGES:
        page = shown(client, f"?lang={language}")
        assert word("privacy.apps_long", language, days=11, minutes=7) in page
        typed = commands.names("erase", language)[0]
        assert word("privacy.apps_erase", language, erase=typed) in page
        assert commands.is_erasure(typed, language)


@pytest.mark.parametrize("cite", ["<b>", "../x", "nowhere", ""])
def test_an_unknown_cite_is_no_fault(client: Client, cite: str) -> None:
    page = client.get("/privacy/", {"lang": "fr", "cite": cite}).content.decode()
    assert "30 jours" in page
    assert "cite=" not in page
