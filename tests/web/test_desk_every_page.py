"""Every page and state of the desk: accessibility, reflow, one navigation, each control by the keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.knowledge import notices
from bot.knowledge.cites import load_cites
from bot.web.channels.models import Contact, Parcel, Step
from bot.web.desk.models import Advisor, Invitation
from tests.browser import accessibility_faults, watch

from .conftest import Served
from .desk_stage import set_up
from .helpers import PASSWORD, account, signed_in

PICTURES = os.environ.get("DESK_STATES")
"""Folder for a picture of each state at each width; none are taken without it."""

# From now on mark what has had the focus, and whether that could be seen.
LISTEN = """() => document.addEventListener("focusin", ({ target }) => {
  target.dataset.met = getComputedStyle(target).outlineStyle === "none" ? "unseen" : "seen"; })"""
# How often Tab is to be pressed at most: a date has four stops, a time three.
STOPS = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, [tabindex])")]
  .reduce((sum, { type }) => sum + ({ date: 4, time: 3 }[type] ?? 1), 1)"""
# A group of radio buttons is one stop, at the chosen one.
UNMET = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea)")]
  .filter((one) => one.checkVisibility() && !one.disabled && one.type !== "hidden"
    && (one.type !== "radio" || one.checked) && one.dataset.met !== "seen").map((one) => one.outerHTML.slice(0, 90))"""
SMALL = """() => [...document.querySelectorAll("button, select, textarea, input, nav a, .button")]
  .map((one) => [one.outerHTML.slice(0, 90), (one.closest("label.check") || one).getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (width < 24 || height < 24)).map(([html]) => html)"""
# What makes a page wider than its window.
WIDE = """() => ((root) => root.scrollWidth <= root.clientWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > root.clientWidth).map((one) => one.outerHTML.slice(0, 90))
)(document.documentElement)"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Announcements are written into a folder of the test's own."""
    monkeypatch.setattr(notices, "FOLDER", tmp_path / "notices")
    load_cites.cache_clear()
    yield
    load_cites.cache_clear()


class Walker:
    """Somebody's browser at the desk, which looks closely at each state that it meets."""

    def __init__(
        self, browser: Browser, door: Served, language: str, who: Advisor | None = None, **client: Any
    ) -> None:
        self.context: BrowserContext = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
        if who:
            session = signed_in(who, **client).cookies[configured.SESSION_COOKIE_NAME].value
            self.context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": door.url}])
        self.context.set_default_timeout(8000)
        self.page: Page = self.context.new_page()
        self.faults = watch(self.page)
        self.url, self.language = door.url, language
        self._walked: set[str] = set()

    def see(self, name: str, path: str = "", current: str | None = None) -> Page:
        """Open an address, or stay; everything that is asked of a state holds. `current`: what the navigation marks."""
        if path:
            self.page.goto(self.url + path)
        expect(self.page.locator("h1")).to_have_count(1)
        if current is not None:
            marked = self.page.locator("header nav [aria-current]")
            assert marked.all_inner_texts() == ([current] if current else []), name
        assert accessibility_faults(self.page) == [], name
        self._tab_through(name)
        for width in 320, 768, 1280:  # 320 is a desktop at 400 %, too
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate(SMALL) == [], (name, width)
            assert self.page.evaluate(WIDE) == [], (name, width)
            if PICTURES:
                path = f"{PICTURES}/{name}-{self.language}-{width}.png"
                self.page.screenshot(path=path, full_page=True)
        return self.page

    def _tab_through(self, name: str) -> None:
        """Every control of the page is met by Tab, and is seen to have the focus; the same ones are met once."""
        same = re.sub(r"\d", "", str(self.page.evaluate(UNMET)))
        if same in self._walked:
            return
        self._walked.add(same)
        self.page.locator("main").focus()
        self.page.evaluate(LISTEN)
        for _ in range(self.page.evaluate(STOPS)):
            self.page.keyboard.press("Tab")
        assert self.page.evaluate(UNMET) == [], name

    def close(self) -> None:
        """Nothing must have gone wrong on the way."""
        refusals = ("404", "403", "429", "422", "400", "410")
        assert [fault for fault in self.faults if not any(code in fault for code in refusals)] == []
        self.context.close()


def fill(page: Page, **typed: str) -> None:
    """Type into fields by their ids, and send the form with Enter."""
    for field, text in typed.items():
        page.locator(f"#{field}").fill(text)
    page.keyboard.press("Enter")


