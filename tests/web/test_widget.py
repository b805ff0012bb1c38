"""The widget in Chromium, with the real door and a fake Rasa."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from bot.web.conversations import service
from bot.web.conversations.models import Conversation
from tests.browser import accessibility_faults

from .conftest import Served, until
from .fake_rasa import FakeRasa, said
from .widget import Widget

NOTHING = {"session": {}, "local": {}, "cookies": ""}


def test_before_it_is_opened_nothing_is_asked_nor_kept(widget: Widget, door: Served) -> None:
    expect(widget.launcher).to_have_text("Une question ?")
    widget.page.wait_for_load_state("networkidle")
    assert not any("/api/" in url for url in widget.requests)
    assert all(url.startswith(door.url) for url in widget.requests)
    assert widget.stored() == NOTHING
    assert not Conversation.objects.exists()


def test_opening_and_closing(widget: Widget) -> None:
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    widget.open()
    expect(widget.launcher).to_have_attribute("aria-expanded", "true")
    expect(widget.page.get_by_role("dialog", name="Assistant des Cités des métiers")).to_be_visible()
    expect(widget.text).to_be_focused()
    assert "token" in str(widget.stored()["session"])
    assert widget.stored()["local"] == {}
    widget.text.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    widget.launcher.click()
    expect(widget.lines("bot")).to_have_count(1)
    assert Conversation.objects.count() == 1


def test_a_conversation_by_typing_and_choosing(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.text.fill("une ligne")
    widget.text.press("Shift+Enter")
    widget.text.press_sequentially("une autre")
    widget.text.press("Enter")
    expect(widget.text).to_have_value("")
    widget.hear("Réponse à : une ligne")
    assert rasa.messages[-1] == "une ligne\nune autre"
    widget.press("Changer de métier")
    widget.hear("Réponse à : /change_job")
    expect(widget.lines("person")).to_have_text([re.compile("une ligne"), re.compile("Changer de métier")])
    expect(widget.page.locator("cite-chat .sending")).to_have_count(0)
    offered = widget.page.locator("cite-chat").get_by_role("list", name="Réponses proposées").get_by_role("listitem")
    expect(offered).to_have_count(2)


def test_what_is_shown_is_text_and_links_are_safe(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.answer = lambda message, metadata: [
        said(
            "<img src=x onerror=alert(1)> voir https://www.example.org/a?b=1. ou javascript:alert(1), "
            "écrire à cite@example.org, appeler le 04 96 11 62 70"
        )
    ]
    widget.say("bonjour")
    widget.hear("voir")
    line = widget.lines("bot").last
    expect(line.locator("img")).to_have_count(0)
    found = [link.get_attribute("href") for link in line.locator("a").all()]
    assert found == ["https://www.example.org/a?b=1", "mailto:cite@example.org", "tel:0496116270"]
    outward = line.locator("a").first
    expect(outward).to_have_attribute("rel", "noopener noreferrer")
    expect(outward).to_have_attribute("target", "_blank")


def test_a_french_sign_stays_with_its_word(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.answer = lambda message, metadata: [said("C'est « oui » : 10 h – 13 h ! Et vous ? https://a.example/")]
    widget.say("Vraiment ?")
    widget.hear("Et vous ?")
    answer = widget.lines("bot").last.locator(".text").evaluate("p => p.firstChild.data")
    assert answer == "C'est «\u00a0oui\u00a0»\u00a0: 10\u00a0h – 13\u00a0h\u00a0! Et vous\u00a0? "
    assert widget.lines("person").last.locator(".text").text_content() == "Vraiment\u00a0?"


def test_cards(widget: Widget) -> None:
    widget.open()
    widget.say("je suis à Marseille")
    widget.hear("La Cité la plus proche")
    cite, event, forum = widget.page.locator("cite-chat .card").all()
    expect(cite).to_contain_text("Marseille · à 1,2 km")
    expect(cite.get_by_role("link", name="+33 4 96 11 62 70")).to_have_attribute("href", "tel:+33496116270")
    expect(cite.get_by_role("link", name="Voir sur la carte (nouvel onglet)")).to_be_visible()
    directions = cite.get_by_role("link", name="Itinéraire (nouvel onglet)")
    found = "https://www.openstreetmap.org/directions?to=4%20rue%20des%20Consuls"
    expect(directions).to_have_attribute("href", found)
    expect(event).to_contain_text("Atelier <b>CV</b>")
    expect(event.get_by_role("link")).to_have_count(0)  # its address was javascript:
    expect(forum).to_contain_text("Complet")
    booking = forum.get_by_role("link", name="S'inscrire (nouvel onglet)")
    expect(booking).to_have_attribute("href", "https://www.example.org/forum")
    calendar = forum.get_by_role("link", name="Ajouter à mon calendrier (nouvel onglet)")
    found = r"http://127\.0\.0\.1:\d+/agenda/marseille/0123456789abcdef/20261125T130000Z\.ics"
    expect(calendar).to_have_attribute("href", re.compile(found))


def test_the_hours_of_a_week_are_a_table_with_heads(widget: Widget, rasa: FakeRasa) -> None:
    rows = [
        {"day": "lundi 23 novembre", "hours": ["9 h – 17 h", "<b>fermé</b>"], "today": True},
        {"day": "mardi 24 novembre", "hours": ["fermé", "pas d'entretiens"], "today": False},
    ]
    week = {"kind": "week", "caption": "Les horaires", "columns": ["Jour", "Accueil", "Entretiens"], "rows": rows}
    widget.open()
    rasa.answer = lambda message, metadata: [said("C'est ouvert.", custom={"cards": [week]})]
    widget.say("vous ouvrez quand ?")
    widget.hear("C'est ouvert.")
    table = widget.page.locator("cite-chat").get_by_role("table", name="Les horaires")
    expect(table.get_by_role("columnheader")).to_have_text(["Jour", "Accueil", "Entretiens"])
    expect(table.get_by_role("rowheader")).to_have_text(["lundi 23 novembre", "mardi 24 novembre"])
    expect(table.get_by_role("cell")).to_have_text(["9 h – 17 h", "<b>fermé</b>", "fermé", "pas d'entretiens"])
    expect(table.locator("[aria-current=date]")).to_have_count(1)


def test_the_person_sees_what_was_masked(widget: Widget) -> None:
    widget.open()
    widget.say("mon numéro est le 06 12 34 56 78")
    expect(widget.lines("person")).to_contain_text("mon numéro est le [téléphone]")
    expect(widget.lines("person").locator(".masked")).to_contain_text("nous avons masqué un numéro de téléphone")
    expect(widget.lines("person")).to_have_count(1)


def test_a_refusal_is_told_in_the_language_of_the_widget_not_of_the_browser(widget: Widget, settings: Any) -> None:
    settings.MESSAGE_LIMIT = 20
    widget.open()
    widget.press("Options")
    for language, told in (("en", "Your message is too long"), ("pt", "A sua mensagem é demasiado longa")):
        widget.page.locator("cite-chat select").select_option(language)
        expect(widget.page.locator("cite-chat .root")).to_have_attribute("lang", language)
        widget.say("x" * 30)
        expect(widget.lines("person").last).to_contain_text(told)
    widget.faults.clear()  # the browser's own word on what was refused


def test_a_refusal_is_told_at_the_message(widget: Widget, settings: Any) -> None:
    widget.open()
    widget.say("/")
    expect(widget.lines("person")).to_contain_text("Non envoyé : Votre message est vide.")
    widget.say("et ceci ?")
    widget.hear("Réponse à : et ceci ?")
    widget.faults.clear()


def test_the_length_is_counted_near_the_limit(widget: Widget) -> None:
    widget.open()
    count = widget.page.locator("cite-chat #count")
    widget.text.fill("x" * 100)
    expect(count).to_be_hidden()
    widget.text.fill("x" * 1900)
    expect(count).to_have_text("Caractères restants : 100")
    described = "Entrée pour envoyer, Maj + Entrée pour aller à la ligne. Caractères restants : 100"
    expect(widget.text).to_have_accessible_description(described)
    widget.text.fill("x" * 2003)
    expect(count).to_have_text("Caractères de trop : 3")
    expect(widget.text).to_have_attribute("aria-invalid", "true")


def test_a_message_that_is_too_long_is_refused_aloud(widget: Widget) -> None:
    widget.open()
    problem = widget.page.locator("cite-chat form [role=alert]").first
    widget.text.fill("x" * 2003)
    expect(problem).to_be_hidden()
    widget.press("Envoyer")
    expect(problem).to_have_text("Caractères de trop : 3")
    expect(widget.text).to_be_focused()
    described = "Entrée pour envoyer, Maj + Entrée pour aller à la ligne. Caractères de trop : 3"
    expect(widget.text).to_have_accessible_description(described)
    expect(widget.lines("person")).to_have_count(0)
    assert accessibility_faults(widget.page) == []
    widget.text.press("Backspace")
    expect(problem).to_be_hidden()
    expect(widget.page.locator("cite-chat #count")).to_have_text("Caractères de trop : 2")
    widget.text.press("Enter")
    expect(problem).to_have_text("Caractères de trop : 2")
    widget.text.fill("x" * 2000)
    widget.text.press("Enter")
    expect(widget.lines("person")).to_have_count(1)
    expect(problem).to_be_hidden()


def test_the_language_changes_without_losing_anything(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.press("Options")
    widget.page.get_by_label("Langue", exact=True).select_option("en")
    expect(widget.page.get_by_role("dialog", name="Assistant of the Cités des métiers")).to_be_visible()
    expect(widget.page.get_by_label("Your message")).to_be_visible()
    expect(widget.lines("bot")).to_have_count(2)
    expect(widget.page.locator("cite-chat .root")).to_have_attribute("lang", "en")
    until(lambda: Conversation.objects.get().language == "en")
    widget.say("hello")
    widget.hear("Réponse à : hello")
    assert rasa.calls[-1]["metadata"]["language"] == "en"
    expect(widget.page.locator("cite-chat .bot .text[lang=en]")).to_have_count(1)
    widget.page.reload()
    expect(widget.page.get_by_label("Your message")).to_be_visible()


def test_the_widget_follows_the_language_the_bot_has_found(widget: Widget) -> None:
    widget.open()
    widget.say("in English please")
    expect(widget.page.get_by_label("Your message")).to_be_visible()


def test_a_new_conversation_clears_the_log(widget: Widget) -> None:
    widget.open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.press("Options")
    widget.press("Nouvelle conversation")
    widget.hear("On recommence.")
    expect(widget.page.locator("cite-chat .line")).to_have_count(1)
    expect(widget.text).to_be_focused()
    widget.page.reload()
    expect(widget.page.locator("cite-chat .line")).to_have_count(1)


def test_erasing_asks_first_and_leaves_nothing(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.press("Options")
    widget.press("Effacer ma conversation")
    expect(widget.page.get_by_role("group", name=re.compile("Tout ce qui a été dit ici sera effacé"))).to_be_visible()
    widget.press("Non, garder")
    expect(widget.lines("bot")).to_have_count(1)
    widget.press("Effacer ma conversation")
    widget.press("Oui, tout effacer")
    expect(widget.page.locator("cite-chat .status").last).to_have_text("Votre conversation est effacée.")
    expect(widget.page.locator("cite-chat .line")).to_have_count(0)
    expect(widget.page.get_by_role("button", name="Commencer une nouvelle conversation")).to_be_focused()
    assert widget.stored() == NOTHING
    assert not Conversation.objects.exists()
    until(lambda: len(rasa.forgotten) == 1)
    widget.press("Commencer une nouvelle conversation")
    expect(widget.lines("bot")).to_have_count(1)
    expect(widget.text).to_be_focused()


def test_a_conversation_that_is_no_more_says_so(widget: Widget) -> None:
    widget.open()
    service.erase(Conversation.objects.get().pk)
    expect(widget.page.locator("cite-chat .status").last).to_have_text("Cette conversation a pris fin.")
    widget.press("Commencer une nouvelle conversation")
    expect(widget.lines("bot")).to_have_count(1)


def test_when_it_ends_who_was_typing_is_led_on_and_nobody_else(widget: Widget) -> None:
    page = widget.page
    anew = page.get_by_role("button", name="Commencer une nouvelle conversation")
    widget.open()
    widget.text.press_sequentially("je vou")
    service.erase(Conversation.objects.get().pk)
    expect(anew).to_be_focused()
    anew.click()
    expect(widget.lines("bot")).to_have_count(1)
    page.get_by_role("link", name="Accès de l'équipe").focus()
    service.erase(Conversation.objects.get().pk)
    expect(anew).to_be_visible()
    expect(page.get_by_role("link", name="Accès de l'équipe")).to_be_focused()


def test_typing_is_said_once_in_a_status(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.delay = 0.6
    typing = widget.page.locator("cite-chat .typing[role=status]")
    typing.evaluate(
        """(typing) => { window.told = [];
        const watch = new MutationObserver(() => window.told.push(typing.textContent));
        watch.observe(typing, { childList: true, characterData: true, subtree: true }); }"""
    )
    widget.say("bonjour")
    expect(typing).to_have_text("L'assistant prépare sa réponse…")
    widget.hear("Réponse à : bonjour")
    expect(typing).to_have_text("")
    assert widget.page.evaluate("window.told") == ["L'assistant prépare sa réponse…", ""]


def test_the_keyboard_alone_is_enough(widget: Widget) -> None:
    keys = widget.page.keyboard
    widget.launcher.focus()
    keys.press("Enter")
    expect(widget.text).to_be_focused()
    expect(widget.lines("bot")).to_have_count(1)
    keys.press("Shift+Tab")
    focused = "document.querySelector('cite-chat').shadowRoot.activeElement.textContent"
    assert widget.page.evaluate(focused) == "Parler à quelqu'un"
    keys.press("Enter")
    widget.hear("Acceptez-vous")
    assert widget.page.evaluate(focused) == "Parler à quelqu'un"  # what comes never takes the focus
    keys.press("Escape")
    expect(widget.launcher).to_be_focused()


def test_an_answer_of_several_lines_is_read_from_its_first(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    long = "Une phrase assez longue pour remplir plusieurs lignes de la fenêtre. " * 8
    rasa.answer = lambda message, metadata: [said(f"{number} : {long}") for number in ("Un", "Deux", "Trois")]
    widget.say("dites-moi tout")
    widget.hear("Trois :")
    expect(widget.lines("bot").filter(has_text="Un :")).to_be_in_viewport()
    expect(widget.lines("bot").filter(has_text="Trois :")).not_to_be_in_viewport()
