"""The end of a session is told in time and can be put off; what an advisor writes outlives it, in their tab alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from bot.web.conversations import service, states
from bot.web.conversations.models import Author, Handoff
from bot.web.desk_notes import notes
from tests.browser import accessibility_faults, watch

from .conftest import Served, until
from .desk_person import request
from .helpers import PASSWORD, account, texts

# How many things of what was written are kept in the browser.
DRAFTS = """Object.values({ ...sessionStorage, ...localStorage }).filter((kept) => kept.includes("brouillon")).length"""


def enter(page: Page, name: str) -> None:
    """Fill the sign-in form of the page."""
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()


def sound(page: Page) -> None:
    """What is asked of every state, at the usual width and at that of 400 %."""
    usual = page.viewport_size
    for size in {"width": 320, "height": 800}, usual:
        page.set_viewport_size(size)
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def mine(page: Page, door: Served) -> Iterator[Handoff]:
    """A request that Sofia answers; its page is open."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    handoff = states.claim(request().pk, account("Sofia", "demo"))
    page.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    enter(page, "sofia")
    expect(page.locator("#text")).to_be_visible()
    faults = watch(page)
    yield handoff
    assert [fault for fault in faults if "503" not in fault] == []  # which a test asks for


def age(**seconds: int) -> None:
    """As if so much time had passed since the session `began`, or since somebody was `seen`."""
    session = SessionStore(Session.objects.get().session_key)
    for name, passed in seconds.items():
        session[name] = int(time.time()) - passed
    session.save()


def since_seen() -> int:
    """Seconds since somebody was seen in the session."""
    return int(time.time()) - int(SessionStore(Session.objects.get().session_key)["seen"])


def test_a_session_about_to_end_says_so_and_goes_on_by_one_button(page: Page, mine: Handoff) -> None:
    page.locator("#text").fill("un brouillon")
    age(seen=60 * 60 - 100)
    dialog = page.get_by_role("alertdialog", name="Votre session prend bientôt fin")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("La session prend fin dans 9")
    expect(dialog.get_by_role("button")).to_have_text("Garder ma session ouverte")
    expect(dialog.get_by_role("button")).to_be_focused()
    sound(page)
    page.keyboard.press("?")  # what lies below it is not reached by a short key
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert since_seen() < 30
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("un brouillon")


def test_who_works_in_another_window_is_told_too(page: Page, mine: Handoff, door: Served) -> None:
    page.context.grant_permissions(["notifications"], origin=door.url)
    page.evaluate("""() => { window.told = []; localStorage.setItem("desk.notify", "on");
        window.Notification = class { static permission = "granted"; constructor(title) { window.told.push(title); } };
        Object.defineProperty(document, "hidden", { get: () => true }); }""")
    age(seen=60 * 60 - 100)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert page.evaluate("window.told") == ["Votre session prend bientôt fin"]


def test_a_warning_that_cannot_reach_the_desk_says_so(page: Page, mine: Handoff) -> None:
    age(seen=60 * 60 - 100)
    expect(page.locator("#session")).to_be_visible()
    page.route("**/desk/session", lambda route: route.fulfill(status=503))
    page.keyboard.press("Enter")
    expect(page.locator("#session-problem")).to_contain_text("n'a pas pu être prolongée")
    page.unroute("**/desk/session")
    page.keyboard.press("Escape")  # who leaves it by the keyboard is there
    expect(page.locator("#session")).to_be_hidden()
    until(lambda: since_seen() < 30)


def test_typing_counts_as_being_there(page: Page, mine: Handoff) -> None:
    page.clock.install()
    page.reload()
    expect(page.locator("#text")).to_be_visible()
    age(seen=20 * 60)
    page.locator("#text").press_sequentially("bon")
    page.wait_for_timeout(300)
    assert since_seen() >= 20 * 60  # the page has just been opened: nothing is sent at each key
    page.clock.fast_forward(61_000)
    page.locator("#text").press_sequentially("jour")
    until(lambda: since_seen() < 30)


def test_after_a_day_s_work_one_signs_in_anew_and_goes_on_writing(page: Page, mine: Handoff, settings: Any) -> None:
    page.locator("#text").fill("un brouillon")
    page.locator("#note").fill("une note, un brouillon")
    age(began=settings.SESSION_HOURS * 3600 - 100)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Une session dure une journée de travail au plus.")
    sound(page)
    page.get_by_role("button", name="Fermer ce message").click()
    expect(dialog).to_be_hidden()
    page.wait_for_timeout(1500)
    expect(dialog).to_be_hidden()  # it was told once
    page.evaluate("document.getElementById('session-anew').requestSubmit()")
    enter(page, "sofia")
    expect(page.locator("#text")).to_have_value("un brouillon")
    expect(page.locator("#note")).to_have_value("une note, un brouillon")
    expect(page.locator("#draft-said")).to_have_text("Ce que vous écriviez est encore là. Rien n'est parti.")


def test_a_draft_outlives_a_session_that_ended_and_goes_when_it_is_sent(page: Page, mine: Handoff) -> None:
    page.locator("#text").fill("un brouillon")
    age(seen=61 * 60)
    expect(page.get_by_text("Votre session a pris fin.")).to_be_visible()
    enter(page, "sofia")
    expect(page.locator("#text")).to_have_value("un brouillon")
    expect(page.locator("#text")).to_be_focused()
    sound(page)
    assert texts(mine.conversation_id, Author.ADVISOR) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("un brouillon")
    expect(page.locator("#draft-said")).to_be_empty()
    assert page.evaluate(DRAFTS) == 0
    page.reload()
    expect(page.locator("#text")).to_have_value("")


