"""The desk as an advisor meets it in a browser: keys, focus, live parts, alerts, sizes, accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.web.conversations import states
from bot.web.conversations.models import Author, Handoff
from bot.web.desk.models import Advisor
from bot.web.desk_notes.models import Note, Tag
from tests.browser import accessibility_faults, watch

from .conftest import Served, until
from .desk_person import request
from .helpers import PASSWORD, account, say, texts


def sign_in(page: Page, door: Served, name: str) -> None:
    page.goto(f"{door.url}/desk/")
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page.locator("h1#title")).to_be_visible()


@pytest.fixture
def desk(page: Page, door: Served) -> Iterator[Page]:
    """Sofia, of the demonstration Cité, at the queue."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    account("Sofia", "demo")
    sign_in(page, door, "sofia")
    faults = watch(page)
    yield page
    assert faults == []


def sound(page: Page) -> None:
    """What is asked of every state of the desk."""
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_request_from_the_queue_to_its_end(desk: Page, door: Served) -> None:
    handoff = request()
    link = desk.get_by_role("link", name="Demande n°")
    expect(link).to_contain_text("Changer de métier")
    expect(desk.locator("#lists")).to_contain_text("je voudrais parler à quelqu'un")
    expect(desk).to_have_title("(1) File d'attente · Bureau de l'équipe")
    expect(desk.locator("#spoken")).to_have_text("Une personne de plus attend.")
    sound(desk)
    desk.keyboard.press("j")
    expect(link).to_be_focused()
    say(handoff.conversation_id, "je reste là")
    desk.wait_for_timeout(3300)  # one look of the queue
    expect(link).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("log")).to_contain_text("je reste là")
    expect(desk.locator("mark.masked").first).to_contain_text("téléphone")
    expect(desk.get_by_role("log")).to_contain_text("compris : « Changer de métier », sûr (91 %)")
    sound(desk)
    desk.keyboard.press("c")
    expect(desk.locator("#text")).to_be_focused()
    expect(desk.get_by_role("heading", name="Réponses prêtes")).to_be_visible()
    sound(desk)
    desk.keyboard.press("Escape")
    desk.keyboard.press("1")
    expect(desk.locator("#text")).not_to_have_value("")
    assert desk.locator("#text").input_value() == desk.locator("#fact-hours").get_attribute("data-insert")
    desk.locator("#text").fill("")
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#ready-search")).to_be_focused()
    desk.keyboard.type("toujours")
    expect(desk.locator("#ready-found")).to_have_text("Réponses trouvées : 1")
    desk.keyboard.press("Enter")
    assert "toujours là" in desk.locator("#text").input_value()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#text")).to_have_value("")
    until(lambda: texts(handoff.conversation_id, Author.ADVISOR))
    expect(desk.get_by_role("log")).to_contain_text("toujours là")
    desk.locator("#text").fill("un brouillon")
    desk.locator("#note").fill("son numéro est le 06 39 98 12 34")
    desk.locator("#note-add").click()
    expect(desk.locator("#notes li")).to_contain_text("[téléphone]")
    desk.get_by_label("à suivre").check()
    desk.locator("#tags-save").click()
    expect(desk.locator("#beside-said")).to_have_text("Les étiquettes sont enregistrées.")
    expect(desk.locator("#tags-save")).to_be_focused()
    expect(desk.locator("#text")).to_have_value("un brouillon")
    assert "06 39" not in Note.objects.get().text and Tag.objects.get().name == "follow_up"
    sound(desk)
    desk.locator("#outcome").select_option("oriented")
    desk.get_by_role("button", name="Terminer").click()
    expect(desk.locator(".state")).to_have_text("Terminée · orientation vers un lieu ou un organisme")
    sound(desk)
    assert Handoff.objects.get().outcome == "oriented"


def test_two_advisors_see_each_other(desk: Page, browser: Browser, door: Served) -> None:
    account("Marc", "demo", language="en")
    handoff = request()
    context = browser.new_context(locale="en-GB", viewport={"width": 768, "height": 1024})
    other = context.new_page()
    sign_in(other, door, "marc")
    other.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    expect(desk.locator(".collision")).to_have_text("Marc a aussi ouvert cette demande")
    desk.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    expect(other.locator("#others")).to_contain_text("Sofia has this request open too")
    sound(other)
    other.locator("#claim").click()
    expect(desk.locator(".state")).to_have_text("En cours avec Marc")
    other.locator("#text").press_sequentially("Hello")
    expect(desk.locator("#others")).to_contain_text("Marc est en train d'écrire")
    other.locator("#to").select_option(label="Sofia")
    other.get_by_role("button", name="Pass on").click()
    expect(other.get_by_text("The request has been passed on.")).to_be_visible()
    expect(desk.locator("#text")).to_be_visible()
    sound(desk)
    context.close()


