"""Cards and the question "was this useful?" on the page without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.conversations import service, writing
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Conversation, Feedback, Reason
from bot.web.pages import written_cards, written_judgement, written_links
from bot.web.pages.written_cards import Link, Week
from bot.web.pages.written_judgement import Judgement, read

from .fake_rasa import NEAREST

CITE, BAD, FORUM = NEAREST["custom"]["cards"]


def test_a_cite_can_be_called_found_and_read_about() -> None:
    shown = written_cards.shown(CITE, "fr")
    assert shown.name == "Cité des métiers de Marseille"
    assert shown.lines == ("Marseille · à 1,2 km", "4 rue des Consuls", "Horaires non confirmés")
    assert shown.links == (
        Link("tel:+33496116270", "+33 4 96 11 62 70", "Téléphone :"),
        Link("https://www.openstreetmap.org/directions?to=4%20rue%20des%20Consuls", "Itinéraire (nouvel onglet)"),
        Link("https://www.example.org/map", "Voir sur la carte (nouvel onglet)"),
        Link("https://www.example.org/marseille", "Site (nouvel onglet)"),
    )
    in_words = {"kind": "cite", "name": "x", "city": "Lyon", "distance": "about 3 km away", "distance_km": 3}
    assert written_cards.shown(in_words, "en").lines == ("Lyon · about 3 km away",)
    assert written_cards.shown({"kind": "cite", "name": "x"}, "fr") == written_cards.Shown("x")


def test_an_event_can_be_booked_and_put_into_a_calendar() -> None:
    shown = written_cards.shown(FORUM, "en")
    assert shown.lines == ("mercredi 25 novembre, 14:00", "Cité des métiers de Marseille", "Salle 1", "Complet")
    assert shown.links == (
        Link("https://www.example.org/forum", "Sign up (new tab)"),
        Link("/agenda/marseille/0123456789abcdef/20261125T130000Z.ics", "Add to my calendar (new tab)"),
    )
    assert written_cards.shown(BAD, "fr").links == ()


def test_the_title_of_an_event_is_in_its_own_language(client: Any) -> None:
    event = {"kind": "event", "title": "Atelier <CV>", "language": "fr", "when": "tomorrow"}
    card = written_cards.shown(event, "en")
    page = render_to_string("pages/_card.html", {"card": card, "language": "en"})
    assert '<p class="name" lang="fr">Atelier &lt;CV&gt;</p>\n<p>tomorrow</p>' in page
    without = render_to_string("pages/_card.html", {"card": written_cards.shown(CITE, "en"), "language": "en"})
    assert '<p class="name">Cité' in without


def test_a_week_is_a_table() -> None:
    rows = [{"day": "lundi", "hours": ["fermé"], "today": True}]
    week = {"kind": "week", "caption": "Les horaires", "columns": ["Jour", "Accueil"], "rows": rows}
    shown = written_cards.shown(week, "fr")
    assert (shown.name, shown.week, shown.lines) == ("Les horaires", Week(["Jour", "Accueil"], rows), ())


@settings(max_examples=50)
@given(st.text() | st.sampled_from(["javascript:alert(1)", "https://[", "//x.org", "HTTPS:x", "data:,", "https://"]))
def test_no_link_leads_anywhere_but_to_the_web(address: str) -> None:
    shown = written_cards.shown({"kind": "event", "title": "x", "url": address, "booking": address}, "fr")
    assert all(link.address.startswith(("http://", "https://")) for link in shown.links)


NEW_TAB = 'target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Voir https://a.org/x?b=1&c=2.",
            f'Voir <a href="https://a.org/x?b=1&amp;c=2" {NEW_TAB}>https://a.org/x?b=1&amp;c=2 (nouvel onglet)</a>.',
        ),
        ("https://a.org\u00a0!", f'<a href="https://a.org" {NEW_TAB}>https://a.org (nouvel onglet)</a>\u00a0!'),
        ("à a.b@c.org", 'à <a href="mailto:a.b@c.org">a.b@c.org</a>'),
        ("au +33 4 96 11 62 70 !", 'au <a href="tel:+33496116270">+33 4 96 11 62 70</a> !'),
        ("04.96.11.62.70", '<a href="tel:0496116270">04.96.11.62.70</a>'),
        ("<b> javascript:alert(1) www.a.org 0123", "&lt;b&gt; javascript:alert(1) www.a.org 0123"),
    ],
)
def test_addresses_in_a_text_are_links_and_the_page_is_not_left(text: str, shown: str) -> None:
    assert written_links.linked(text, "fr") == shown


@settings(max_examples=100)
@given(st.text() | st.from_regex(r"(https?://|mailto:|tel:)[\"'<>&a ]{1,9}\.org"))
def test_a_text_stays_a_text(text: str) -> None:
    shown = written_links.linked(text, "fr")
    bare = re.sub(
        r'<a href="(https?://|mailto:|tel:)[^"<>]*"( target="_blank" rel="noopener noreferrer")?>|</a>', "", shown
    )
    assert "<" not in bare and ">" not in bare
    assert unescape(bare).replace(" (nouvel onglet)", "") in (
        text,
        text.replace("mailto:", ""),
        text.replace("tel:", ""),
    )


@pytest.mark.parametrize(
    ("value", "judgement"),
    [
        ("12 yes", Judgement(12, True)),
        ("3 no", Judgement(3, False)),
        ("3 no stale", Judgement(3, False, "stale")),
    ],
)
def test_what_a_button_says(value: str, judgement: Judgement) -> None:
    assert read(value) == judgement


@settings(max_examples=50)
@given(st.text() | st.from_regex(r"[-\d²٣]+ (yes|no)( \w+){2}", fullmatch=True))
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(Refused):
        read(value)


def test_every_reason_has_its_words() -> None:
    assert written_judgement._WORDS.keys() == set(Reason)


@pytest.mark.django_db(transaction=True)
def test_each_answer_is_judged_at_its_end_and_the_greeting_is_not(client: Any, settings: Any) -> None:
    settings.DISPATCH = False
    started = service.create_conversation(greet=False)
    for reply in ("Bonjour", "Un", "Deux"):
        writing.add(Conversation.objects.get(), Author.BOT, text=reply, language="fr")
    page = {"conversation": started.id, "token": started.token, "text": "à moitié écrit"}
    first = client.post("/write/", {**page, "action": "look"})
    last = [line["asked"].seq for line in first.context["lines"] if line["asked"]]
    assert [line["text"] for line in first.context["lines"] if line["asked"]] == ["Deux"]
    judged = client.post("/write/", {**page, "judge": f"{last[0]} no"}).content.decode()
    assert "Vous pouvez dire pourquoi" in judged
    assert judged.count("autofocus") == 1
    assert f'value="{last[0]} no misunderstood" aria-pressed="false" autofocus' in judged
    assert "à moitié écrit" in judged
    reason = client.post("/write/", {**page, "judge": f"{last[0]} no stale"}).content.decode()
    assert f'value="{last[0]} no stale" aria-pressed="true"' in reason
    assert list(Feedback.objects.values_list("message__seq", "useful", "reason")) == [(last[0], False, "stale")]
    for wrong in ("1", "99 yes", f"{last[0]} yes stale", f"{last[0]} no rude"):
        assert client.post("/write/", {**page, "judge": wrong}).status_code in (400, 404)
