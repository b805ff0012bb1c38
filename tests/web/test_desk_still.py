"""What moves by itself at the desk can be held still, and is told once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bot.web.conversations import callbacks, signs, states
from bot.web.conversations.models import Handoff
from bot.web.desk.models import Advisor
from bot.web.desk_notes import looks
from tests.browser import accessibility_faults, watch

from .conftest import Served
from .desk_person import request
from .helpers import account, conversation, say
from .test_desk_session import enter


@pytest.fixture
def desk(page: Page, door: Served) -> Iterator[Page]:
    """Sofia, of the demonstration Cité, at the queue, where somebody has waited for a while."""
    account("Sofia", "demo")
    request()
    Handoff.objects.update(queued=timezone.now() - timedelta(minutes=58))
    page.goto(f"{door.url}/desk/")
    enter(page, "sofia")
    expect(page.locator("#lists time")).to_contain_text("58 min")
    faults = watch(page)
    yield page
    assert faults == []


def test_the_lists_and_the_count_are_held_still_and_go_on(desk: Page) -> None:
    hold, said = desk.locator("#renew"), desk.locator("#renew-said")
    expect(hold).to_have_text("Figer les listes")
    expect(said).to_be_empty()
    hold.click()
    expect(hold).to_have_text("Laisser les listes se mettre à jour")
    expect(said).to_have_text(re.compile(r"^Les listes sont figées : elles montrent la situation à \d\d:\d\d\.$"))
    assert accessibility_faults(desk) == []
    request()
    expect(desk).to_have_title(re.compile(r"^\(2\)"))  # who asked for a sound still has it
    desk.wait_for_timeout(3500)  # one look of the queue
    expect(desk.locator("#lists .handoffs li.card")).to_have_count(1)
    expect(desk.locator("#waiting-link")).to_have_text("En attente (1)")
    desk.reload()
    expect(hold).to_have_text("Laisser les listes se mettre à jour")
    expect(said).to_contain_text("Les listes sont figées")
    request()
    expect(desk).to_have_title(re.compile(r"^\(3\)"))
    hold.click()
    expect(said).to_have_text("Les listes se mettent à jour toutes seules.")
    expect(desk.locator("#lists .handoffs li.card")).to_have_count(3)
    expect(desk.locator("#waiting-link")).to_have_text("En attente (3)")
    expect(hold).to_be_focused()


def test_what_is_passed_on_is_told_on_every_page(desk: Page, door: Served) -> None:
    handoff, marc = Handoff.objects.get(), account("Marc", "demo")
    desk.goto(f"{door.url}/desk/account/")
    states.claim(handoff.pk, marc)
    expect(desk.locator("#waiting-link")).to_have_text("En attente (0)")
    states.transfer(handoff.pk, marc, Advisor.objects.get(username="sofia"))
    expect(desk.locator("#spoken")).to_have_text("Une demande vient de vous être confiée.")
    expect(desk.locator("#passed-link")).to_have_text("Pour vous (1)")
    assert accessibility_faults(desk) == []
    desk.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    expect(desk.locator("#passed-link")).to_have_count(0)
    desk.goto(f"{door.url}/desk/account/")
    callbacks.request(request().conversation_id, "Camille", "camille@example.org", "le matin")
    expect(desk.locator("#spoken")).to_have_text("Une personne de plus demande à être rappelée.")


def test_the_time_waited_goes_on_without_the_list_being_made_anew(desk: Page) -> None:
    desk.clock.install()
    desk.reload()
    age = desk.locator("#lists time[data-minutes]")
    expect(age).to_have_text("58 min")
    age.evaluate("one => { one.dataset.same = 'yes'; }")
    desk.clock.fast_forward(61_000)
    expect(age).to_have_text("59 min")
    desk.clock.fast_forward(6 * 60_000)
    expect(age).to_have_text("1 h 05 min")
    expect(age).to_have_attribute("data-same", "yes")


def test_a_sign_that_says_the_same_is_told_once(desk: Page, door: Served) -> None:
    handoff, marc = Handoff.objects.get(), account("Marc", "demo")
    states.claim(handoff.pk, Advisor.objects.get(username="sofia"))
    desk.goto(f"{door.url}/desk/handoffs/{handoff.pk}/")
    looks.look(handoff, marc)
    expect(desk.locator("#others")).to_contain_text("Marc a aussi ouvert cette demande")
    desk.evaluate("""() => { window.changed = [];
        const whatever = { childList: true, subtree: true, characterData: true };
        for (const one of document.querySelectorAll("#others, #lost, #signs, #read"))
            new MutationObserver(() => window.changed.push(one.id)).observe(one, whatever);
    }""")
    say(handoff.conversation_id, "du nouveau")
    expect(desk.get_by_role("log")).to_contain_text("du nouveau")
    assert desk.evaluate("window.changed") == []
    looks.look(handoff, marc, typing=True)
    expect(desk.locator("#others")).to_contain_text("Marc est en train d'écrire")
    assert set(desk.evaluate("window.changed")) == {"others"}
    states.advisor_says(handoff.pk, Advisor.objects.get(username="sofia"), "Bonjour")
    talk = handoff.conversation_id
    signs.person_reads(talk, conversation(talk).last_seq)
    expect(desk.locator("#read")).to_have_text("La personne a lu vos derniers mots.")
    for typing in True, False:  # what was read stays read meanwhile, and is not said again
        desk.evaluate("window.changed = []")
        signs.person_types(talk, typing)
        expect(desk.locator("#signs")).to_have_text("La personne est en train d'écrire…" if typing else "")
        assert set(desk.evaluate("window.changed")) == {"signs"}
