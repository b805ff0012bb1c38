"""One reply, shown by what a platform can: buttons, a list, numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.web.channels.capabilities import Capabilities, Choices, characters, utf16
from bot.web.channels.cards import block
from bot.web.channels.rendering import Choice, Part, Shown, shown
from bot.web.channels.telegram import Telegram
from bot.web.conversations.models import Author, Message
from bot.web.words import LANGUAGES

BUTTONS = Choices(3, 20, 60)
PLAIN = Capabilities(100, characters)
FULL = Capabilities(100, characters, BUTTONS, Choices(10, 24, 80))


def said(text: str, titles: tuple[str, ...] = (), author: str = Author.BOT, **more: Any) -> Message:
    payload = {"choices": [{"key": f"k{number}", "title": title} for number, title in enumerate(titles, 1)], **more}
    return Message(author=author, text=text, payload=payload, language="fr", name="Camille", seq=1)


def test_a_text_alone() -> None:
    assert shown(said("Bonjour."), PLAIN) == Shown((Part("Bonjour."),))


def test_buttons_where_all_of_them_fit() -> None:
    choices = (Choice("k1", "Oui"), Choice("k2", "Non"))
    assert shown(said("Alors ?", ("Oui", "Non")), FULL) == Shown((Part("Alors ?", choices),))


def test_a_list_where_they_are_too_many_or_too_long_for_buttons() -> None:
    many = shown(said("Alors ?", ("a", "b", "c", "d")), FULL)
    assert [(len(part.choices), part.as_list) for part in many.parts] == [(4, True)]
    long = shown(said("Alors ?", ("Vingt-deux caractères !",)), FULL)
    assert long.parts[0].as_list and long.numbered == ()


def test_numbers_on_buttons_where_a_label_is_too_long() -> None:
    message = said("Alors ?", ("Oui, partager la conversation entière", "Non"))
    roomy = shown(message, Capabilities(100, characters, Choices(3, 20, 100)))
    assert roomy.numbered == ("k1", "k2")
    assert "1. Oui, partager la conversation entière\n2. Non" in roomy.parts[0].text
    assert roomy.parts[0].choices == (Choice("k1", "1"), Choice("k2", "2"))
    narrow = shown(message, FULL)  # where the text with buttons must be shorter, the numbers are typed
    assert (narrow.numbered, narrow.parts[0].choices) == (("k1", "k2"), ())


def test_numbers_where_nothing_can_be_pressed() -> None:
    told = shown(said("Alors ?", ("Oui", "Non")), PLAIN, first_number=3)
    assert told.parts == (Part("Alors ?\n\nRépondez par un numéro, ou avec vos mots :\n3. Oui\n4. Non"),)
    assert told.numbered == ("k1", "k2")


def test_more_choices_than_a_list_holds_are_numbered_and_none_is_lost() -> None:
    titles = tuple(f"La ville numéro {number}" for number in range(1, 13))
    told = shown(said("Où ?", titles), FULL)
    whole = "\n".join(part.text for part in told.parts)
    assert all(f"{number}. {title}" in whole for number, title in enumerate(titles, 1))
    assert len(told.parts) > 1 and all(len(part.text) <= 100 for part in told.parts)


def test_a_text_too_long_beside_buttons_comes_in_several_and_the_last_has_them() -> None:
    told = shown(said("Une phrase assez longue. " * 6, ("Oui", "Non")), FULL)
    assert [bool(part.choices) for part in told.parts] == [False] * (len(told.parts) - 1) + [True]
    assert all(len(part.text) <= 60 for part in told.parts)


def test_an_advisor_is_named_and_a_person_hears_only_what_was_masked() -> None:
    assert shown(said("Bonjour.", author=Author.ADVISOR), PLAIN).parts == (
        Part("Camille, de l'équipe :\nBonjour."),
    )
    assert shown(said("mon texte", author=Author.PERSON), PLAIN).parts == ()
    masked = shown(said("mon [phone]", author=Author.PERSON, masked=["phone"]), Capabilities(500, characters))
    assert "un numéro de téléphone" in masked.parts[0].text


WEEK = {"kind": "week", "caption": "Horaires", "columns": ["Jour", "Accueil", "Conseil"],
        "rows": [{"day": "lundi", "hours": ["9 h – 17 h", "fermé"], "today": True}]}  # fmt: skip
EVENT = {"kind": "event", "title": "Forum", "when": "mardi", "cite": None, "place": "Salle\n1", "details": "Complet",
         "url": "https://x.example/", "booking": "javascript:alert(1)", "calendar": "agenda/demo/k/s.ics"}  # fmt: skip
CITE = {"kind": "cite", "id": "demo", "name": "Cité", "city": "Lille", "distance": "à 3 km", "phone": "+33 1",
        "map": "https://map.example/", "website": None, "hours": "Ouvert", "address": None}  # fmt: skip


@pytest.mark.parametrize(
    ("card", "lines"),
    [
        (WEEK, ["Horaires (Accueil / Conseil)", "lundi : 9 h – 17 h / fermé"]),
        (EVENT, ["Forum", "mardi", "Salle 1", "Complet", "En savoir plus : https://x.example/",
                 "Ajouter à mon calendrier : https://bot.example/agenda/demo/k/s.ics"]),
        (CITE, ["Cité", "Lille · à 3 km", "Ouvert", "Téléphone : +33 1", "Voir sur la carte : https://map.example/"]),
        ({"kind": "other"}, [""]),
    ],
)  # fmt: skip
def test_cards_as_text(card: dict[str, Any], lines: list[str]) -> None:
    assert block(card, "fr").split("\n") == lines


def test_cards_follow_the_text_and_stand_together_while_they_fit() -> None:
    told = shown(said("Voici :", cards=[CITE, WEEK]), Capabilities(120, characters))
    assert [part.text.split("\n")[0] for part in told.parts] == ["Voici :", "Horaires (Accueil / Conseil)"]


@pytest.mark.parametrize("titles", [("Oui", "Non"), tuple(f"choix {number}" for number in range(30)), ("é" * 200,)])
def test_telegram_keyboards_hold_what_telegram_allows(titles: tuple[str, ...]) -> None:
    telegram = Telegram()
    for part in shown(said("texte " * 1000, titles), telegram.capabilities).parts:
        body = telegram.render(part)
        assert 1 <= utf16(body["text"]) <= 4096
        buttons = [button for row in body.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
        assert all(len(button["callback_data"].encode()) <= 64 for button in buttons)
        json.dumps(body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_sentences_fit_a_text_message(language: str) -> None:
    from bot.web.channels.capabilities import sms
    from bot.web.words import catalogue

    longest = max(catalogue().part("channels", language).values(), key=sms)
    assert sms(longest) < 600