def test_an_administrator_sees_every_page(browser: Browser, door: Served) -> None:
    stage = set_up("fr")
    walker = Walker(browser, door, "fr", stage.people["Sofia"], factor=True)
    see = walker.see
    see("queue", "/desk/", current="File d'attente")
    see("queue-filtered", "/desk/?language=it&mine=1")
    see("waiting", f"/desk/handoffs/{stage.waiting.pk}/", current="File d'attente")
    page = see("live", f"/desk/handoffs/{stage.live.pk}/")
    expect(page.locator("#ready-title")).to_be_visible()
    see("live-at-hand")
    see("callback-waiting", f"/desk/handoffs/{stage.callback.pk}/")
    see("callback", f"/desk/handoffs/{stage.called.pk}/")
    see("past", f"/desk/handoffs/{stage.past.pk}/")
    see("gone", "/desk/handoffs/999999/")
    see("passed", "/desk/?notice=passed")
    see("review", "/desk/review/", current="Échanges passés")
    see("review-nothing", "/desk/review/?text=zzz")
    see("review-exchange", f"/desk/review/handoffs/{stage.past.pk}/", current="Échanges passés")
    see("review-erase", f"/desk/review/handoffs/{stage.past.pk}/erase")
    see("answers", "/desk/review/answers/", current="Réponses à revoir")
    page = see("answer", f"/desk/review/answers/{stage.unsure.pk}/", current="Réponses à revoir")
    page.locator("main #cite").select_option("")
    page.locator("#field").select_option("hours")
    page.locator("main form button").last.press("Enter")
    expect(page.locator("#cite-fault")).to_be_visible()
    expect(page.locator("main #cite")).to_be_focused()
    see("answer-refused")
    page.locator("main #cite").select_option("demo")
    page.locator("main form button").last.press("Enter")
    see("answer-kept")
    expect(page.locator(".notice.good")).to_have_text("La relecture est enregistrée.")
    see("notices", "/desk/notices/", current="Annonces")
    page = see("notice-new", "/desk/notices/new", current="Annonces")
    page.locator("main form > button").press("Enter")
    expect(page.locator("#first")).to_be_focused()
    see("notice-refused")
    see("notice-withdraw", f"/desk/notices/{stage.notice.pk}/withdraw")
    see("figures", "/desk/figures/?cite=demo", current="Chiffres")
    see("figures-none", "/desk/figures/?cite=nimes")
    see("figures-wrong", "/desk/figures/?period=never")
    page = see("people", "/desk/people/", current="Équipe et rôles")
    fill(page, email="nobody")  # the browser itself would refuse it
    page.locator("main form").first.evaluate("form => form.setAttribute('novalidate', '')")
    fill(page, email="nobody")
    see("people-refused")
    page.locator("#cite").select_option("demo")
    fill(page, email="")
    see("invited")
    assert "/desk/join/" in page.locator("#link").input_value()
    see("person", f"/desk/people/{stage.people['Marc'].pk}/", current="Équipe et rôles")
    see("audit", "/desk/audit/", current="Journal")
    see("audit-none", "/desk/audit/?action=factor_reset")
    page = see("account", "/desk/account/", current="Mon compte")
    fill(page, first_name="Sofia B.")
    see("account-saved")
    page = see("password", "/desk/account/password")
    fill(page, old=PASSWORD, password="short", again="short")
    see("password-refused")
    see("factor-set-up", "/desk/account/factor")
    see("nowhere", "/desk/nowhere", current="")
    walker.close()


def test_who_is_not_yet_in(browser: Browser, door: Served) -> None:
    """Joining by a link, the sign-in with its refusals, a second factor, a form too old; in English."""
    stage = set_up("en")
    walker = Walker(browser, door, "en")
    page = walker.see("join", stage.join)
    fill(page, username="ines", first_name="Inès", password="short", again="short")
    walker.see("join-refused")
    fill(page, password="a password long enough", again="a password long enough")
    expect(page.locator("h1#title")).to_be_visible()
    assert not Invitation.objects.filter(role="advisor").exists()
    walker.see("join-done", current="Queue")
    page.get_by_role("button", name="Sign out").press("Enter")
    walker.see("login")
    walker.see("link-gone", stage.join)
    page.goto(f"{door.url}/desk/login")
    for _ in range(6):
        fill(page, username="ines", password="not that one")
        expect(page.locator("#problem")).to_be_visible()
    walker.see("login-locked")
    page.goto(f"{door.url}/desk/login")
    page.context.clear_cookies()
    fill(page, username="marc", password=PASSWORD)
    walker.see("forbidden")
    walker.close()
    walker = Walker(browser, door, "en", stage.people["Nora"])
    walker.see("factor-needed", "/desk/")
    expect(walker.page.locator("header nav")).to_have_count(0)
    walker.close()


def test_what_did_not_reach_an_app(browser: Browser, door: Served) -> None:
    stage = set_up("en")
    contact = Contact.objects.create(platform="telegram", user_hash="x", conversation=stage.live.conversation)
    for seq, words in enumerate(({"text": "Bonjour"}, {}), start=1):  # what an app took and then lost has no words left
        dead = {"step": Step.DEAD, "reason": "500", "settled": timezone.now(), "by_advisor": True}
        Parcel.objects.create(contact=contact, seq=seq, part=0, key=str(seq), body=words, **dead)
    walker = Walker(browser, door, "en", stage.people["Marc"])
    page = walker.see("letters", "/desk/letters/", current="Messages not delivered 2")
    walker.see("letters-of-one", f"/desk/letters/?request={stage.live.pk}")
    walker.see("live-undelivered", f"/desk/handoffs/{stage.live.pk}/")
    page.goto(f"{door.url}/desk/letters/")
    page.get_by_role("button", name="Set aside").first.press("Enter")
    walker.see("letter-aside", current="Messages not delivered 1")
    page.get_by_role("button", name="Set aside").press("Enter")
    walker.see("letters-none", current="Messages not delivered")
    walker.close()


def test_each_role_is_led_to_its_own_pages(browser: Browser, door: Served) -> None:
    stage = set_up("en")
    everybody = ["Queue", "Past exchanges", "Answers to review", "Announcements", "Figures"]
    leads = [*everybody, "People and roles", "Audit log", "My account"]
    for name, factor, wanted in (("Nora", True, leads), ("Marc", False, [*everybody, "My account"])):
        walker = Walker(browser, door, "en", stage.people[name], factor=factor)
        page = walker.see(f"queue-{name}", "/desk/", current="Queue")
        assert page.locator("header nav a").all_inner_texts() == wanted
        walker.see(f"dead-end-{name}", "/desk/figures/?cite=all", current="")
        walker.close()
    walker = Walker(browser, door, "en", account("Zoé", language="en"))
    for path in "/desk/", "/desk/review/", "/desk/notices/", "/desk/review/answers/", "/desk/account/":
        walker.see(f"empty{path.replace('/', '-')}", path)
    walker.close()
