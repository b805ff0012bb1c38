"""The widget while a human is asked for, awaited, and there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.web.conversations import callbacks, presence, promise, signs, states
from bot.web.conversations.contacts import Contact
from bot.web.conversations.models import Conversation, Handoff
from tests.browser import accessibility_faults

from .conftest import until
from .handoffs import advisor
from .helpers import conversation
from .widget import Widget


@pytest.fixture(autouse=True)
def _whatever_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is expected at the desk: a callback is offered then only."""
    monkeypatch.setattr(promise, "load_cites", dict)


def wait_for_a_human(widget: Widget) -> Handoff:
    """The person has asked for somebody and waits."""
    widget.open()
    handoff = states.open_handoff(Conversation.objects.get().pk, True, {"request": "une question"}, "person")
    widget.hear("Votre demande est transmise")
    return handoff


def form(widget: Widget) -> Locator:
    return widget.page.locator("cite-chat form.callback")


def fill(widget: Widget, name: str, contact: str) -> None:
    widget.page.get_by_label("Prénom ou nom").fill(name)
    widget.page.get_by_label("Téléphone ou adresse e-mail").fill(contact)
    widget.press("Valider ma demande de rappel")


def test_a_callback_is_asked_for_apart_from_the_conversation(widget: Widget, page: Page) -> None:
    handoff = wait_for_a_human(widget)
    widget.press("Demander un rappel")
    expect(page.get_by_label("Prénom ou nom")).to_be_focused()
    fields = form(widget).locator("input").all()
    wanted = [(field.get_attribute("autocomplete"), field.get_attribute("required")) for field in fields]
    assert wanted == [("name", ""), (None, ""), ("off", None)]  # a contact is a phone number or an e-mail address
    expect(widget.text).to_be_hidden()
    expect(form(widget)).to_contain_text("au plus tard dans 14 jours")
    assert accessibility_faults(page) == []
    fill(widget, "Camille", "06 12")
    expect(form(widget).get_by_role("alert")).to_contain_text("Écrivez un numéro de téléphone")
    expect(page.get_by_label("Téléphone ou adresse e-mail")).to_be_focused()
    expect(page.get_by_label("Téléphone ou adresse e-mail")).to_have_attribute("aria-invalid", "true")
    fill(widget, "Camille", "06 12 34 56 78")
    widget.hear("Votre demande de rappel est transmise")
    expect(form(widget)).to_be_hidden()
    expect(widget.text).to_be_focused()
    expect(widget.page.locator("cite-chat button.callback-open")).to_be_disabled()
    assert "Camille" not in widget.panel.inner_text()
    assert "12 34" not in str(widget.stored())
    assert callbacks.open_callback(handoff.pk, advisor("Sofia")) == Contact("Camille", "+33 6 12 34 56 78", "")
    assert ["400" in fault for fault in widget.faults] == [True]  # the browser's own word on what was refused
    widget.faults.clear()
    widget.say("et une formation ?")
    widget.hear("Réponse à : et une formation ?")


def test_the_form_is_left_by_its_button_or_escape_and_forgets_what_was_typed(widget: Widget, page: Page) -> None:
    wait_for_a_human(widget)
    for leave in (lambda: widget.press("Annuler"), lambda: page.keyboard.press("Escape")):
        widget.press("Demander un rappel")
        page.get_by_label("Prénom ou nom").fill("Camille")
        leave()
        expect(form(widget)).to_be_hidden()
        expect(widget.text).to_be_focused()
        expect(widget.panel).to_be_visible()
        assert page.locator("cite-chat #callback-name").input_value() == ""


BELOW = """(form) => [...form.querySelectorAll(":scope > :not(:empty), input")]
  .filter((part) => part.getClientRects().length).map((part) => part.getBoundingClientRect())
  .filter(({ top }, place, all) => place && top < all[place - 1].bottom)"""


