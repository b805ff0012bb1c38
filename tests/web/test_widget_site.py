"""The widget on the site of a Cité: another origin, a strict policy, rude styles, a frame; what the site may do."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.web.conversations.models import Conversation
from tests.browser import accessibility_faults, watch

from .conftest import Served
from .fake_rasa import FakeRasa

PAGE = """<!doctype html><html lang="fr" dir="rtl"><meta charset="utf-8"><title>Une Cité</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/host.css">
<main><h1>Une Cité</h1><label for="field">Champ</label> <input id="field" autofocus> <a href="/other">Suite</a></main>
<script src="{door}/widget.js" data-cite="marseille" data-lang="fr" {attributes} defer></script></html>"""
FRAME = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Un cadre</title><main><h1>Un cadre</h1></main>
<iframe src="/plain" title="Le site" width="600" height="700" sandbox="allow-scripts allow-same-origin"></iframe>
</html>"""
STYLE = """* { color: red !important; font: 60px serif !important; letter-spacing: 9px !important; }
html { --main: red; --paper: red; font-size: 40px; }
button, section, div, p, textarea { display: none !important; }
cite-chat { display: none !important; opacity: 0 !important; visibility: hidden !important;
transform: scale(0.1) !important;
position: static !important; pointer-events: none !important; inset: auto auto 90% 90% !important; }"""
GREETING = "Un doute sur &lt;b&gt;votre&lt;/b&gt; avenir ?"
PROACTIVE = f'data-open="once" data-greeting="{GREETING}" data-concern="je veux changer de métier"'
ATTRIBUTES = {"/proactive": PROACTIVE, "/other": PROACTIVE, "/coloured": 'data-color="#ffd400" data-side="left"'}


