"""The widget for those who listen, magnify, choose their own colours, or write on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import accessibility_faults

from .conftest import Served
from .fake_rasa import FakeRasa, said
from .walk import answers
from .widget import Widget

# What a screen reader would be told of the log: what is added, outside of parts that are silent, and where.
LISTEN = """() => {
  window.added = [];
  const log = document.querySelector("cite-chat").shadowRoot.querySelector("[role=log]");
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
  const silent = (node) => element(node)?.closest("[aria-live]")?.ariaLive === "off";
  new MutationObserver((changes) => {
    for (const { target, addedNodes, nextSibling } of changes)
      for (const node of addedNodes)
        if (!silent(target) && !silent(node)) window.added.push([target === log && !nextSibling, node.textContent]);
  }).observe(log, { childList: true, subtree: true, characterData: true });
}"""

# The same from the moment the widget is made: the texts of the lines that are added to a log that is not silent.
LISTEN_FROM_THE_START = """(() => {
  window.added = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        if (target.role === "log" && target.ariaLive !== "off")
          window.added.push(...[...addedNodes].map((line) => line.textContent));
    }).observe(root, { childList: true, subtree: true });
    return root;
  };
})()"""


def test_lines_are_read_out_once_at_the_end_of_the_log(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.page.evaluate(LISTEN)
    rasa.answer = lambda message, metadata: [said("Un."), said("Deux.")]
    widget.say("bonjour")
    widget.hear("Deux.")
    widget.page.locator("cite-chat .feedback button").nth(1).click()
    expect(widget.page.locator("cite-chat .feedback [aria-pressed=true]")).to_have_count(1)
    added = widget.page.evaluate("window.added")
    assert [at_the_end for at_the_end, _ in added] == [True, True, True]
    for (_, text), told in zip(added, ["bonjour", "Un.", "Deux."]):
        assert told in text
    assert "Utile" not in str(added)


def test_what_the_door_keeps_as_it_was_said_is_not_read_out_again(widget: Widget) -> None:
    widget.open()
    widget.page.evaluate(LISTEN)
    said_so = "que dit https://www.example.org/ : rien ?"
    widget.say(said_so)
    widget.hear("Réponse à : que dit")
    added = [text for _, text in widget.page.evaluate("window.added") if "que dit" in text]
    assert len(added) == 2  # once by the person, once in the answer
    widget.say("06 12 34 56 78")
    expect(widget.lines("person").last.locator(".masked")).to_be_visible()
    expect(widget.lines("person").last.locator(".text")).to_have_text("[téléphone]")


def test_with_the_panel_closed_the_button_tells_what_came(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    told = widget.page.locator("cite-chat .root > [role=status]")
    rasa.delay = 0.5
    rasa.answer = lambda message, metadata: [said("Un."), said("Deux.")]
    widget.say("bonjour")
    widget.text.press("Escape")
    expect(told).to_have_text("Nouveaux messages : 2")
    expect(widget.launcher).to_have_text("Nouveaux messages : 2")
    assert accessibility_faults(widget.page) == []
    widget.launcher.click()
    expect(told).to_have_text("")
    expect(widget.launcher).to_have_text("Fermer")
    widget.text.press("Escape")
    expect(widget.launcher).to_have_text("Une question ?")


def test_with_the_panel_closed_the_coming_end_is_told_and_seen(page: Page, door: Served) -> None:
    page.clock.install()
    widget = Widget(page, door.url).open()
    told = page.locator("cite-chat .root > [role=status]")
    end = "new Date(Date.now() + 11 * 60_000).toISOString()"
    page.evaluate(f"document.querySelector('cite-chat').chat.ending.watch({end})")
    widget.text.press("Escape")
    page.clock.run_for("01:05")
    expect(told).to_contain_text("Cette conversation prend fin dans 10 min.")
    box = told.bounding_box()
    assert box is not None and box["height"] > 20
    assert accessibility_faults(page) == []
    widget.launcher.click()
    expect(told).to_have_text("")
    expect(page.locator("cite-chat .news")).to_contain_text("Cette conversation prend fin dans 10 min.")


def test_each_line_tells_its_author_its_time_and_its_language(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.answer = lambda message, metadata: [said("Hello!", "en")]
    widget.say("bonjour")
    widget.hear("Hello!")
    line = widget.lines("bot").last
    expect(line.locator(".who")).to_contain_text("Assistant")
    expect(line.locator("time")).to_have_attribute("datetime", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"))
    expect(line.locator(".text")).to_have_attribute("lang", "en")
    expect(line).to_have_attribute("lang", "fr")


TONGUES = """(line) => {
  const parts = ".text, .hidden, .card-name, .card > p, .far, .card-links a, .card-links li, .choice, [aria-label]";
  return [...line.querySelectorAll(parts)].map((part) =>
    [part.closest("[lang]").lang, part.ariaLabel ?? part.textContent]);
}"""


def test_each_part_of_a_message_is_in_its_own_language(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    cite = {"kind": "cite", "name": "Cité of Marseille", "city": "Marseille", "distance_km": 1.2}
    cite["phone"] = "+33 4 96 11"
    event = {"kind": "event", "title": "Atelier CV", "language": "fr", "when": "tomorrow", "url": "https://www.example.org/"}
    cards = {"cards": [cite, event, {"kind": "callback"}]}
    buttons = [{"title": "Change jobs", "payload": "/change_job"}]
    rasa.answer = lambda message, metadata: [said("See https://www.example.org/", "en", buttons=buttons, custom=cards)]
    widget.say("bonjour")
    widget.hear("See https")
    line = widget.lines("bot").last
    expect(line.locator(".feedback")).to_have_count(1)
    told = {text.strip(): language for language, text in line.evaluate(TONGUES)}
    assert told == {
        "See https://www.example.org/ (nouvel onglet)": "en",
        "(nouvel onglet)": "fr",
        "Cité of Marseille": "en",
        "Marseille · à 1,2 km": "en",
        "à 1,2 km": "fr",
        "Téléphone\u00a0: +33 4 96 11": "fr",
        "+33 4 96 11": "fr",
        "Atelier CV": "fr",
        "tomorrow": "en",
        "En savoir plus (nouvel onglet)": "fr",
        "Réponses proposées": "fr",
        "Change jobs": "en",
        "Cette réponse vous aide ?": "fr",
        "Pourquoi ? (facultatif)": "fr",
    }


def test_lists_without_marks_tell_that_they_are_lists(widget: Widget, rasa: FakeRasa) -> None:
    """Safari goes by the marks where no role is told."""
    rasa.answer = lambda message, metadata: answers(message, "fr")
    widget.open()
    widget.say("1")
    widget.hear("1 rue")
    lists = widget.page.locator("cite-chat ul").all()
    assert len(lists) == 4
    for one in lists:
        expect(one).to_have_attribute("role", "list")
        assert one.evaluate("(list) => getComputedStyle(list).listStyleType") == "none"


def test_what_was_there_before_is_not_read_out(widget: Widget) -> None:
    widget.open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.page.add_init_script(LISTEN_FROM_THE_START)
    widget.page.reload()
    expect(widget.lines("bot")).to_have_count(2)
    expect(widget.log).to_have_attribute("aria-live", "polite")
    widget.say("encore")
    widget.hear("Réponse à : encore")
    added = widget.page.evaluate("window.added")
    assert len(added) == 2
    assert "encore" in added[0] and "Réponse à\u00a0: encore" in added[1]


def test_one_who_writes_at_once_sees_the_first_answer_not_only_the_greeting(widget: Widget, rasa: FakeRasa) -> None:
    rasa.delay = 0.4
    long = "Une phrase assez longue pour remplir plusieurs lignes de la fenêtre. " * 12
    rasa.answer = lambda message, metadata: [said(f"{'Bonjour' if message == '/greet' else 'La réponse'} : {long}")]
    widget.launcher.click()
    widget.say("dites-moi tout de suite")
    widget.hear("La réponse :")
    answer = widget.lines("bot").last
    expect(answer.locator(".who")).to_be_in_viewport()
    from_top = "(line) => line.offsetTop - line.parentElement.offsetTop - line.parentElement.scrollTop"
    assert 0 <= answer.evaluate(from_top) < 40


@pytest.mark.parametrize("colors", ["active", "none"])
def test_own_colours_and_less_movement(browser: Browser, door: Served, colors: Any) -> None:
    context = browser.new_context(forced_colors=colors, reduced_motion="reduce", locale="fr-FR")
    page = context.new_page()
    Widget(page, door.url).open()
    assert page.locator("cite-chat section").evaluate("(panel) => getComputedStyle(panel).animationName") == "none"
    border = page.locator("cite-chat .line.bot .text").evaluate("(text) => getComputedStyle(text).borderTopColor")
    assert (border == "rgba(0, 0, 0, 0)") == (colors == "none")
    assert accessibility_faults(page) == []
    context.close()


def test_at_four_hundred_percent_everything_can_be_reached(browser: Browser, door: Served) -> None:
    magnified = {"width": 320, "height": 256}  # 1280 × 1024, four times
    context = browser.new_context(viewport=magnified, locale="fr-FR")
    page = context.new_page()
    widget = Widget(page, door.url).open()
    widget.say("je suis à Marseille")
    widget.hear("La Cité la plus proche")
    assert widget.panel.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
    widget.press("Options")
    for name in "Enregistrer ma conversation", "Effacer ma conversation", "Envoyer":
        button = page.get_by_role("button", name=name)
        button.focus()
        expect(button).to_be_in_viewport(ratio=0.9)
    widget.text.focus()
    expect(widget.text).to_be_in_viewport(ratio=0.9)
    context.close()


SPACED = """() => { // the spaces of WCAG 1.4.12, as a reader's own tool puts them in
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  const root = document.querySelector("cite-chat").shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; }"""
CUT_OFF = """() => [...document.querySelector("cite-chat").shadowRoot.querySelectorAll("section *:not(.hidden)")]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_reader_s_own_spaces_cut_nothing_off_and_leave_room_for_the_conversation(
    widget: Widget, rasa: FakeRasa, width: int
) -> None:
    widget.page.set_viewport_size({"width": width, "height": 640})
    rasa.answer = lambda message, metadata: answers(message, "fr")
    widget.open()
    widget.say("1")
    widget.hear("1 rue")
    widget.page.evaluate(SPACED)
    assert widget.page.evaluate(CUT_OFF) == []
    box = widget.log.bounding_box()
    assert box is not None and box["height"] > 120  # more than its least
    widget.press("Options")
    assert widget.page.evaluate(CUT_OFF) == []


