"""Writing without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations import service
from bot.web.conversations.models import Conversation, Feedback
from tests.browser import accessibility_faults

from .conftest import Served
from .fake_rasa import FakeRasa, said


@pytest.fixture
def plain(browser: Browser, door: Served) -> Iterator[Page]:
    """A browser that runs no script, come from the demonstration page."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{door.url}/demo/?lang=fr")
    page.get_by_role("link", name="Écrire sur une page simple").click()
    yield page
    assert context.cookies() == []
    context.close()


CITE_SITE = "https://www.example.org/marseille"


def say(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.get_by_role("button", name="Envoyer").click()


def test_a_conversation_without_script(plain: Page, rasa: FakeRasa) -> None:
    expect(plain.get_by_role("link", name="Vos données")).to_be_visible()
    plain.get_by_role("button", name="Commencer la conversation").click()
    expect(plain.get_by_text("Bonjour, je suis un assistant automatique.")).to_be_visible()
    assert rasa.calls[0]["metadata"]["cite"] == "demo"
    assert rasa.calls[0]["metadata"]["channel"] == "page"
    assert plain.url.endswith("/write/?cite=demo&lang=fr#new")
    say(plain, "<b>bonjour</b> 06 12 34 56 78")
    expect(plain.get_by_text("Réponse à : <b>bonjour</b> [phone]")).to_be_visible()
    plain.reload()  # the same form once more
    expect(plain.locator("li.person")).to_have_count(1)
    say(plain, "je suis à Marseille")
    expect(plain.get_by_role("link", name="Site (nouvel onglet)")).to_have_attribute("href", CITE_SITE)
    expect(plain.get_by_role("link", name="+33 4 96 11 62 70")).to_have_attribute("href", "tel:+33496116270")
    calendar = plain.get_by_role("link", name="Ajouter à mon calendrier")
    expect(calendar).to_have_attribute("href", re.compile("^/agenda/"))
    expect(plain.locator("a[href^=javascript]")).to_have_count(0)
    plain.get_by_label("Votre message").fill("à moitié écrit")
    asked = plain.get_by_role("group", name="Cette réponse vous aide ?").last
    asked.get_by_role("button", name="Pas utile").click()
    reason = asked.get_by_role("button", name="L'information est trop ancienne")
    expect(asked.get_by_role("button", name="Ma question n'est pas comprise")).to_be_focused()
    reason.click()
    expect(reason).to_have_attribute("aria-pressed", "true")
    expect(plain.get_by_role("status")).to_have_text("Merci, votre avis est noté.")
    expect(plain.get_by_label("Votre message")).to_have_value("à moitié écrit")
    assert list(Feedback.objects.values_list("useful", "reason")) == [(False, "stale")]
    say(plain, " ")
    expect(plain.get_by_role("alert")).to_have_text("Votre message est vide.")
    plain.get_by_label("Langue").select_option("en")
    plain.get_by_role("button", name="Appliquer").click()
    expect(plain.get_by_label("Your message")).to_be_visible()
    assert plain.locator("li.bot div[lang=fr]").count() == 3
    choices = plain.locator("ul.choices")
    expect(choices).to_have_attribute("aria-label", "Suggested answers")
    tongues = choices.evaluate("(list) => [list, ...list.children].map((part) => part.closest('[lang]').lang)")
    assert tongues == ["en", "fr", "fr"]
    plain.get_by_role("button", name="New conversation").click()
    expect(plain.locator("ol li")).to_have_count(1)
    with plain.expect_download() as waited:
        plain.get_by_role("button", name="Save my conversation").click()
    assert waited.value.suggested_filename.startswith("conversation-")
    plain.get_by_role("button", name="Erase my conversation").click()
    plain.get_by_role("button", name="No, keep it").click()
    plain.get_by_role("button", name="Erase my conversation").click()
    plain.get_by_role("button", name="Yes, erase everything").click()
    expect(plain.get_by_role("status")).to_contain_text("Your conversation has been erased.")
    assert not Conversation.objects.exists()


def test_after_each_sending_reading_begins_at_what_is_new(plain: Page, rasa: FakeRasa) -> None:
    begun = plain.locator("li:focus")
    plain.get_by_role("button", name="Commencer la conversation").click()
    expect(begun).to_contain_text("Bonjour, je suis un assistant automatique.")
    long = "Une phrase assez longue pour remplir plusieurs lignes de la page. " * 20
    rasa.answer = lambda message, metadata: [said(f"Un. {long}"), said(f"Deux. {long}")]
    for text in "bonjour", "encore":
        say(plain, text)
        expect(plain.locator("li.person").last).to_contain_text(text)
        expect(begun).to_contain_text("Un.")
        assert begun.evaluate("(line) => line === [...document.querySelectorAll('.bot')].at(-2)")
        expect(begun.locator(".who")).to_be_in_viewport()
        expect(plain).to_have_title("Nouveaux messages : 2 · Assistant des Cités des métiers")
    plain.keyboard.press("Tab")
    expect(plain.get_by_role("button", name="Utile", exact=True).last).to_be_focused()
    say(plain, "06 12 34 56 78")
    expect(begun).to_contain_text("nous avons masqué un numéro de téléphone")
    plain.get_by_role("button", name="Voir les nouveaux messages").click()
    message = plain.get_by_label("Votre message")
    expect(message).to_be_focused()
    expect(message).to_have_accessible_description("Pas de nouveau message pour l'instant.")
    expect(plain).to_have_title("Assistant des Cités des métiers")
    say(plain, " ")
    expect(message).to_be_focused()
    expect(plain.get_by_role("alert")).to_be_in_viewport(ratio=1)
    expect(plain).to_have_title("Erreur : Assistant des Cités des métiers")


def test_choices_are_buttons_and_an_advisor_is_heard(plain: Page) -> None:
    plain.get_by_role("button", name="Commencer la conversation").click()
    plain.get_by_role("button", name="Parler à quelqu'un").click()
    plain.get_by_role("button", name="Oui").click()
    expect(plain.get_by_text(re.compile("Votre place dans la file : 1"))).to_be_visible()
    say(plain, "je reste là")
    service.set_language(Conversation.objects.get().pk, "fr")
    plain.get_by_role("button", name="Voir les nouveaux messages").click()
    expect(plain.locator("li.person").last).to_contain_text("je reste là")
    plain.get_by_role("button", name="Revenir à l'assistant").click()
    expect(plain.get_by_text("Assistant automatique", exact=True)).to_be_visible()


def test_a_fault_in_the_form_for_a_callback_is_told_at_its_field(plain: Page) -> None:
    plain.get_by_role("button", name="Commencer la conversation").click()
    plain.get_by_role("button", name="Parler à quelqu'un").click()
    plain.get_by_role("button", name="Oui").click()
    message, name, contact = (plain.locator(f"#{field}") for field in ("text", "callback-name", "callback-contact"))
    expect(name).to_have_attribute("autocomplete", "name")
    for field in name, contact:
        expect(field).to_have_attribute("aria-required", "true")
    message.fill("à moitié écrit")
    contact.fill("06")
    contact.press("Enter")  # asks for the callback, and for nothing else
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(plain.get_by_role("alert")).to_be_in_viewport(ratio=1)
    name.fill("Camille")
    plain.get_by_role("button", name="Valider ma demande de rappel").click()
    expect(contact).to_be_focused()
    expect(contact).to_have_accessible_description(re.compile("en entier"))
    expect(message).not_to_have_attribute("aria-describedby", "refusal")
    expect(message).to_have_value("à moitié écrit")
    contact.fill("06 12 34 56 78")
    plain.get_by_role("button", name="Voir les nouveaux messages").click()
    expect(contact).to_have_value("06 12 34 56 78")
    contact.press("Enter")
    expect(plain.get_by_text("Votre demande de rappel est transmise")).to_be_visible()
    expect(message).to_have_value("à moitié écrit")
    expect(plain.locator("li.person", has_text="à moitié écrit")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_all_that_is_pressed_or_filled_in_is_large_enough(plain: Page, width: int) -> None:
    plain.set_viewport_size({"width": width, "height": 640})
    plain.get_by_role("button", name="Commencer la conversation").click()
    say(plain, "je suis à Marseille")
    plain.get_by_role("button", name="Parler à quelqu'un").first.click()
    plain.get_by_role("button", name="Oui").click()
    plain.get_by_role("button", name="Valider ma demande de rappel").click()
    expect(plain.locator("#callback-name")).to_have_attribute("aria-invalid", "true")
    targets = plain.locator("button:visible, input:visible, select, textarea, .card a").all()
    boxes = [box for box in (target.bounding_box() for target in targets) if box]
    assert len(boxes) > 12
    assert [box for box in boxes if box["width"] < 24 or box["height"] < 24] == []
    assert plain.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_accessible_and_narrow(page: Page, door: Served) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{door.url}/accessibility/?lang=it")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{door.url}/write/?cite=demo&lang=it")
    assert accessibility_faults(page) == []
    page.get_by_role("button").click()
    expect(page.locator("li.bot")).to_be_focused()
    assert accessibility_faults(page) == []
    page.get_by_label("Il Suo messaggio").fill("je suis à Marseille")
    page.get_by_role("button", name="Invia").click()
    expect(page.locator("li.bot")).to_have_count(2)
    page.get_by_role("button", name="Non utile").click()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Cancellare la conversazione").click()
    assert accessibility_faults(page) == []
