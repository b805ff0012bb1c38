"""From a first message to an advisor's answer, in a browser, with everything real."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import accessibility_faults, watch
from tests.web.conftest import Served
from tests.web.helpers import PASSWORD, account
from tests.web.widget import Widget

SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""Folder for the README's pictures; none are taken without it."""


@pytest.fixture
def desk(browser: Browser, door: Served) -> Iterator[Page]:
    """An advisor, logged in at the desk."""
    account("Camille", "demo", "marseille")
    context = browser.new_context(locale="fr-FR", viewport={"width": 1180, "height": 900})
    page = context.new_page()
    page.goto(f"{door.url}/desk/")
    page.get_by_label("Identifiant").fill("camille")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    yield page
    context.close()


def picture(page: Page, name: str) -> None:
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


def test_guidance_hours_and_a_human(page: Page, desk: Page, door: Served) -> None:
    page.set_viewport_size({"width": 1180, "height": 900})
    faults = watch(desk)
    widget = Widget(page, door.url).open()
    widget.say("je veux changer de métier, je suis à Marseille")
    widget.hear("CEP")
    widget.hear("Cité des métiers de Marseille")
    picture(page, "widget")
    assert accessibility_faults(page) == []

    widget.say("c'est ouvert samedi ?")
    widget.hear("pas d'horaires confirmés")
    picture(page, "hours")

    widget.say("je préfère parler à quelqu'un")
    widget.hear("Acceptez-vous")
    widget.press("Oui, partager la conversation")
    widget.hear("Votre demande est transmise")

    desk.get_by_role("link", name="Demande n°").click()
    summary = desk.get_by_role("region", name="Résumé de l'assistant")
    for known in "Marseille", "changer de métier":
        expect(summary).to_contain_text(known, ignore_case=True)
    log = desk.get_by_role("log")
    expect(log).to_contain_text("je veux changer de métier, je suis à Marseille")
    desk.get_by_role("button", name="Prendre en charge").click()
    desk.get_by_label("Votre réponse").fill("Bonjour, je suis Camille. Quel métier vous attire ?")
    desk.keyboard.press("Control+Enter")
    widget.hear("Quel métier vous attire ?")
    widget.say("un métier dehors, avec mes mains")
    expect(log).to_contain_text("un métier dehors")
    picture(desk, "desk")
    picture(page, "advisor")
    assert widget.lines("bot").filter(has_text="dehors").count() == 0

    desk.get_by_role("button", name="Rendre à l'assistant").click()
    widget.hear("Camille a quitté la conversation")
    widget.say("où est la cité la plus proche ?")
    widget.hear("rue des Consuls")
    assert (faults, widget.faults) == ([], [])


@pytest.mark.parametrize(
    ("language", "said", "heard"),
    [
        ("en", "I want to change job and I live in Brussels", "Bruxelles"),
        ("es", "quiero cambiar de trabajo, vivo en Barcelona", "Porta22"),
        ("it", "vorrei cambiare lavoro, abito a Bellinzona", "Città dei mestieri della Svizzera italiana"),
    ],
)
def test_other_languages(page: Page, door: Served, language: str, said: str, heard: str) -> None:
    widget = Widget(page, door.url, language).open()
    widget.say(said)
    widget.hear(heard)
    assert page.locator(f"cite-chat .line.bot .text[lang={language}]").count() >= 2
    assert widget.faults == []
