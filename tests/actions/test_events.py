"""What is on at a Cité, by date and by theme, and what is said when there is nothing."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker

from actions.events import Events
from bot.knowledge import agenda_sources, feeds, sense
from bot.knowledge.cites import AgendaSource, load_cites
from tests.knowledge.site import Site, serve, serving

from .conftest import Change
from .turns import NOW, Answer, answer, entity, place, said, when


@pytest.fixture(scope="module", autouse=True)
def _encoder() -> None:
    """The encoder is there from the first question on."""
    sense.load()


def events(
    text: str = "", dated: str = "", language: str = "fr", concern: str = "", spoken: str = "", **more: Any
) -> Answer:
    """The answer at the demonstration Cité, unless `more` names another; `spoken`: the language of the message."""
    entities = [*(when(dated) if dated else []), *([entity("concern", concern)] if concern else [])]
    entities += [entity("language", spoken)] if spoken else []
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
        "language": "fr",
        "when": "mercredi 25 novembre, 14 h – 16 h",
        "cite": None,
        "place": "Salle 1, Cité des métiers de démonstration (lieu fictif)",
        "details": None,
        "url": None,
        "booking": None,
        "calendar": found.cards[0]["calendar"],
    }
    assert re.fullmatch(r"agenda/demo/[0-9a-f]{16}/20261125T130000Z\.ics", found.cards[0]["calendar"])


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
    assert found.responses == ["agenda_unread"]


def test_the_time_asked_from_is_not_before_now() -> None:
    assert datetime.fromisoformat(NOW).hour == 10
    found = events("aujourd'hui", "aujourd'hui", now="2026-11-25T15:00:00+01:00")
    assert titles(found) == ["Réunion d'information VAE"]  # it lasts until four


# More, filters, other places


def openagenda(*events: dict[str, Any]) -> str:
    return json.dumps({"events": list(events)})


def oa(title: str, begin: str, **more: Any) -> dict[str, Any]:
    timing = {"begin": f"{begin}:00+01:00", "end": f"{begin[:-5]}18:00:00+01:00"}
    return {"uid": title, "title": {"fr": title}, "timings": [timing], **more}


def give(change: Change, tmp_path: Path, cite: str, content: str, **more: Any) -> None:
    """Give a Cité an agenda of its own; what is None is left out of its entry."""
    (tmp_path / "data" / "agenda" / f"{cite}.json").write_text(content, "utf-8")
    proof = {"lang": "fr", "source": "https://example.org/", "checked_on": "2026-11-22"}
    entry = {"openagenda": f"{cite}.json", **proof, **more}
    change(cite, agenda=[{key: value for key, value in entry.items() if value is not None}])


def near(text: str, name: str) -> Tracker:
    """A message that names a place."""
    return said("ask_events", text, [{**place(name), "start": text.index(name), "end": text.index(name) + len(name)}])


def press(found: Answer, title: str, **more: Any) -> Answer:
    """The answer to the button of that title."""
    payload = next(each for message in found.messages for name, each in message.buttons.items() if name == title)
    intent, _, told = payload[1:].partition("{")
    entities = [entity(name, value) for name, value in json.loads("{" + told).items()] if told else []
    slots = {"language": "fr", **{each["entity"]: each["value"] for each in entities if each["entity"] == "cite"}}
    return answer(Events(), said(intent, "", entities, slots=slots, **more))


def test_three_at_a_time_until_there_are_no_more() -> None:
    found = events("quoi de prévu ?")
    seen = titles(found)
    pages = 1
    while "Voir la suite" in found.messages[0].buttons:
        found = press(found, "Voir la suite", cite="demo")
        assert found.responses == ["events_more"]
        assert 0 < len(found.cards) <= 3
        seen += titles(found)
        pages += 1
    assert len(seen) == len(set(seen)) > 6
    assert pages == -(-len(seen) // 3)


def test_more_keeps_the_theme_and_the_dates() -> None:
    found = events("en décembre", "en décembre")
    assert all("décembre" in card["when"] for card in found.cards)
    found = press(found, "Voir la suite", cite="demo")
    assert found.cards
    assert all("décembre" in card["when"] for card in found.cards)


def test_more_neither_loses_nor_repeats_when_time_passes() -> None:
    """What is over by then leaves the list, of which the rest follows."""
    found = events("cette semaine", "cette semaine")
    assert titles(found) == [
        *("Réunion d'information VAE", "Travailler et se former à l'étranger"),
        "Créer son entreprise : les premiers pas",
    ]
    found = press(found, "Voir la suite", cite="demo", now="2026-11-26T14:00:00+01:00")
    assert titles(found) == [
        "Job-dating : rencontrer des entreprises qui recrutent", "Orientation : l'heure des parents"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "search",
    [
        *({}, [], "x", {"spans": [["2026-11-25", "x", 0]], "cites": ["demo"], "seen": []}),
        *({"spans": [], "cites": ["demo"], "seen": []}, {"spans": 5, "cites": ["demo"], "seen": []}),
        {"spans": [["2026-11-25T00:00:00", "2026-12-25T00:00:00", 0]], "cites": 5, "seen": []},
    ],
)
def test_a_button_spoilt_is_as_if_nothing_was_told(search: Any) -> None:
    found = answer(Events(), said("ask_events", "", [entity("search", search)], cite="demo"))
    assert found.responses == ["events"]


def test_the_rest_of_a_list_whose_time_is_over() -> None:
    search = {"spans": [["2026-11-01T00:00:00", "2026-11-02T00:00:00", 0]], "cites": ["demo"], "seen": []}
    found = answer(Events(), said("ask_events", "", [entity("search", search)], cite="demo"))
    assert found.responses == ["no_more_events"]


def test_the_rest_of_what_is_not_offered_here_is_not_shown() -> None:
    search = {"spans": [["2026-11-25T00:00:00", "2026-12-25T00:00:00", 0]], "cites": ["demo", "nowhere"], "seen": []}
    found = answer(Events(), said("ask_events", "", [entity("search", search)]))
    assert found.responses == ["no_more_events"]


def test_a_theme_of_their_own_words_by_sense(change: Change, tmp_path: Path) -> None:
    give(
        change, tmp_path, "namur",
        openagenda(
            oa("Créer son entreprise", "2026-12-01T14:00"),
            oa("Atelier de poterie", "2026-12-02T14:00"),
            oa("Café des parents", "2026-12-03T14:00"),
        ),
    )  # fmt: skip
    texts = {"es": "algo sobre montar una empresa", "en": "is there anything about starting a company?"}
    for spoken, text in texts.items():
        found = events(text, cite="namur", spoken=spoken)
        assert (found.responses, titles(found)) == (["events"], ["Créer son entreprise"]), text
    assert events("quelque chose sur la cybersécurité ?", cite="namur").responses == ["events_unsure"]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("c'est gratuit les goûters ?", "events_unsure"),
        ("ma copine m'a dit que vous faisiez un truc avec des astronautes", "events"),
    ],
)
def test_words_that_may_be_no_theme_are_not_said_to_be_one(text: str, response: str) -> None:
    found = events(text)
    assert (found.responses, len(found.cards)) == ([response], 3)


def test_what_is_online_for_whom_and_free(change: Change, tmp_path: Path) -> None:
    give(
        change, tmp_path, "namur",
        openagenda(
            oa("Webinaire VAE", "2026-12-01T14:00", attendanceMode=2, onlineAccessLink="https://example.org/visio"),
            oa("Café des parents", "2026-12-02T14:00"),
            oa("Visite", "2026-12-03T14:00", status=5, registration=[{"type": "link", "value": "https://example.org/"}]),
            oa("Forum des jeunes", "2026-12-04T14:00", age={"min": 16, "max": 25}, conditions={"fr": "Gratuit"}),
        ),
    )  # fmt: skip
    found = events("quelque chose en ligne ?", cite="namur")
    assert titles(found) == ["Webinaire VAE"]
    assert (found.cards[0]["details"], found.cards[0]["booking"]) == ("Possible à distance", "https://example.org/visio")
    assert titles(events("pour les parents ?", cite="namur")) == ["Café des parents"]
    assert titles(events("pour les jeunes ?", cite="namur")) == ["Forum des jeunes"]
    assert "Visite" not in titles(events("il reste des places libres ?", cite="namur"))
    (full,) = events("des visites ?", cite="namur").cards
    assert (full["details"], full["booking"]) == ("Complet", None)
    (young,) = events("for young people?", cite="namur", language="en").cards
    assert young["details"] == "For: 16-25 · Terms: Gratuit"


def test_a_message_is_read_in_its_own_language(change: Change, tmp_path: Path) -> None:
    give(
        change, tmp_path, "namur",
        openagenda(
            {**oa("1", "2026-12-01T14:00"), "title": "Pais e filhos"},
            {**oa("2", "2026-12-02T14:00"), "title": "Trabalhar noutro país"},
        ),
        lang="pt",
    )  # fmt: skip
    assert titles(events("oficinas para pais", cite="namur", spoken="pt")) == ["Pais e filhos"]
    assert "Trabalhar noutro país" in titles(events("algo sobre outro país?", cite="namur", spoken="pt"))
    for text, spoken in (("not far from home", "en"), ("algo en otro pais", "es")):
        assert len(titles(events(text, cite="namur", spoken=spoken))) == 2, text


def test_what_does_not_fit_all_is_said_not_to(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Atelier CV", "2026-12-01T14:00")))
    found = events("un atelier CV en ligne ?", cite="namur")
    assert (found.responses, titles(found)) == (["events_other_kind"], ["Atelier CV"])


def test_a_later_date_is_offered_when_the_first_is_full(change: Change, tmp_path: Path) -> None:
    full = {**oa("Atelier CV", "2026-12-01T14:00"), "uid": "1", "status": 5}
    later = {**oa("Atelier CV", "2026-12-08T14:00"), "uid": "2"}
    give(change, tmp_path, "namur", openagenda(full, oa("Forum", "2026-12-04T14:00"), later))
    found = events("quoi de prévu ?", cite="namur")
    assert [(card["title"], card["when"][:16], card["details"]) for card in found.cards] == [
        ("Forum", "vendredi 4 décem", None), ("Atelier CV", "mardi 8 décembre", None)
    ]  # fmt: skip
    found = events("le 1er décembre ?", "le 1er décembre", cite="namur")
    assert [card["details"] for card in found.cards] == ["Complet"]


def test_a_moment_and_a_habit(change: Change, tmp_path: Path) -> None:
    assert titles(events("samedi à 9h", "samedi à 9h")) == ["Orientation : l'heure des parents"]
    found = events("samedi à 15h", "samedi à 15h")
    assert found.responses == ["events_wider"]
    assert found.cards[0]["when"] == "samedi 28 novembre, 10 h – 11 h 30"  # the nearest: that same day
    give(
        change, tmp_path, "namur",
        openagenda(*(oa(f"Jeudi {day}", f"2026-{day}T14:00") for day in ("11-26", "11-27", "12-03", "12-10"))),
    )  # fmt: skip
    found = events("tous les jeudis", "tous les jeudis", cite="namur")
    assert (found.responses, titles(found)) == (["events"], ["Jeudi 11-26", "Jeudi 12-03", "Jeudi 12-10"])


def test_the_rest_of_a_habit_keeps_to_it(change: Change, tmp_path: Path) -> None:
    days = [*(f"11-{day}" for day in range(26, 31)), *(f"12-{day:02}" for day in range(1, 25))]
    give(change, tmp_path, "namur", openagenda(*(oa(f"Le {day}", f"2026-{day}T14:00") for day in days)))
    found = events("tous les jeudis", "tous les jeudis", cite="namur")
    assert titles(found) == ["Le 11-26", "Le 12-03", "Le 12-10"]
    assert titles(press(found, "Voir la suite", cite="namur")) == ["Le 12-17", "Le 12-24"]


def test_the_nearest_dates_come_first_when_there_is_nothing_on_those_asked(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Avant", "2026-12-01T14:00"), oa("Après", "2027-02-10T14:00")))
    found = events("en janvier ?", "en janvier", cite="namur")
    assert (found.responses, titles(found)) == (["events_wider"], ["Après"])
    give(change, tmp_path, "namur", openagenda(oa("Avant", "2026-12-01T14:00")))
    found = events("en janvier ?", "en janvier", cite="namur")
    assert (found.responses, titles(found)) == (["events_sooner"], ["Avant"])


def test_what_comes_later_is_no_other_date_when_none_was_asked(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2027-01-20T14:00")))
    assert events("quoi de prévu ?", cite="namur").responses == ["events"]


def test_other_dates_at_other_places_are_said_to_be(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2026-11-28T14:00"), oa("Salon", "2026-12-09T14:00")))
    for dated, responses, shown in (
        ("samedi", ["no_agenda", "events_other_places"], ["Forum"]),
        ("dimanche", ["no_agenda", "events_other_places_later"], ["Salon"]),
    ):
        found = answer(Events(), said("ask_events", "", [place("Liège"), *when(dated)]))
        assert (found.responses, titles(found)) == (responses, shown)


def test_online_needs_no_place(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Webinaire", "2026-12-01T14:00", attendanceMode=2)))
    found = answer(Events(), said("ask_events", "something online?", slots={"language": "en"}))
    assert (found.responses, titles(found)) == (["events_online"], ["Webinaire"])
    assert found.cards[0]["cite"] == load_cites()["namur"].name("en")


def test_online_with_nothing_to_show_asks_where(change: Change, tmp_path: Path) -> None:
    assert answer(Events(), said("ask_events", "something online?")).responses == ["ask_place"]


def test_a_place_without_events_shows_those_around(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2026-12-01T14:00")))
    found = answer(Events(), near("des ateliers à Liège ?", "Liège"))
    assert found.responses == ["no_agenda", "events_other_places"]
    assert titles(found) == ["Forum"]
    assert "Namur" in found.cards[0]["cite"]


def test_far_from_any_event_the_agendas_of_others_are_offered(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2026-12-01T14:00")))
    found = answer(Events(), near("des ateliers à Marseille ?", "Marseille"))
    assert found.responses == ["no_agenda"]
    title = next(title for title in found.messages[0].buttons if "Namur" in title)
    assert titles(press(found, title)) == ["Forum"]


def test_of_a_country_all_agendas_count_and_a_border_is_told(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2026-12-01T14:00")))
    give(change, tmp_path, "liege", openagenda(oa("Salon", "2026-12-02T14:00")))
    found = answer(Events(), near("des événements en Belgique ?", "Belgique"))
    assert (found.responses, titles(found)) == (["events_near"], ["Forum", "Salon"])
    found = answer(Events(), near("à moins de 200 km de Lille", "Lille"))
    assert titles(found) == ["Forum", "Salon"]
    assert all("(Belgique)" in card["cite"] for card in found.cards)


def test_a_distance_is_kept_to_or_said_to_be_passed(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2026-12-01T14:00")))
    found = answer(Events(), near("à moins de 30 km de Liège", "Liège"))
    assert found.responses == ["events_farther"]
    assert "30 km" in found.text
    found = answer(Events(), near("à moins de 80 km de Liège", "Liège"))
    assert found.responses == ["events_near"]


def test_the_page_of_the_agenda_is_told_when_there_is_nothing_then(change: Change, tmp_path: Path) -> None:
    give(change, tmp_path, "namur", openagenda(oa("Forum", "2027-01-10T14:00")), page="https://www.example.org/agenda")
    found = events("samedi ?", "samedi", cite="namur")
    assert found.responses == ["events_wider", "agenda_page"]
    assert "https://www.example.org/agenda" in found.text
    give(change, tmp_path, "namur", openagenda(), page="https://www.example.org/agenda")
    assert events("samedi ?", "samedi", cite="namur").responses == ["no_events", "agenda_page"]


def test_a_day_is_that_of_the_cite(change: Change, tmp_path: Path) -> None:
    """Saturday in Réunion begins three hours before Saturday in Paris, in winter."""
    late = {"uid": "1", "title": "Nocturne", "timings": [{"begin": "2026-11-28T23:00:00+04:00", "end": None}]}
    give(change, tmp_path, "la-reunion", openagenda(late))
    found = events("samedi ?", "samedi", cite="la-reunion")
    assert (found.responses, found.cards[0]["when"]) == (["events"], "samedi 28 novembre, 23 h")
    early = {"uid": "1", "title": "Matinale", "timings": [{"begin": "2026-11-29T01:00:00+04:00", "end": None}]}
    give(change, tmp_path, "la-reunion", openagenda(early))
    assert events("samedi ?", "samedi", cite="la-reunion").responses == ["events_wider"]


def test_the_language_of_a_title_is_that_of_its_source_else_of_the_place(change: Change, tmp_path: Path) -> None:
    timings = [{"begin": "2026-12-01T18:00:00+01:00", "end": None}]
    asked = said("ask_events", "qué hay ?", slots={"language": "es", "cite": "namur"})
    for title, told in (({"nl": "Workshop"}, "nl"), ({"en": "Workshop"}, "en")):
        give(change, tmp_path, "namur", openagenda({"uid": "1", "title": title, "timings": timings}))
        assert [card["language"] for card in answer(Events(), asked).cards] == [told]
    give(change, tmp_path, "namur", openagenda({"uid": "1", "title": "Atelier", "timings": timings}), lang=None)
    assert [card["language"] for card in answer(Events(), asked).cards] == ["fr"]
    give(change, tmp_path, "chile", openagenda({"uid": "1", "title": "Taller", "timings": timings}), lang=None)
    in_chile = said("ask_events", "qué hay ?", slots={"language": "fr", "cite": "chile"})
    assert [card["language"] for card in answer(Events(), in_chile).cards] == [None]


def test_whose_time_it_is_is_told_of_what_one_follows_from_elsewhere(change: Change, tmp_path: Path) -> None:
    timing = {"begin": "2026-12-01T18:00:00+04:00", "end": "2026-12-01T19:00:00+04:00"}
    raw = {"uid": "1", "title": "Webinaire", "timings": [timing]}
    asked = said("ask_events", "quoi ?", slots={"language": "fr", "cite": "la-reunion"})
    for mode, told in ((2, " (heure de Saint-Pierre)"), (1, "")):
        give(change, tmp_path, "la-reunion", openagenda({**raw, "attendanceMode": mode}))
        assert [card["when"] for card in answer(Events(), asked).cards] == [f"mardi 1er décembre, 18 h – 19 h{told}"]
    give(change, tmp_path, "namur", openagenda({**raw, "attendanceMode": 2}))
    assert [card["when"] for card in events("quoi ?", cite="namur").cards] == ["mardi 1er décembre, 15 h – 16 h"]


@pytest.mark.parametrize(
    ("timing", "when"),
    [
        ({"begin": "2026-12-01T14:00:00+01:00"}, "mardi 1er décembre, 14 h"),
        ({"begin": "2026-12-01T14:00:00+01:00", "end": "2026-12-02T00:00:00+01:00"}, "mardi 1er décembre, 14 h – 24 h"),
        (
            {"begin": "2026-12-01T14:00:00+01:00", "end": "2026-12-03T18:00:00+01:00"},
            "du mardi 1er décembre, 14 h au jeudi 3 décembre, 18 h",
        ),
    ],
)
def test_when_in_words(change: Change, tmp_path: Path, timing: dict[str, str], when: str) -> None:
    give(change, tmp_path, "namur", openagenda({"uid": "1", "title": "Forum", "timings": [timing]}))
    assert [card["when"] for card in events("quoi ?", cite="namur").cards] == [when]


def test_several_whole_days(change: Change, tmp_path: Path) -> None:
    lines = ("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261203")
    agenda(change, tmp_path, "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", "SUMMARY:Salon", *lines, "END:VEVENT")
    (card,) = events("what?", cite="namur", language="en").cards
    assert card["when"] == "from Monday 30 November to Wednesday 2 December"


# Sources on the network


@pytest.fixture
def site(change: Change, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """Namur's agenda is at an address of this machine."""
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    monkeypatch.setattr(feeds, "VAR", tmp_path / "var")
    monkeypatch.setattr(feeds, "_failed", {})
    with serving() as site:
        site.answer = serve(openagenda(oa("Forum", "2026-12-01T14:00")).encode())
        source = {"openagenda": site.url, "lang": "fr", "source": "https://example.org/", "checked_on": "2026-11-22"}
        change("namur", agenda=[source])
        yield site


