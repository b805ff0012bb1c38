"""Public pages, files and words."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from bot.knowledge.canned import PLACEHOLDERS
from bot.knowledge.cites import load_cites
from bot.web.conversations.errors import STATUS
from bot.web.conversations.models import Outcome
from bot.web.pages import files
from bot.web.words import LANGUAGES, catalogue

WEB = Path(settings.BASE_DIR)


def sources(pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in WEB.rglob(pattern))


def test_the_demonstration_page_in_each_language(client: Client) -> None:
    for language in LANGUAGES:
        answer = client.get(f"/demo/?lang={language}")
        shown = answer.content.decode()
        assert f'<html lang="{language}">' in shown
        assert f'data-cite="demo" data-lang="{language}" defer' in shown
    assert '<html lang="fr">' in client.get("/demo/?lang=zz").content.decode()
    assert client.get("/")["Location"] == "/demo/"


def test_the_page_on_accessibility_in_each_language(client: Client) -> None:
    for language in LANGUAGES:
        shown = unescape(client.get(f"/accessibility/?lang={language}").content.decode())
        assert f'<html lang="{language}">' in shown
        assert catalogue().text("accessibility.not_readers", language) in shown
    assert '<html lang="it">' in client.get("/accessibility/", headers={"Accept-Language": "it"}).content.decode()


def test_the_page_on_accessibility_tells_whom_to_write_to(client: Client, settings: Any) -> None:
    settings.PRIVACY_CONTACT = ""
    known = next(cite for cite in load_cites().values() if cite.email)
    assert known.email is not None
    own = f'<a href="mailto:{known.email.value}">{known.email.value}</a>'
    for language in LANGUAGES:
        told, unknown = (catalogue().text(f"accessibility.{key}", language) for key in ("contact", "contact_unknown"))
        of_nobody = unescape(client.get(f"/accessibility/?lang={language}&cite=<b>").content.decode())
        assert unknown in of_nobody and "mailto:" not in of_nobody and "cite=" not in of_nobody
        of_it = unescape(client.get(f"/accessibility/?lang={language}&cite={known.id}").content.decode())
        assert f"{told} {own}" in of_it and unknown not in of_it
        assert f'href="/write/?lang={language}&cite={known.id}"' in of_it
    settings.PRIVACY_CONTACT = "https://example.org/contact"
    assert '<a href="https://example.org/contact">' in client.get(f"/accessibility/?cite={known.id}").content.decode()


def test_nothing_is_loaded_from_elsewhere_nor_inline(client: Client) -> None:
    shown = client.get("/demo/").content.decode()
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", shown)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", shown)


def test_files_are_named_after_their_content_and_kept_for_ever(client: Client) -> None:
    loader = client.get("/widget.js")
    assert loader["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=300" in loader["Cache-Control"]
    assert loader["Access-Control-Allow-Origin"] == "*"
    main = re.search(r"files/\w+/built/main\.js", loader.content.decode())
    assert main
    answer = client.get(f"/{main[0]}")
    assert "immutable" in answer["Cache-Control"]
    assert re.search(rb"export\{\S+ as mount\}", answer.content)
    earlier = client.get("/files/0123456789ab/built/main.js")
    assert "max-age=300" in earlier["Cache-Control"]
    assert client.get("/widget.css")["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    "name",
    ["../settings.py", "built/../../settings.py", "nothing.js", "built", "desk/htmx.LICENSE.txt", "widget/main.js"],
)
def test_only_known_files_are_served(client: Client, name: str) -> None:
    assert client.get(f"/files/{files.current_build()}/{name}").status_code == 404


def test_words_in_each_language(client: Client) -> None:
    french = client.get("/words/fr.json").json()
    for language in LANGUAGES:
        assert client.get(f"/words/{language}.json").json().keys() == french.keys()
    assert french["send"] == "Envoyer"
    assert client.get("/words/xx.json").status_code == 404


@pytest.mark.django_db
def test_health(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_an_address_that_leads_nowhere(client: Client) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "This page does not exist." in answer.content.decode()


def test_every_refusal_has_its_sentence() -> None:
    for code in STATUS:
        for language in "fr", "en":
            assert catalogue().has(f"door.{code}", language), code


PARTS = ("door", "desk", "demo", "page", "privacy", "accessibility", "account", "audit")
MADE_UP = (  # and a value of the code
    *("action_", "kind_", "role_", "password_too_", "password_entirely_"),
    *("tag.", "outcome.", "channel.", "fact.", "sure.", "letters.why.", "typed_to_"),
)
CHANNELS = ("widget", "page", "telegram", "whatsapp", "messenger", "sms")
NOT_WORDS = {"desk.desk", "desk.css", "desk.js", "desk.Advisor"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_channel_and_degree_of_the_desk_has_its_words(language: str) -> None:
    facts = (*PLACEHOLDERS, "place_note", "accessibility")
    made = {"outcome": Outcome.values, "channel": CHANNELS, "fact": facts, "sure": ("much", "rather", "little")}
    keys = [f"desk.{part}.{name}" for part, names in made.items() for name in names]
    assert [key for key in keys if not catalogue().has(key, language)] == []


def test_every_word_of_the_templates_and_the_code_is_in_the_catalogue() -> None:
    named = set(re.findall(rf'"((?:{"|".join(PARTS)})\.\w+)"', sources("*.py") + sources("*.html"))) - NOT_WORDS
    assert len(named) > 60
    assert [key for key in named if not catalogue().has(key, "fr")] == []


def test_every_word_of_the_widget_is_in_the_catalogue_and_is_used() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (WEB / "static" / "widget").glob("*.js"))
    known = catalogue().part("widget", "fr").keys()
    named = set(re.findall(r'say\("(\w+)"', scripts))
    named |= set(re.findall(r'\[this\.\w+, "(\w+)"\]', scripts))
    assert named
    assert named <= known
    quoted = set(re.findall(r'"(\w+)"', scripts))
    unused = {key for key in known if key not in quoted and not key.startswith("name_")}
    assert unused == set()


def test_every_word_of_the_house_is_used() -> None:
    everything = sources("*.py") + sources("*.html")
    words = [(part, key) for part in PARTS for key in catalogue().part(part, "fr") if not key.startswith(MADE_UP)]
    said = {(part, key) for part, key in words if f'"{part}.{key}"' in everything or f'"{key}"' in everything}
    assert set(words) - said == set()


def test_the_widget_stays_small(client: Client) -> None:
    """What a browser loads to show it: the line of the page, the modules in one, the style; each gzipped, as sent."""
    paths = ["/widget.js", files.address("built/main.js"), files.address("built/widget.css")]
    sent = [client.get(path, headers={"Accept-Encoding": "gzip, br"}) for path in paths]
    assert [answer["Content-Encoding"] for answer in sent] == ["gzip"] * 3
    assert sum(len(answer.content) for answer in sent) < 20_000  # 14 kB when this was written


def test_files_are_sent_gzipped_to_those_who_accept_it_only(client: Client) -> None:
    plain = client.get("/words/fr.json")
    assert "Content-Encoding" not in plain
    packed = client.get("/words/fr.json", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
