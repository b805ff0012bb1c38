"""What is on at a Cité, by date and by theme, and what is said when there is nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.events import Events
from bot.knowledge.cites import load_cites

from .conftest import Change
from .turns import NOW, Answer, answer, entity, place, said, when


def events(text: str = "", dated: str = "", language: str = "fr", concern: str = "", **more: Any) -> Answer:
    """The answer at the demonstration Cité, unless `more` names another."""
    entities = [*(when(dated) if dated else []), *([entity("concern", concern)] if concern else [])]
    tracker = said("ask_events", text, entities, slots={"language": language}, **{"cite": "demo", **more})
    return answer(Events(), tracker)


def titles(found: Answer) -> list[str]:
    return [card["title"] for card in found.cards]


def test_the_next_three() -> None:
    found = events("quoi de prévu ?")
    assert found.responses == ["events"]
    assert len(found.cards) == 3
    assert found.cards[0] == {
        "kind": "event",
        "title": "Réunion d'information VAE",
        "when": "mercredi 25 novembre, 14 h – 16 h",
        "place": "Salle 1, Cité des métiers de démonstration (lieu fictif)",
        "url": None,
    }


def test_what_is_over_is_not_told() -> None:
    later = events("quoi de prévu ?", now="2026-11-25T16:00:00+01:00")
    assert "Réunion d'information VAE" not in titles(later)[:1]
    assert all("25 novembre" not in card["when"] for card in later.cards)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("un atelier cv ?", "Atelier CV et lettre de motivation"),
        ("y a-t-il quelque chose sur la VAE", "Réunion d'information VAE"),
        ("des rencontres sur la création d'entreprise", "Créer son entreprise : les premiers pas"),
    ],
)
def test_a_theme_word(text: str, title: str) -> None:
    found = events(text)
    assert found.responses == ["events"]
    assert title in titles(found)


@pytest.mark.parametrize(("concern", "title"), [("work_abroad", "étranger"), ("find_apprenticeship", "alternance")])
def test_the_theme_of_a_button(concern: str, title: str) -> None:
    found = events(concern=concern)
    assert found.cards
    assert all(title in each for each in titles(found))


def test_a_concern_that_does_not_exist_is_no_theme() -> None:
    assert len(events(concern="astrology").cards) == 3


def test_on_a_day() -> None:
    found = events("samedi ?", "samedi")
    assert titles(found) == ["Orientation : l'heure des parents"]
    assert found.cards[0]["when"] == "samedi 28 novembre, 10 h – 11 h 30"


def test_nothing_on_that_day_what_comes_next_is_said_to_be_later() -> None:
    found = events("dimanche ?", "dimanche")
    assert found.responses == ["events_wider"]
    assert len(found.cards) == 3


def test_nothing_on_the_theme_what_there_is_is_said_to_be_another() -> None:
    found = events(concern="recognise_foreign_diploma")
    assert found.responses == ["events_other_theme"]
    assert found.cards


def test_the_past_is_not_offered() -> None:
    found = events("hier ?", "hier")
    assert found.responses == ["events_wider"]
    first = found.cards[0]["when"]
    assert "24 novembre" not in first


def test_this_week_begins_now() -> None:
    found = events("cette semaine", "cette semaine")
    assert found.cards[0]["title"] == "Réunion d'information VAE"


def test_a_cite_without_an_agenda_says_so_and_how_to_ask() -> None:
    found = answer(Events(), said("ask_events", "", [place("Marseille")]))
    assert found.responses == ["no_agenda"]
    assert "https://www.citedesmetiers.fr" in found.text
    assert found.cards == []


def test_the_place_is_asked_for() -> None:
    found = answer(Events(), said("ask_events", "quels ateliers ?"))
    assert found.responses == ["ask_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": "ask_events"}


def test_the_words_around_an_event_are_in_the_conversations_language() -> None:
    found = events("what is on?", language="en")
    assert found.cards[0]["when"] == "Wednesday 25 November, 14:00–16:00"
    assert found.messages[0].language == "en"


def calendar(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//FR", *lines, "END:VCALENDAR", ""])


def agenda(change: Change, tmp_path: Path, *lines: str) -> None:
    """Give Namur an agenda of its own."""
    (tmp_path / "data" / "agenda" / "namur.ics").write_text(calendar(*lines), "utf-8")
    source = {"ics": "namur.ics", "lang": "fr", "source": "https://example.org/", "checked_on": "2026-11-22"}
    change("namur", agenda=[source])


def test_an_empty_agenda(change: Change, tmp_path: Path) -> None:
    agenda(change, tmp_path)
    assert events("quoi ?", cite="namur").responses == ["no_events"]


def test_a_whole_day_has_no_hours_and_an_address_is_a_link(change: Change, tmp_path: Path) -> None:
    agenda(
        change, tmp_path,
        "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", "SUMMARY:Portes ouvertes",
        "DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261201", "URL:https://example.org/portes", "END:VEVENT",
    )
    (card,) = events("quoi ?", cite="namur").cards
    assert (card["when"], card["url"]) == ("lundi 30 novembre", "https://example.org/portes")


def test_an_agenda_whose_file_is_lost_is_not_an_empty_promise(change: Change, tmp_path: Path) -> None:
    agenda(change, tmp_path)
    load_cites()  # the directory is read, then the file goes
    (tmp_path / "data" / "agenda" / "namur.ics").unlink()
    found = events("quoi ?", cite="namur")
    assert found.cards == []
    assert found.responses == ["no_events"]


def test_the_time_asked_from_is_not_before_now() -> None:
    assert datetime.fromisoformat(NOW).hour == 10
    found = events("aujourd'hui", "aujourd'hui", now="2026-11-25T15:00:00+01:00")
    assert titles(found) == ["Réunion d'information VAE"]  # it lasts until four
