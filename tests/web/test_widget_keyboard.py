"""The whole of a conversation with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from bot.web.conversations.models import Conversation, Feedback

from .fake_rasa import FakeRasa
from .widget import Widget

FOCUSED = """() => {
  const one = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  const seen = one === document.body || getComputedStyle(one).outlineStyle !== "none";
  return [one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent, seen];
}"""


def tab_to(widget: Widget, name: str, key: str = "Tab") -> None:
    """Press Tab until what has the focus, seen by an outline, has a name that begins so."""
    for _ in range(60):
        widget.page.keyboard.press(key)
        told, seen = widget.page.evaluate(FOCUSED)
        assert seen, f"the focus is not seen on {told!r}"
        if told.strip().startswith(name):
            return
    raise AssertionError(f"no Tab leads to {name!r}")


def test_the_panel_leaves_the_page_s_own_focus_in_sight(widget: Widget) -> None:
    page, keys = widget.page, widget.page.keyboard
    link = page.get_by_role("link", name="Accès de l'équipe")
    widget.open()
    link.focus()
    page.evaluate("document.addEventListener('keydown', (event) => event.preventDefault(), { once: true })")
    keys.press("Escape")  # the page needed it itself
    expect(widget.panel).to_be_visible()
    keys.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(link).to_be_focused()
    keys.press("Escape")
    expect(link).to_be_focused()


def test_a_conversation_from_beginning_to_end(widget: Widget, rasa: FakeRasa) -> None:
    page, keys = widget.page, widget.page.keyboard
    expect(widget.launcher).to_be_visible()
    tab_to(widget, "Une question ?")
    keys.press("Space")
    expect(widget.lines("bot")).to_have_count(1)
    keys.type("je suis à Marseille")
    keys.press("Enter")
    widget.hear("La Cité la plus proche")
    expect(page.locator("cite-chat .feedback")).to_have_count(1)
    tab_to(widget, "Pas utile", "Shift+Tab")
    keys.press("Enter")
    tab_to(widget, "Il manque quelque chose")
    keys.press("Enter")
    expect(page.locator("cite-chat .news")).to_have_text("Merci, votre avis est noté.")
    assert list(Feedback.objects.values_list("reason", flat=True)) == ["incomplete"]
    tab_to(widget, "Ajouter à mon calendrier", "Shift+Tab")
    tab_to(widget, "S'inscrire", "Shift+Tab")
    tab_to(widget, "Itinéraire", "Shift+Tab")
    tab_to(widget, "+33 4 96 11 62 70", "Shift+Tab")
    tab_to(widget, "Changer de métier", "Shift+Tab")
    keys.press("Enter")
    widget.hear("Réponse à : /change_job")
    tab_to(widget, "Vos données", "Shift+Tab")
    tab_to(widget, "Options", "Shift+Tab")
    keys.press("Enter")
    tab_to(widget, "Langue")
    keys.press("e")  # English: a list of choices is gone through by first letters
    expect(page.get_by_label("Your message")).to_be_visible()
    tab_to(widget, "Save my conversation")
    with page.expect_download():
        keys.press("Enter")
    tab_to(widget, "Find it again later")
    keys.press("Space")
    expect(page.get_by_label("Find it again later")).to_be_checked()
    tab_to(widget, "Erase my conversation", "Shift+Tab")
    keys.press("Enter")
    tab_to(widget, "Yes, erase everything")
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Start|Begin"))).to_be_focused()
    assert not Conversation.objects.exists()
    keys.press("Enter")
    expect(widget.lines("bot")).to_have_count(1)
    expect(widget.text).to_be_focused()
    keys.press("Escape")
    expect(widget.launcher).to_be_focused()