def test_another_advisor_in_the_same_tab_finds_nothing_of_it(page: Page, mine: Handoff, door: Served) -> None:
    account("Marc", "demo")
    page.locator("#text").fill("un brouillon")
    age(seen=61 * 60)
    expect(page.get_by_text("Votre session a pris fin.")).to_be_visible()
    enter(page, "marc")
    expect(page.locator(".state")).to_have_text("En cours avec Sofia")
    page.wait_for_timeout(400)
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate(DRAFTS) == 0


def test_signing_out_erases_what_was_written_in_every_tab(page: Page, mine: Handoff, door: Served) -> None:
    other = page.context.new_page()
    other.goto(f"{door.url}/desk/")
    assert other.evaluate(DRAFTS) == 0  # it is of the tab in which it is written
    page.locator("#text").fill("un brouillon")
    assert page.evaluate(DRAFTS) == 1
    other.get_by_role("button", name="Se déconnecter").click()
    expect(other.locator("#username")).to_be_visible()
    expect(page.locator("#username")).to_be_visible()
    assert page.evaluate(DRAFTS) == other.evaluate(DRAFTS) == 0
    enter(page, "sofia")
    expect(page.locator("#text")).to_have_value("")


def test_a_request_that_changes_hands_keeps_what_was_written_and_says_what_happened(page: Page, mine: Handoff) -> None:
    sofia, marc = mine.claimed_by, account("Marc", "demo")
    page.locator("#text").fill("un brouillon")
    page.locator("#text").focus()
    states.transfer(mine.pk, sofia, marc)
    expect(page.locator("main > .notice")).to_contain_text("Cette demande vient de changer de mains")
    expect(page.locator("#spoken")).to_contain_text("Cette demande vient de changer de mains")
    expect(page.locator("#title")).to_be_focused()
    kept = page.get_by_role("region", name="Ce que vous écriviez")
    expect(kept.get_by_role("textbox")).to_have_value("un brouillon")
    expect(page.locator("#draft-said")).to_have_text("Ce que vous écriviez est gardé plus bas. Rien n'est parti.")
    sound(page)
    states.transfer(mine.pk, marc, sofia)
    expect(page.locator("main > .notice")).to_have_text("C'est à vous de répondre à cette demande maintenant.")
    expect(page.locator("#text")).to_have_value("un brouillon")
    states.transfer(mine.pk, sofia, marc)
    kept.get_by_role("button", name="Effacer ce texte").click()
    expect(kept).to_be_hidden()
    expect(page.locator("#title")).to_be_focused()
    assert page.evaluate(DRAFTS) == 0


def test_the_end_of_a_request_erases_the_answer_and_says_so(page: Page, mine: Handoff, door: Served) -> None:
    page.locator("#text").fill("un brouillon")
    page.locator("#note").fill("une note")
    page.locator("#note").focus()
    states.close(mine.pk, mine.claimed_by, "answered")
    expect(page.locator("main > .notice")).to_have_text("L'échange vient de prendre fin.")
    expect(page.locator("#draft-said")).to_contain_text("n'est pas parti, et vient d'être effacé")
    expect(page.locator("#note")).to_have_value("une note")  # it can still be added
    expect(page.locator("#note")).to_be_focused()
    assert page.evaluate(DRAFTS) == 0


def test_the_queue_knows_which_answers_have_nowhere_to_go(page: Page, mine: Handoff, door: Served) -> None:
    page.locator("#text").fill("un brouillon")
    page.goto(f"{door.url}/desk/?language=it")
    page.goto(f"{door.url}/desk/")
    expect(page.locator("h1#title")).to_be_visible()
    assert page.evaluate(DRAFTS) == 1
    states.close(mine.pk, mine.claimed_by, "answered")
    page.goto(f"{door.url}/desk/")
    expect(page.locator("h1#title")).to_be_visible()
    assert page.evaluate(DRAFTS) == 0


def test_nothing_of_a_conversation_that_a_person_erases_stays(page: Page, mine: Handoff) -> None:
    page.locator("#text").fill("un brouillon")
    page.locator("#note").fill("une note, un brouillon")
    assert page.evaluate(DRAFTS) == 2
    service.erase(mine.conversation_id)
    expect(page.locator("main > .notice")).to_contain_text("a effacé la conversation")
    assert page.evaluate(DRAFTS) == 0


def test_notes_and_tags_keep_the_focus_and_say_what_was_done(page: Page, mine: Handoff) -> None:
    notes.add(mine, mine.claimed_by, "une première note")
    page.reload()
    said = page.locator("#beside-said")
    page.locator("#note").fill("un brouillon de note")
    page.get_by_role("button", name="Retirer cette note").press("Enter")
    expect(said).to_have_text("La note est retirée.")
    expect(page.locator("#notes-title")).to_be_focused()
    expect(page.locator("#note")).to_have_value("un brouillon de note")
    page.locator("#note-add").press("Enter")
    expect(said).to_have_text("La note est ajoutée.")
    expect(page.locator("#note-add")).to_be_focused()
    expect(page.locator("#note")).to_have_value("")
    assert page.evaluate(DRAFTS) == 0
    page.get_by_label("à suivre").check()
    page.locator("#tags-save").press("Enter")
    expect(said).to_have_text("Les étiquettes sont enregistrées.")
    expect(page.locator("#tags-save")).to_be_focused()
    sound(page)