def test_short_keys_can_be_switched_off(desk: Page, door: Served) -> None:
    request()
    expect(desk.get_by_role("link", name="Demande n°")).to_be_visible()
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Raccourcis clavier")
    expect(dialog).to_be_visible()
    sound(desk)
    desk.locator("#keys-on").uncheck()
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    desk.reload()
    desk.keyboard.press("j")
    desk.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(desk.locator("[data-step]:focus")).to_have_count(0)
    desk.get_by_role("button", name="Raccourcis clavier").click()
    desk.locator("#keys-on").check()
    desk.get_by_role("button", name="Fermer").click()
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name="Demande n°")).to_be_focused()


def test_alerts_are_asked_for_and_say_nothing(desk: Page, door: Served) -> None:
    desk.context.grant_permissions(["notifications"], origin=door.url)
    desk.evaluate("""() => { window.told = []; window.Notification = class { static permission = "granted";
        static requestPermission = async () => "granted";
        constructor(title, options) { window.told.push([title, options]); }
    }; Object.defineProperty(document, "hidden", { get: () => true }); }""")
    request()
    expect(desk).to_have_title("(1) File d'attente · Bureau de l'équipe")
    assert desk.evaluate("window.told") == []
    desk.get_by_role("button", name="Notifications").click()
    expect(desk.get_by_role("button", name="Notifications")).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Son").click()
    expect(desk.get_by_role("button", name="Son")).to_have_attribute("aria-pressed", "true")
    sound(desk)
    request(request="un secret")
    expect(desk).to_have_title("(2) File d'attente · Bureau de l'équipe")
    assert desk.evaluate("window.told") == [["Une personne de plus attend.", {"tag": "desk", "silent": True}]]
    assert desk.evaluate("localStorage.getItem('desk.sound')") == "on"


def test_a_refused_sign_in_is_told_as_other_faults_are(page: Page, door: Served) -> None:
    page.goto(f"{door.url}/desk/login")
    name, password = page.locator("#username"), page.locator("#password")
    name.fill("sofia")
    password.fill("not that one")
    password.press("Enter")
    expect(page).to_have_title(re.compile("^Erreur : "))
    expect(name).to_be_focused()
    expect(name).to_have_value("sofia")
    expect(password).to_have_value("")
    for field in name, password:
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", "problem")
    assert accessibility_faults(page) == []


def test_a_lost_connection_is_told(page: Page, door: Served) -> None:
    account("Sofia", "demo")
    sign_in(page, door, "sofia")
    page.route("**/desk/**", lambda route: route.abort())
    strip = page.locator("#connection")
    expect(strip).to_contain_text("La connexion est perdue")
    sound(page)
    page.unroute("**/desk/**")
    expect(strip).to_have_text("La connexion est revenue.")


def test_an_answer_that_could_not_be_sent_is_told_and_stays(page: Page, door: Served) -> None:
    handoff = states.claim(request().pk, account("Sofia", "demo"))
    sign_in(page, door, "sofia")
    page.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    page.locator("#text").fill("Bonjour")
    problem = page.locator("#problem")
    failures: list[Callable[[Route], None]] = [lambda route: route.fulfill(status=403), lambda route: route.abort()]
    while failures:
        page.route("**/answer", lambda route: failures.pop(0)(route))
        page.locator("#send").press("Enter")
        expect(problem).not_to_be_empty()
        expect(page.locator("#text")).to_be_focused()
        expect(page.locator("#text")).to_have_value("Bonjour")
        problem.evaluate("one => one.replaceChildren()")
        page.unroute("**/answer")
    expect(page.locator("#send")).to_be_enabled()
    page.locator("#send").press("Enter")
    expect(page.locator("#text")).to_have_value("")
    expect(page.get_by_role("log")).to_contain_text("Bonjour")


def test_every_size(desk: Page, door: Served) -> None:
    """A desktop, a tablet, and a desktop at 200 % and 400 %."""
    handoff = request()
    states.claim(handoff.pk, Advisor.objects.get())
    desk.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    expect(desk.get_by_role("heading", name="Prochains événements")).to_be_visible()
    for width in 1280, 768, 640, 320:
        desk.set_viewport_size({"width": width, "height": 800})
        sound(desk)