def test_an_agenda_of_the_network(site: Site) -> None:
    found = events("quoi ?", cite="namur")
    assert (found.responses, titles(found)) == (["events"], ["Forum"])


def test_a_source_that_is_silent_is_waited_for_once_however_the_search_widens(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[float] = []
    listing = agenda_sources.listing

    def watched(source: AgendaSource, zone: ZoneInfo, until: float) -> Any:
        ends.append(until)
        return listing(source, zone, until)

    monkeypatch.setattr(agenda_sources, "listing", watched)
    site.answer = site.say_nothing
    found = events("un atelier CV en ligne samedi ?", "samedi", cite="namur")
    assert len(ends) > 1 and len(set(ends)) == 1
    assert found.responses == ["agenda_unread"]
    assert "je n'arrive pas à lire" in found.text


def test_a_source_that_fails_is_told(site: Site) -> None:
    site.answer = serve(b"<html>", 200, Content_Type="application/json")
    assert events("quoi ?", cite="namur").responses == ["agenda_unread"]


def test_the_age_is_told_after_a_day_and_not_before(site: Site) -> None:
    events("quoi ?", cite="namur")
    site.answer = serve(b"", 503)
    (note,) = (feeds.VAR / "agenda").glob("*.json")
    for hours, told in ((20, ["events"]), (30, ["events", "agenda_old"])):
        then = time.time() - hours * 3600
        os.utime(note, (then, then))
        assert events("quoi ?", cite="namur").responses == told


def test_one_of_two_sources_that_cannot_be_read_is_told(site: Site, change: Change) -> None:
    proof = {"lang": "fr", "source": "https://example.org/", "checked_on": "2026-11-22"}
    change("namur", agenda=[{"openagenda": site.url, **proof}, {"ics": "http://127.0.0.1:9/a.ics", **proof}])
    assert events("quoi ?", cite="namur").responses == ["events", "agenda_partly"]


@pytest.mark.parametrize(
    ("dated", "first"),
    [
        *(("avant samedi", "mercredi 25 novembre"), ("d'ici samedi", "mercredi 25 novembre")),
        *(("après samedi", "lundi 30 novembre"), ("à partir de samedi", "samedi 28 novembre")),
        ("pas avant jeudi", "jeudi 26 novembre"),
    ],
)
def test_a_day_with_a_side_opens_the_search(dated: str, first: str) -> None:
    """The words that tell the side are no theme."""
    found = events(f"{dated}, des ateliers ?", dated)
    assert found.responses == ["events"]
    assert len(found.cards) == 3 and found.cards[0]["when"].startswith(first)


def test_nothing_before_a_day_what_comes_next_is_said_to_be_later() -> None:
    found = events("avant demain ?", "avant demain", now="2026-11-25T22:00:00+01:00")
    assert found.responses == ["events_wider"]
