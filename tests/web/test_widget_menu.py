"""What the person can do with answers and with the conversation: rate, save, keep, in several tabs; and its end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from bot.web.conversations.models import Conversation, Feedback

from .conftest import Served, until
from .fake_rasa import FakeRasa, said
from .widget import Widget

NOTHING = {"session": {}, "local": {}, "cookies": ""}


def given() -> list[tuple[bool, str]]:
    return list(Feedback.objects.values_list("useful", "reason"))


def test_an_answer_is_rated_by_keyboard_with_a_reason_and_the_greeting_is_not(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.answer = lambda message, metadata: [said("Un."), said("Deux.")]
    widget.say("bonjour")
    widget.hear("Deux.")
    asked = widget.page.get_by_role("group", name="Cette réponse vous aide ?")
    expect(asked).to_have_count(1)  # at the end of the answer
    expect(asked).to_have_attribute("aria-live", "off")
    no = asked.get_by_role("button", name="Pas utile")
    expect(no).to_have_attribute("aria-expanded", "false")
    no.focus()
    widget.page.keyboard.press("Enter")
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(no).to_be_focused()
    expect(widget.page.locator("cite-chat .news")).to_have_text(re.compile("Vous pouvez dire pourquoi"))
    widget.page.keyboard.press("Tab")
    widget.page.keyboard.press("Tab")
    widget.page.keyboard.press("Space")
    wrong = asked.get_by_role("group", name="Pourquoi").get_by_role("button", name="Une information est fausse")
    expect(wrong).to_have_attribute("aria-pressed", "true")
    assert given() == [(False, "wrong_fact")]
    widget.page.reload()
    expect(wrong).to_have_attribute("aria-pressed", "true")
    asked.get_by_role("button", name="Utile", exact=True).click()
    expect(wrong).to_be_hidden()
    assert given() == [(True, "")]


def test_the_conversation_is_saved_as_a_file(widget: Widget, tmp_path: Path) -> None:
    widget.open()
    widget.say("je suis à Marseille")
    widget.hear("La Cité la plus proche")
    widget.press("Options")
    with widget.page.expect_download() as waited:
        widget.press("Enregistrer ma conversation")
    assert re.fullmatch(r"conversation-\d{4}-\d\d-\d\d\.txt", waited.value.suggested_filename)
    waited.value.save_as(tmp_path / "saved.txt")
    saved = (tmp_path / "saved.txt").read_text("utf-8")
    assert "je suis à Marseille" in saved
    assert "+33 4 96 11 62 70" in saved
    expect(widget.page.locator("cite-chat .news")).to_have_text(re.compile("enregistrée dans le fichier conversation-"))
    assert not any("token" in url.lower() for url in widget.requests)


def test_escape_goes_back_one_step_at_a_time(widget: Widget) -> None:
    widget.open()
    keys = widget.page.keyboard
    menu = widget.page.get_by_role("button", name="Options")
    menu.focus()
    keys.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    erase = widget.page.get_by_role("button", name="Effacer ma conversation")
    erase.focus()
    keys.press("Enter")
    expect(widget.page.get_by_role("button", name="Non, garder")).to_be_focused()
    keys.press("Escape")
    expect(erase).to_be_focused()
    keys.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    keys.press("Escape")
    expect(widget.launcher).to_be_focused()


def test_escape_is_heard_after_a_click_beside_the_buttons(widget: Widget) -> None:
    widget.open()
    widget.page.locator("cite-chat h2").click()
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()


def test_several_tabs_share_what_is_kept_and_end_together(widget: Widget, page: Page, door: Served) -> None:
    widget.open()
    alone = Widget(page.context.new_page(), door.url)
    expect(alone.launcher).to_be_visible()
    expect(alone.panel).to_be_hidden()  # by default a conversation stays in its tab
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.press("Options")
    widget.page.get_by_label("La retrouver plus tard").check()
    other = Widget(page.context.new_page(), door.url).open()
    other.hear("Réponse à : bonjour")
    other.say("ici aussi")
    other.hear("Réponse à : ici aussi")
    widget.hear("Réponse à : ici aussi")
    expect(widget.lines("person")).to_have_count(2)
    assert Conversation.objects.count() == 1
    other.press("Options")
    expect(other.page.get_by_label("La retrouver plus tard")).to_be_checked()
    other.press("Effacer ma conversation")
    other.press("Oui, tout effacer")
    expect(widget.page.locator("cite-chat .status").last).to_have_text("Cette conversation a pris fin.")
    assert widget.stored() == NOTHING
    assert (alone.faults, other.faults) == ([], [])


def test_no_longer_kept_is_forgotten_by_the_device_only(widget: Widget) -> None:
    widget.open()
    widget.press("Options")
    keep = widget.page.get_by_label("La retrouver plus tard")
    keep.check()
    assert "token" in str(widget.stored()["local"])
    keep.uncheck()
    assert widget.stored()["local"] == {}
    assert "token" in str(widget.stored()["session"])


def test_the_end_of_a_conversation_is_warned_of(widget: Widget, settings: Any) -> None:
    settings.TOKEN_LIFE = 3
    widget.launcher.click()
    expect(widget.page.locator("cite-chat .news")).to_have_text(re.compile("prend fin dans 1 min"))
    expect(widget.page.locator("cite-chat .status").last).to_have_text("Cette conversation a pris fin.")
    until(lambda: widget.stored() == NOTHING)
    widget.faults.clear()


def test_opening_twice_at_once_begins_one_conversation(widget: Widget) -> None:
    expect(widget.launcher).to_be_visible()
    widget.page.locator("cite-chat").evaluate("(chat) => { chat.open(); chat.close(); chat.open(); }")
    expect(widget.lines("bot")).to_have_count(1)
    assert Conversation.objects.count() == 1
