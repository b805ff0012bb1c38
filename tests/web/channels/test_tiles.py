"""Cards beside each other: what fits stands there whole, what does not is text, and nothing is told twice or lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.channels import home_language
from bot.web.channels.capabilities import Capabilities, Choices, Tiles, characters
from bot.web.channels.cards import block
from bot.web.channels.messenger import Messenger
from bot.web.channels.rendering import Choice, Part, shown
from bot.web.channels.tiles import Link, lay_out
from bot.web.channels.whatsapp import WhatsApp
from bot.web.conversations.models import Author, Message
from bot.web.words import LANGUAGES, word

from . import messenger_simulator, whatsapp_simulator

PLAIN = Capabilities(200, characters)
ABLE = replace(PLAIN, buttons=Choices(3, 20, 200), tiles=Tiles(2, 30, 40, 3, 20))
FORUM = {"kind": "event", "title": "Forum", "when": "mardi, 14:00", "booking": "https://x.example/forum"}


def test_where_cards_are_text_nothing_changes() -> None:
    assert lay_out([FORUM], PLAIN, "fr") == ([block(FORUM, "fr")], [])


def test_a_card_that_fits_is_a_tile_only() -> None:
    blocks, [tile] = lay_out([FORUM], ABLE, "fr")
    assert blocks == [] and (tile.title, tile.subtitle) == ("Forum", "mardi, 14:00")
    assert tile.links == (Link("S'inscrire", "https://x.example/forum"),)


def test_what_does_not_fit_under_a_title_is_told_in_the_text_too() -> None:
    card = {**FORUM, "place": "Salle des conférences", "details": "Complet"}
    [told], [tile] = lay_out([card], ABLE, "fr")
    assert tile.subtitle == "mardi, 14:00 · Salle des conférences"
    assert told == "Forum\nmardi, 14:00\nSalle des conférences\nComplet"
    long = {**FORUM, "when": "mardi 24 novembre 2026, de 14 heures à 18 heures"}
    assert lay_out([long], ABLE, "fr")[1][0].subtitle == ""


@pytest.mark.parametrize(
    "card",
    [
        {**FORUM, "title": "Forum des métiers de demain et d'après-demain"},
        {**FORUM, "booking": "javascript:alert(1)"},
        {**FORUM, "booking": None},
        {"kind": "cite", "name": "Cité", "phone": "3949", "website": "https://x.example"},
        {"kind": "week", "caption": "Horaires", "rows": []},
        {"kind": "unknown"},
    ],
)
def test_what_cannot_be_a_tile_is_text(card: dict[str, Any]) -> None:
    assert lay_out([card], ABLE, "fr") == ([block(card, "fr")], [])


def test_a_number_is_dialled_as_it_is_written() -> None:
    card = {"kind": "cite", "name": "Cité", "phone": "+33 (4) 96.11-62 70"}
    assert lay_out([card], ABLE, "en")[1][0].links == (Link("Call", "+33496116270", dials=True),)


def test_choices_are_pressed_under_the_last_cards() -> None:
    payload = {"cards": [FORUM] * 3, "choices": [{"key": "k", "title": "Encore"}]}
    parts = shown(Message(author=Author.BOT, text="Voici.", payload=payload, language="fr", seq=1), ABLE).parts
    assert [(part.text, len(part.tiles)) for part in parts] == [("Voici.", 0), ("", 2), ("", 1)]
    assert [part.choices for part in parts] == [(), (), (Choice("k", "Encore"),)]


def test_two_choices_of_one_name_are_numbered() -> None:
    payload = {"choices": [{"key": "a", "title": "Lyon"}, {"key": "b", "title": "Lyon"}]}
    [part] = shown(Message(author=Author.BOT, text="Où ?", payload=payload, language="fr", seq=1), ABLE).parts
    assert part.text.endswith("1. Lyon\n2. Lyon") and part.choices == (Choice("a", "1"), Choice("b", "2"))


def test_what_is_for_the_desk_is_not_shown() -> None:
    note = Message(author=Author.HOUSE, text="Trop tard.", payload={"desk_only": True}, language="fr", seq=1)
    assert shown(note, ABLE).parts == ()
    note.payload = {}
    assert shown(note, ABLE).parts == (Part("Trop tard."),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_fit_where_they_stand(language: str) -> None:
    names = ("call", "map", "website", "booking", "more", "calendar")
    labels = [word(f"channels.button.{name}", language) for name in names]
    assert len({*labels}) == 6
    assert all(1 <= len(label) <= 20 for label in [*labels, word("channels.choose", language)])
    assert len(word("channels.greeting", language)) <= 160
    about = [word(f"channels.commands.{name}.about", language) for name in ("start", "help", "language", "erase")]
    assert all(len(each) <= 30 for each in about)


@pytest.mark.parametrize(
    ("digits", "language"),
    [("33612345678", "fr"), ("393331234567", "it"), ("351912345678", "pt"), ("0", None), ("x", None)],
)
def test_the_language_of_a_number(digits: str, language: str | None) -> None:
    assert home_language.of_number(digits) == language


_LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=90)
_EVENTS = st.fixed_dictionaries(
    {"kind": st.just("event"), "title": _LINES, "when": _LINES, "booking": st.sampled_from(["https://x.example", None])}
)


@settings(deadline=None, max_examples=60)
@given(_LINES, st.integers(1, 60), st.lists(_LINES.filter(str.strip), max_size=16), st.lists(_EVENTS, max_size=12))
def test_whatever_is_said_whatsapp_and_messenger_can_take_it(
    words: str, times: int, titles: list[str], cards: list[dict[str, Any]]
) -> None:
    choices = [{"key": f"key-{number}", "title": title} for number, title in enumerate(titles)]
    payload = {"choices": choices, "cards": cards}
    message = Message(author=Author.BOT, text=f"{words} " * times, payload=payload, language="fr", seq=1)
    for part in shown(message, WhatsApp.capabilities).parts:
        body = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "33612345678",
                "biz_opaque_callback_data": "key"}  # fmt: skip
        assert whatsapp_simulator._fault({**body, **WhatsApp().render(part)}) is None
    for part in shown(message, Messenger.capabilities).parts:
        told = Messenger().render(part)
        keyed = {"recipient": {"id": "1"}, **told, "message": {**told["message"], "metadata": "key"}}
        assert messenger_simulator._fault(keyed) is None