@pytest.fixture
def host(door: Served, settings: Any) -> Iterator[str]:
    """A listed site, with the policy that the documentation gives and nothing else allowed."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            style = self.path == "/host.css"
            page = FRAME if self.path == "/frame" else PAGE
            shown = page.format(door=door.url, attributes=ATTRIBUTES.get(self.path, ""))
            policy = f"script-src 'self' {door.url}; style-src 'self'; connect-src {door.url}"
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if style else "text/html")
            self.send_header("Content-Security-Policy", f"default-src 'none'; frame-src 'self'; {policy}")
            self.end_headers()
            self.wfile.write((STYLE if style else shown).encode())

        def log_message(self, *args: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    settings.ALLOWED_ORIGINS = [url]
    yield url
    server.shutdown()
    server.server_close()


def chat(page: Page) -> Locator:
    return page.locator("cite-chat")


def test_a_strict_policy_and_rude_styles_change_nothing(page: Page, host: str, rasa: FakeRasa) -> None:
    faults = watch(page)
    page.goto(host)
    button = page.get_by_role("button", name="Une question ?")
    box = button.bounding_box()
    assert box is not None
    assert (box["x"] + box["width"], box["y"] + box["height"]) == (1280 - 16, 800 - 16)
    button.click()
    line = page.locator("cite-chat .line.bot").first
    expect(line).to_contain_text("Bonjour")
    style = line.evaluate(
        """(line) => { const style = getComputedStyle(line);
        return [style.fontSize, style.letterSpacing, style.direction, style.color]; }"""
    )
    assert style == ["16px", "normal", "ltr", "rgb(27, 36, 48)"]
    assert page.locator("h1").evaluate("(title) => getComputedStyle(title).color") == "rgb(255, 0, 0)"
    assert faults == []
    assert rasa.calls[0]["metadata"]["cite"] == "marseille"


def test_within_a_frame(page: Page, host: str) -> None:
    faults = watch(page)
    page.goto(f"{host}/frame")
    framed = page.frame_locator("iframe")
    framed.get_by_role("button", name="Une question ?").click()
    framed.locator("cite-chat textarea").fill("bonjour")
    framed.locator("cite-chat textarea").press("Enter")
    expect(framed.locator("cite-chat .line.bot").last).to_contain_text("Réponse à : bonjour")
    assert faults == []


def test_on_a_site_that_is_not_listed_it_says_that_it_can_not_open(page: Page, host: str, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = []
    page.goto(host)
    page.get_by_role("button", name="Une question ?").click()
    expect(page.locator("cite-chat .status").last).to_have_text("L'assistant ne peut pas s'ouvrir pour le moment.")
    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()
    assert not Conversation.objects.exists()


def test_what_a_site_can_do_and_is_told(page: Page, host: str) -> None:
    page.add_init_script(
        """window.told = [];
        for (const name of ["ready", "open", "close", "message", "handoff"])
          document.addEventListener(`cite-chat:${name}`,
            ({ detail }) => window.told.push([name, detail.author ?? null]));"""
    )
    page.goto(host)
    expect(page.get_by_role("button", name="Une question ?")).to_be_visible()
    assert chat(page).evaluate("(chat) => [chat.ask('  '), chat.ask('x'.repeat(2001)), chat.ask('où aller ?')]") == [
        False,
        False,
        True,
    ]
    expect(page.locator("cite-chat .line.person")).to_contain_text("où aller ?")
    expect(page.locator("cite-chat .line.bot").last).to_contain_text("Réponse à : où aller ?")
    chat(page).evaluate("(chat) => { chat.language = 'zz'; chat.language = 'it'; }")
    expect(page.get_by_label("Il Suo messaggio")).to_be_visible()
    assert chat(page).evaluate("(chat) => chat.language") == "it"
    chat(page).evaluate("(chat) => chat.close()")
    told = page.evaluate("window.told")
    assert told[:2] == [["ready", None], ["open", None]]
    assert told[-1] == ["close", None]
    assert sorted(author for name, author in told if name == "message") == ["bot", "bot", "person"]


def test_it_opens_by_itself_once_and_takes_nothing(page: Page, host: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host}/proactive")
    panel = page.locator("cite-chat section")
    expect(panel).to_be_visible()
    expect(page.get_by_label("Champ")).to_be_focused()
    expect(panel.get_by_text("Un doute sur <b>votre</b> avenir ?")).to_be_visible()
    assert accessibility_faults(page) == []
    assert page.evaluate("({...sessionStorage, ...localStorage})") == {}
    assert not any("/api/" in url for url in asked)
    page.get_by_role("link", name="Suite").evaluate("(link) => link.click()")
    page.wait_for_url("**/other")
    expect(page.get_by_role("button", name="Une question ?")).to_be_visible()
    expect(panel).to_be_hidden()  # the visit goes on: it has been shown
    page.get_by_role("button", name="Une question ?").click()
    panel.get_by_role("button", name="je veux changer de métier").click()
    expect(page.locator("cite-chat .line.person")).to_contain_text("je veux changer de métier")
    expect(panel.get_by_text("Un doute sur")).to_be_hidden()
    assert Conversation.objects.count() == 1


def test_closed_by_the_person_it_stays_closed(page: Page, host: str) -> None:
    page.goto(f"{host}/proactive")
    page.get_by_role("button", name="Fermer la discussion").click()
    page.goto(f"{host}/proactive")
    expect(page.get_by_role("button", name="Une question ?")).to_be_visible()
    expect(page.locator("cite-chat section")).to_be_hidden()
    assert not Conversation.objects.exists()


def test_on_a_phone_it_does_not_open_by_itself(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{host}/proactive")
    expect(page.get_by_role("button", name="Une question ?")).to_be_visible()
    expect(page.locator("cite-chat section")).to_be_hidden()
    context.close()


def test_a_color_of_the_site_stays_readable_and_the_button_changes_sides(page: Page, host: str) -> None:
    page.goto(f"{host}/coloured")
    button = page.locator("cite-chat .launcher")
    box = button.bounding_box()
    assert box is not None and box["x"] == 16
    colors = "(button) => { const style = getComputedStyle(button); return [style.backgroundColor, style.color]; }"
    assert button.evaluate(colors) == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    button.click()
    expect(page.locator("cite-chat .line.bot")).to_have_count(1)
    assert [fault for fault in accessibility_faults(page) if "cite-chat" in fault] == []
