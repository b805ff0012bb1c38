"""The widget on a bad connection: nothing lost, nothing doubled."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Route, expect

from bot.web.conversations.models import Conversation, Message

from .conftest import Served
from .fake_rasa import FakeRasa
from .widget import Widget


def test_an_answer_lost_on_the_way_doubles_nothing(widget: Widget) -> None:
    widget.open()
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.post_data or "")
            route.fetch()  # the door has it; the browser does not know
            route.abort("connectionreset")
        else:
            route.continue_()

    widget.page.route("**/messages", lose_the_first)
    widget.say("une seule fois")
    widget.hear("Réponse à : une seule fois")
    expect(widget.page.locator("cite-chat .sending")).to_have_count(0)
    expect(widget.lines("person")).to_have_count(1)
    assert Message.objects.filter(author="person").count() == 1
    assert len(lost) == 1
    widget.faults.clear()  # the browser logs a connection that broke


def test_without_connection_messages_wait_and_leave_once_in_order(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    widget.page.context.set_offline(True)
    widget.say("un")
    widget.say("deux")
    expect(widget.page.locator("cite-chat .sending")).to_have_count(2)
    expect(widget.page.locator("cite-chat .status").last).to_have_text(re.compile("Pas de connexion"))
    assert Message.objects.filter(author="person").count() == 0
    widget.page.context.set_offline(False)
    widget.hear("Réponse à : deux")
    assert rasa.messages == ["/greet", "un", "deux"]
    expect(widget.lines("person")).to_have_count(2)
    expect(widget.page.locator("cite-chat .status").last).to_have_text("")
    widget.faults.clear()


TELL = """() => {
  window.told = [];
  for (const status of document.querySelector("cite-chat").shadowRoot.querySelectorAll("section > [role=status]"))
    new MutationObserver(() => status.textContent && window.told.push(status.textContent))
      .observe(status, { childList: true, characterData: true, subtree: true });
}"""


def test_a_stream_that_ends_in_its_time_is_no_lost_connection(widget: Widget, settings: Any) -> None:
    settings.STREAM_LIFE = 0.5
    widget.open()
    widget.page.evaluate(TELL)
    for _ in range(3):
        with widget.page.expect_request("**/stream"):
            pass
    assert widget.page.evaluate("window.told") == []


def test_a_lost_connection_is_told_once_and_so_is_its_end(widget: Widget) -> None:
    widget.open()
    widget.page.evaluate(TELL)
    widget.page.context.set_offline(True)
    widget.say("un")
    widget.say("deux")
    expect(widget.page.locator("cite-chat .status").last).to_have_text(re.compile("Pas de connexion"))
    widget.page.context.set_offline(False)
    widget.hear("Réponse à : deux")
    expect(widget.page.locator("cite-chat .back")).to_have_text("La connexion est revenue.")
    told = [text for text in widget.page.evaluate("window.told") if "onnexion" in text]
    assert told == ["Pas de connexion. Vos messages partiront dès son retour.", "La connexion est revenue."]
    widget.faults.clear()


def test_a_server_that_restarts_is_found_again(widget: Widget, door: Served, rasa: FakeRasa) -> None:
    widget.open()
    door.stop()
    widget.say("pendant la panne")
    expect(widget.page.locator("cite-chat .status").last).to_have_text(re.compile("Pas de connexion"))
    again = Served(door.port)
    again.start()
    try:
        widget.hear("Réponse à : pendant la panne")
        expect(widget.lines("person")).to_have_count(1)
        expect(widget.lines("bot")).to_have_count(2)
    finally:
        widget.page.close()
        again.stop()
    widget.faults.clear()


def test_where_streams_are_held_back_the_widget_asks_instead(widget: Widget) -> None:
    held: list[Route] = []
    widget.page.route("**/stream", lambda route: held.append(route))  # neither answered nor refused: some proxies
    widget.launcher.click()
    widget.hear("Bonjour")
    widget.say("sans flux")
    widget.hear("Réponse à : sans flux")
    expect(widget.lines("person")).to_have_count(1)
    expect(widget.page.locator("cite-chat .status").last).to_have_text("")
    assert len(held) == 1
    assert any("/messages?after=" in url and "wait=25" in url for url in widget.requests)
    assert not [url for url in widget.requests if "token" in url]
    widget.faults.clear()


def test_where_streams_are_refused_on_the_way_too(widget: Widget) -> None:
    widget.page.route("**/stream", lambda route: route.fulfill(status=502, body="filtered"))
    widget.launcher.click()
    widget.say("sans flux non plus")
    widget.hear("Réponse à : sans flux non plus")
    expect(widget.lines("person")).to_have_count(1)
    expect(widget.page.locator("cite-chat .status").last).to_have_text("")
    widget.faults.clear()


def test_the_widget_s_own_calls_judge_an_answer_and_fetch_the_copy(widget: Widget) -> None:
    widget.open()
    seen = widget.page.evaluate(
        """async () => {
          const api = document.querySelector("cite-chat").chat.api;
          const kept = await api.feedback(2, false, "incomplete");
          const { name, content } = await api.save();
          return { kept, name, text: await content.text() };
        }"""
    )
    assert seen["kept"] == {"useful": False, "reason": "incomplete"}
    assert re.fullmatch(r"conversation-\d{4}-\d\d-\d\d\.txt", seen["name"])
    assert "Assistant\n    Bonjour" in seen["text"]


def test_reloading_keeps_the_conversation_and_takes_no_focus(widget: Widget) -> None:
    widget.open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.page.reload()
    expect(widget.panel).to_be_visible()
    expect(widget.lines("bot")).to_have_count(2)
    expect(widget.lines("person")).to_have_count(1)
    assert widget.page.evaluate("document.activeElement === document.body")
    widget.say("encore")
    widget.hear("Réponse à : encore")
    assert Conversation.objects.count() == 1


def test_another_page_of_the_site_goes_on_with_it_but_on_a_phone_stays_in_sight(widget: Widget, door: Served) -> None:
    widget.open()
    widget.say("bonjour")
    widget.hear("Réponse à : bonjour")
    widget.page.goto(f"{door.url}/demo/?lang=en")
    expect(widget.panel).to_be_visible()
    expect(widget.lines("person")).to_have_count(1)
    expect(widget.page.get_by_label("Votre message")).to_be_visible()  # the conversation's language, not the page's
    widget.page.set_viewport_size({"width": 390, "height": 800})
    widget.page.goto(f"{door.url}/demo/?lang=fr")
    expect(widget.launcher).to_be_visible()
    expect(widget.panel).to_be_hidden()
    widget.launcher.click()
    expect(widget.lines("person")).to_have_count(1)
    assert Conversation.objects.count() == 1


def test_what_was_not_sent_survives_a_reload(widget: Widget) -> None:
    widget.open()
    widget.page.route("**/messages", lambda route: route.abort())
    widget.say("pas encore parti")
    expect(widget.page.locator("cite-chat .sending")).to_have_count(1)
    widget.page.unroute("**/messages")
    widget.page.reload()
    widget.hear("Réponse à : pas encore parti")
    expect(widget.lines("person")).to_have_count(1)
    widget.faults.clear()


def test_when_rasa_is_down_the_person_is_told_and_answered_later(widget: Widget, rasa: FakeRasa) -> None:
    widget.open()
    rasa.stop()
    widget.say("vous êtes là ?")
    widget.hear("Votre message est bien gardé")
    rasa.start()
    widget.hear("Réponse à : vous êtes là ?")
    expect(widget.lines("house")).to_have_count(1)