def test_nothing_lies_under_a_phone_s_notch_or_bar(browser: Browser, door: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, is_mobile=True, locale="fr-FR")
    page = context.new_page()
    insets = {"top": 50, "bottom": 34, "left": 20, "right": 22}
    context.new_cdp_session(page).send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    widget = Widget(page, door.url)
    button = widget.launcher.bounding_box()
    assert button is not None
    assert (button["x"] + button["width"], button["y"] + button["height"]) == (390 - 22, 800 - 34)
    widget.open()
    for part in "h2", ".head button", "textarea", "form button", "#hint":
        for element in page.locator(f"cite-chat {part}:visible").all():
            box = element.bounding_box()
            assert box is not None
            assert box["x"] >= 20 and box["x"] + box["width"] <= 390 - 22, part
            assert box["y"] >= 50 and box["y"] + box["height"] <= 800 - 34, part
    context.close()


def test_a_line_that_says_something_new_does_not_hide_the_last_message(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.say("je préfère parler à quelqu'un")
    widget.hear("Acceptez-vous")
    widget.press("Oui")
    status = widget.page.locator("cite-chat .status").last
    expect(status).to_have_text(re.compile("Votre place dans la file : 1"))
    expect(widget.lines("house").last).to_be_in_viewport()  # its beginning, where it is longer than the window
    widget.say("06 12 34 56 78")
    expect(widget.lines("person").last.locator(".masked")).to_be_in_viewport(ratio=0.9)


def test_the_keyboard_of_a_phone_leaves_the_message_in_sight(browser: Browser, door: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, is_mobile=True, locale="fr-FR")
    page = context.new_page()
    widget = Widget(page, door.url).open()
    expect(widget.panel).to_have_attribute("aria-modal", "true")
    page.evaluate(
        """() => { // what a browser tells when its keyboard comes up and it moves the page
        Object.defineProperty(visualViewport, "height", { value: 420 });
        Object.defineProperty(visualViewport, "offsetTop", { value: 30 });
        visualViewport.dispatchEvent(new Event("resize")); }"""
    )
    box = widget.panel.bounding_box()
    assert box is not None
    assert (box["y"], box["height"]) == (30, 420)
    text = widget.text.bounding_box()
    assert text is not None and text["y"] + text["height"] <= 450
    page.set_viewport_size({"width": 800, "height": 390})  # the phone is turned
    expect(widget.panel).not_to_have_attribute("aria-modal", "true")
    context.close()


def test_a_laptop_that_slept_connects_again_at_once(page: Page, door: Served) -> None:
    page.clock.install()
    widget = Widget(page, door.url).open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    streams = [url for url in widget.requests if url.endswith("/stream")]
    assert len(streams) == 1
    with page.expect_request("**/stream"):
        page.clock.fast_forward("02:00:00")
    widget.say("me revoilà")
    widget.hear("Réponse à : me revoilà")
    expect(widget.lines("person")).to_have_count(2)
    assert widget.faults == []
