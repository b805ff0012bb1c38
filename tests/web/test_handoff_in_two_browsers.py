"""A person on the widget, an advisor at the desk: the whole thread, seen from both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations import service
from bot.web.conversations.models import Conversation, Handoff
from tests.browser import accessibility_faults, watch

from .conftest import Served
from .fake_rasa import FakeRasa
from .helpers import PASSWORD, account
from .widget import Widget


@pytest.fixture
def advisor_page(browser: Browser, door: Served) -> Iterator[Page]:
    """Sofia's browser, at the sign-in page."""
    account("Sofia", "demo", "marseille")
    context = browser.new_context(locale="fr-FR", viewport={"width": 1024, "height": 768})
    context.set_default_timeout(8000)
    page = context.new_page()
    page.goto(f"{door.url}/desk/")
    yield page
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_label("Identifiant").fill("sofia")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="File d'attente")).to_be_visible()


def answer(page: Page, text: str) -> None:
    """Type an answer and send it by the keyboard."""
    page.get_by_label("Votre réponse").fill(text)
    page.keyboard.press("Control+Enter")


def ask_for_a_human(widget: Widget, consent: str) -> None:
    widget.open()
    widget.say("je suis à Marseille")
    widget.hear("La Cité la plus proche")
    widget.say("je préfère parler à quelqu'un")
    widget.hear("Acceptez-vous")
    widget.press(consent)
    widget.hear("Votre demande est transmise")


def test_the_whole_thread(page: Page, advisor_page: Page, door: Served, rasa: FakeRasa) -> None:
    faults = watch(advisor_page)
    assert accessibility_faults(advisor_page) == []
    sign_in(advisor_page)
    expect(advisor_page.get_by_text("Personne n'attend.")).to_be_visible()
    assert accessibility_faults(advisor_page) == []

    widget = Widget(page, door.url)
    page.evaluate("""() => { window.told = []; document.addEventListener("cite-chat:handoff",
        ({ detail }) => window.told.push([detail.speaker, detail.advisor])); }""")
    ask_for_a_human(widget, "Oui")
    status = page.locator("cite-chat .status").last
    expect(status).to_have_text(re.compile("En attente d'une personne de l'équipe. Votre place dans la file : 1."))
    speaker = page.locator("cite-chat .speaker")
    expect(speaker).to_have_text("En attente d'une personne de l'équipe")
    widget.say("je reste là")

    advisor_page.get_by_role("link", name="Demande n°").click()  # it came without a reload
    summary = advisor_page.get_by_role("region", name="Résumé de l'assistant")
    expect(summary).to_contain_text("Marseille")
    expect(summary).to_contain_text("Changer de métier")
    log = advisor_page.get_by_role("log")
    for said in "Bonjour, je suis un assistant", "je suis à Marseille", "Acceptez-vous", "je reste là":
        expect(log).to_contain_text(said)
    assert accessibility_faults(advisor_page) == []
    advisor_page.get_by_role("button", name="Prendre en charge").click()

    expect(status).to_have_text("Vous échangez avec Sofia, de l'équipe.")
    expect(speaker).to_have_text("Sofia, de l'équipe")
    widget.hear("Sofia a rejoint la conversation.")
    answer(advisor_page, "Bonjour, je suis Sofia. Que cherchez-vous ?")
    widget.hear("Bonjour, je suis Sofia.")
    expect(widget.lines("advisor")).to_contain_text("Sofia, de l'équipe")
    widget.say("un métier dehors")
    expect(log).to_contain_text("un métier dehors")
    answer(advisor_page, "Venez nous voir.")
    widget.hear("Venez nous voir.")
    expect(log).to_contain_text("Venez nous voir.")
    assert accessibility_faults(advisor_page) == []
    assert accessibility_faults(page) == []
    assert "un métier dehors" not in rasa.messages

    advisor_page.get_by_role("button", name="Rendre à l'assistant").click()
    expect(advisor_page.get_by_text("Rendue à l'assistant")).to_be_visible()
    widget.hear("Sofia a quitté la conversation.")
    expect(status).to_have_text("")
    expect(speaker).to_have_text("Assistant automatique")
    told = page.evaluate("window.told")
    assert told == [["waiting", None], ["advisor", "Sofia"], ["bot", None]]
    widget.say("merci")
    widget.hear("Réponse à : merci")
    assert rasa.messages[-1] == "merci"
    assert accessibility_faults(advisor_page) == []
    assert (faults, widget.faults) == ([], [])


def test_without_consent_the_past_stays_with_the_person(page: Page, advisor_page: Page, door: Served) -> None:
    sign_in(advisor_page)
    widget = Widget(page, door.url)
    ask_for_a_human(widget, "Non")
    advisor_page.get_by_role("link", name="Demande n°").click()
    expect(advisor_page.get_by_text("n'a pas souhaité partager")).to_be_visible()
    log = advisor_page.get_by_role("log")
    expect(log).not_to_contain_text("je suis à Marseille")
    widget.say("à partir d'ici")
    expect(log).to_contain_text("à partir d'ici")


def test_the_person_erases_while_the_advisor_reads(page: Page, advisor_page: Page, door: Served) -> None:
    sign_in(advisor_page)
    widget = Widget(page, door.url)
    ask_for_a_human(widget, "Oui")
    advisor_page.get_by_role("link", name="Demande n°").click()
    advisor_page.get_by_role("button", name="Prendre en charge").click()
    expect(advisor_page.get_by_label("Votre réponse")).to_be_visible()
    service.erase(Conversation.objects.get().pk)
    expect(advisor_page.get_by_text("la personne a effacé la conversation")).to_be_visible()
    expect(page.locator("cite-chat .status").last).to_have_text("Cette conversation a pris fin.")
    assert not Handoff.objects.exists()


def test_the_desk_on_a_small_screen_and_in_the_dark(
    browser: Browser, advisor_page: Page, door: Served, rasa: Any
) -> None:
    sign_in(advisor_page)
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark", storage_state=advisor_page.context.storage_state()
    )
    small = context.new_page()
    small.goto(f"{door.url}/desk/")
    expect(small.get_by_role("heading", name="File d'attente")).to_be_visible()
    assert accessibility_faults(small) == []
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