def test_in_a_narrow_window_the_form_tells_its_faults_where_they_are(widget: Widget, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    handoff = wait_for_a_human(widget)
    widget.press("Demander un rappel")
    assert form(widget).evaluate(BELOW) == []  # nothing lies over what stands above it
    fill(widget, "Camille", "06 12")
    problem = form(widget).get_by_role("alert")
    expect(problem).to_be_in_viewport(ratio=1)
    assert problem.evaluate("(problem) => problem.nextElementSibling.id") == "callback-contact"
    assert form(widget).evaluate(BELOW) == []
    states.claim(handoff.pk, advisor("Sofia"))
    expect(form(widget).get_by_role("status").first).to_be_in_viewport(ratio=1)
    expect(form(widget).locator(".problem")).to_be_empty()  # there is nothing to mend any more
    widget.faults.clear()  # the browser's own word on what was refused


def test_around_the_form_all_can_be_used(widget: Widget, page: Page) -> None:
    wait_for_a_human(widget)
    widget.press("Demander un rappel")
    name = page.get_by_label("Prénom ou nom")
    name.fill("Camille")
    widget.press("Options")
    expect(page.get_by_role("button", name="Enregistrer ma conversation")).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")  # one step back at a time
    expect(page.get_by_role("button", name="Enregistrer ma conversation")).to_be_hidden()
    expect(name).to_have_value("Camille")
    widget.launcher.click()
    widget.launcher.click()
    expect(name).to_be_focused()
    expect(name).to_have_value("Camille")
    page.locator("cite-chat").evaluate("(chat) => chat.ask('je reste là')")
    expect(widget.lines("person").last).to_be_visible()
    widget.press("Demander un rappel")
    widget.press("Options")
    widget.press("Nouvelle conversation")
    expect(form(widget)).to_be_hidden()
    expect(widget.text).to_be_focused()


def test_the_form_stays_when_somebody_answers_and_says_so(widget: Widget, page: Page) -> None:
    handoff, sofia = wait_for_a_human(widget), advisor("Sofia")
    widget.press("Demander un rappel")
    contact = page.get_by_label("Téléphone ou adresse e-mail")
    contact.fill("06 12")
    states.claim(handoff.pk, sofia)
    told = form(widget).get_by_role("status")
    expect(told.first).to_contain_text("Sofia vous répond maintenant dans la conversation")
    expect(told.last).to_have_text("Nouveaux messages : 1")
    expect(page.locator("cite-chat .status").last).to_have_text("")  # it is not said twice
    expect(contact).to_be_focused()
    expect(contact).to_have_value("06 12")
    expect(form(widget).get_by_role("button")).to_have_text(["Revenir à la conversation"])
    assert accessibility_faults(page) == []
    contact.press("Enter")
    expect(form(widget).locator(".problem")).to_be_empty()
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    expect(told.last).to_have_text("Nouveaux messages : 2")
    assert not [address for address in widget.requests if address.endswith(("/callback", "/read"))]
    states.transfer(handoff.pk, sofia, None)
    expect(form(widget).get_by_role("button")).to_have_text(["Valider ma demande de rappel", "Annuler"])
    expect(told.first).to_have_text("")
    expect(contact).to_have_value("06 12")
    form(widget).get_by_role("button").first.focus()
    states.claim(handoff.pk, sofia)
    expect(form(widget).get_by_role("button", name="Revenir à la conversation")).to_be_focused()
    widget.press("Revenir à la conversation")
    expect(form(widget)).to_be_hidden()
    expect(widget.text).to_be_focused()
    expect(page.locator("cite-chat .status").last).to_have_text("Vous échangez avec Sofia, de l'équipe.")
    until(lambda: conversation(handoff.conversation_id).person_read_seq > 0)
    expect(page.locator("cite-chat button.callback-open").first).to_be_disabled()


def test_the_form_stays_when_its_request_ends_elsewhere(widget: Widget, page: Page) -> None:
    handoff = wait_for_a_human(widget)
    widget.press("Demander un rappel")
    page.get_by_label("Prénom ou nom").fill("Camille")
    states.leave(handoff.conversation_id)
    told = form(widget).get_by_role("status").first
    expect(told).to_contain_text("Un rappel ne peut plus être demandé pour le moment.")
    expect(page.get_by_label("Prénom ou nom")).to_have_value("Camille")
    widget.page.locator("cite-chat").evaluate("(chat) => { chat.language = 'en'; }")
    expect(told).to_contain_text("A call back cannot be asked for any more")
    expect(form(widget).locator("#callback-consent")).to_have_attribute("lang", "fr")  # as the card has it
    page.keyboard.press("Escape")
    expect(form(widget)).to_be_hidden()


def test_typing_and_reading_are_seen_both_ways(widget: Widget, page: Page) -> None:
    sofia = advisor("Sofia")
    presence.here(sofia.pk)
    handoff = wait_for_a_human(widget)
    talk = handoff.conversation_id
    states.claim(handoff.pk, sofia)
    widget.hear("Sofia a rejoint la conversation")
    signs.advisor_types(handoff.pk, sofia, True)
    expect(page.locator("cite-chat .typing")).to_have_text("Sofia écrit…")
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    widget.hear("Bonjour")
    expect(page.locator("cite-chat .typing")).to_have_text("")
    until(lambda: conversation(talk).person_read_seq == conversation(talk).last_seq)
    widget.text.press_sequentially("oui")
    until(lambda: signs.holds(conversation(talk).person_typing))
    widget.say("oui, voilà")
    until(lambda: conversation(talk).messages.filter(text="oui, voilà").exists())
    assert not signs.holds(conversation(talk).person_typing)
    expect(page.locator("cite-chat .read")).to_have_count(0)
    signs.advisor_reads(handoff.pk, sofia, conversation(talk).last_seq)
    expect(widget.lines("person").last).to_contain_text("Lu")
    assert accessibility_faults(page) == []


def test_nothing_is_told_of_typing_to_the_assistant(widget: Widget) -> None:
    widget.open()
    widget.text.press_sequentially("bonjour")
    widget.say("bonjour à vous")
    widget.hear("Réponse à : bonjour à vous")
    assert not [address for address in widget.requests if address.endswith(("/typing", "/read"))]


def test_the_person_leaves_when_they_wish(widget: Widget) -> None:
    handoff = wait_for_a_human(widget)
    states.claim(handoff.pk, advisor("Sofia"))
    widget.hear("Sofia a rejoint la conversation")
    widget.page.locator("cite-chat").get_by_role("button", name="Revenir à l'assistant").last.click()
    widget.hear("Vous parlez de nouveau avec l'assistant.")
    assert Handoff.objects.get().state == "closed"
