"""Which events are wanted: words of the message, theme, sense, from afar, for whom, free places; how long it takes."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import encoder, event_words, sense
from bot.knowledge.event import Dated, Event
from bot.knowledge.event_filters import Wanted, chosen
from bot.knowledge.language import UNDERSTOOD

START = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Paris"))


def event(title: str, **more: Any) -> Event:
    return Event(title, title, START, START + timedelta(hours=2), False, **more)


def titles(found: list[Event], wanted: Wanted, **more: Any) -> list[str]:
    return [each.title for each in chosen(found, wanted, **more)]


@pytest.mark.parametrize(
    ("language", "text", "theme"),
    [
        ("fr", "quoi de prévu ?", None),
        *(("fr", "il y a quoi maintenant ?", None), ("en", "what's on right now?", None)),
        ("fr", "Prochains ateliers CV", "CV"),
        ("fr", "y a-t-il quelque chose sur la cybersécurité, svp ?", "cybersécurité"),
        ("en", "something online?", None),
        ("en", "are there any workshops on solar energy for women within 30 km?", "solar energy"),
        ("en", "a workshop on AI?", "AI"),  # an empty word in French
        ("en", "anything on sale or web design?", "sale web design"),
        ("es", "¿hay algún taller sobre energía solar?", "energía solar"),
        ("it", "ci sono incontri sul lavoro nel turismo?", "lavoro turismo"),
        ("it", "c'è un workshop su CV online?", "CV"),
        ("pt", "há oficinas sobre turismo?", "turismo"),
        ("fr", "reste-t-il des places ?", None),
        ("de", "gibt es Veranstaltungen über Pflege?", "Pflege"),
        ("nl", "zijn er workshops over zorg?", "zorg"),
        ("ca", "hi ha tallers sobre turisme?", "turisme"),
        ("xx", "des ateliers CV", "CV"),
        ("fr", "", None),
        ("fr", "je voudrais " + "beaucoup de choses différentes vraiment très variées " * 5, None),
    ],
)
def test_the_theme_of_a_message(language: str, text: str, theme: str | None) -> None:
    assert event_words.theme(text, language) == theme


@pytest.mark.parametrize(
    ("theme", "text", "told"),
    [
        ("montar empresa", "¿algo sobre montar una empresa?", "montar una empresa"),
        ("CV", "un atelier CV ?", "CV"),
        ("solar energy", "solar" + " and" * 30 + " energy", "solar energy"),
        ("énergie solaire", "rien", "énergie solaire"),
    ],
)
def test_the_encoder_is_told_a_theme_as_it_was_said(theme: str, text: str, told: str) -> None:
    assert event_words.in_context(theme, text) == told


def test_dates_and_places_are_no_theme() -> None:
    text = "qu'est-ce qu'il y a samedi à Marseille ?"
    cut = [(text.index(word), text.index(word) + len(word)) for word in ("samedi", "Marseille")]
    assert event_words.theme(text, "fr", cut) is None


@given(
    st.text(max_size=60),
    st.sampled_from(UNDERSTOOD),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_any_text_is_read(text: str, language: str, cut: list[tuple[int, int]]) -> None:
    if theme := event_words.theme(text, language, cut):
        event_words.in_context(theme, text)
    event_words.radius_km(text)
    event_words.audience(text, language)


@pytest.mark.parametrize(
    ("text", "km"),
    [
        *(("à moins de 30 km", 30), ("within 15 kilometres", 15), ("a menos de 20 kilómetros", 20), ("20km", 20)),
        *(("entro 10 chilometri", 10), ("a 50 quilómetros", 50), ("1000 km", None)),
        *(("0 km", None), ("30 minutes", None)),
    ],
)
def test_a_distance(text: str, km: float | None) -> None:
    assert event_words.radius_km(text) == km


@pytest.mark.parametrize(
    ("language", "text", "audience"),
    [
        *(("fr", "un forum pour les jeunes", "young"), ("en", "for parents?", "parents")),
        *(("es", "para estudiantes", "students"), ("fr", "je suis demandeuse d'emploi", "job_seekers")),
        *(("it", "per le donne", "women"), ("fr", "un atelier CV", None), ("it", "per disoccupati", "job_seekers")),
        *(("pt", "há oficinas para pais?", "parents"), ("pt", "oficinas no meu país", None)),
        *(("es", "talleres en otro país", None), ("es", "otro pais", None), ("es", "para JOVENES", "young")),
        *(("fr", "on donne quoi comme conseils ?", None), ("en", "a talk about the mares?", None)),
    ],
)
def test_an_audience(language: str, text: str, audience: str | None) -> None:
    assert event_words.audience(text, language) == audience


@pytest.mark.parametrize(
    ("language", "text", "online"),
    [
        *(("en", "anything online?", True), ("fr", "un webinaire ?", True), ("fr", "des ateliers on-line", True)),
        *(("en", "anything not far from home?", False), ("en", "an event I can join from home", True)),
        *(("pt", "algo perto de casa?", False), ("pt", "algo à distancia?", True), ("pt", "a partir de casa", True)),
        *(("it", "qualcosa non lontano da casa?", False), ("it", "posso partecipare da casa?", True)),
        *(("de", "nicht weit von zu hause", False), ("de", "von zu Hause aus", True)),
        *(("es", "algo desde casa", True), ("ca", "en línia?", True), ("nl", "iets op afstand?", True)),
    ],
)
def test_what_asks_for_something_from_afar(language: str, text: str, online: bool) -> None:
    assert event_words.asks_online(text, language) is online


def test_an_audience_is_found_in_whatever_language_the_agenda_is() -> None:
    found = [event("Café des parents"), event("Taller", description="Para madres y padres"), event("Forum")]
    assert titles(found, Wanted(audience="parents")) == ["Café des parents", "Taller"]
    assert titles(found, Wanted(audience="martians")) == []


def test_an_audience_is_read_in_the_language_of_the_event_where_it_is_known() -> None:
    found = [
        event("Café", description="On donne des conseils", language="fr"),  # "donne": women in Italian
        event("Caffè delle donne", language="it"),
        event("Forum", language="fr", terms="Réservé aux femmes"),
        event("Atelier", language="fr", audience="Femmes"),
    ]
    assert titles(found, Wanted(audience="women")) == ["Caffè delle donne", "Forum", "Atelier"]


@pytest.mark.parametrize(
    ("language", "title", "remark"),
    [
        *(("fr", "ANNULÉ - Atelier CV", "cancelled"), ("fr", "[Annulé] Atelier CV", "cancelled")),
        *(("fr", "Atelier CV (reporté au 12 mai)", "cancelled"), ("fr", "ANNULE Atelier CV", "cancelled")),
        *(("fr", "Reporté : Atelier CV", "cancelled"), ("fr", "Atelier CV – complet", "full")),
        *(("fr", "COMPLET ! Atelier CV", "full"), ("fr", "Formation complète aux réseaux", None)),
        *(("fr", "Un vol annulé, quels droits ?", None), ("fr", "CV complet en une heure", None)),
        *(("en", "Cancelled: CV workshop", "cancelled"), ("en", "Full day on CVs", None)),
        *(("en", "CV clinic (full)", "full"), ("en", "Full, half or part time?", None)),
        *(("es", "Taller de CV (aplazado)", "cancelled"), ("it", "RINVIATO AL 3 MAGGIO - Laboratorio", "cancelled")),
        *(("pt", "Oficina de CV - ESGOTADO", "full"), ("nl", "AFGELAST: workshop", "cancelled")),
        *(("de", "Workshop (fällt aus)", "cancelled"), ("ca", "CANCEL·LAT - Taller", "cancelled")),
        *((None, "Annullato: laboratorio", "cancelled"), (None, "Forum", None)),
    ],
)
def test_what_a_title_says_beside(language: str | None, title: str, remark: str | None) -> None:
    assert event_words.remark(title, language) == remark
    (*found,) = Dated([event(title, language=language)]).events
    assert [each.places_left for each in found] == {"cancelled": [], "full": [0], None: [None]}[remark]


@pytest.mark.parametrize(
    ("place", "online", "left"),
    [
        *(("En ligne", True, "En ligne"), ("En visio (lien par courriel)", True, "En visio (lien par courriel)")),
        *(("Zoom", True, "Zoom"), ("En ligne, sur Teams", True, "En ligne, sur Teams")),
        ("Salle 2, en ligne droite", False, "Salle 2, en ligne droite"),
        *(("https://example.org/visio", True, None), ("Virtual Reality Lab", False, "Virtual Reality Lab")),
    ],
)
def test_a_place_that_is_none(place: str, online: bool, left: str | None) -> None:
    (found,) = Dated([event("Atelier", location=place, language="fr")]).events
    assert (found.online, found.location) == (online, left)
    assert found.url == (place if left is None else None)


def test_online_and_free_places() -> None:
    found = [event("A", online=True), event("B", places_left=0), event("C", places_left=3), event("D")]
    assert titles(found, Wanted(online=True)) == ["A"]
    assert titles(found, Wanted(free=True)) == ["A", "C", "D"]
    assert titles(found, Wanted(free=True, online=True)) == ["A"]
    assert titles(found, Wanted()) == ["A", "B", "C", "D"]


def test_a_concern_is_found_by_its_category_or_its_words_in_any_language() -> None:
    found = [
        *(event("Coup de pouce", themes=("prepare_application",)), event("Cover letter clinic")),
        *(event("Taller de currículum"), event("Visite", description="Apportez votre CV")),
    ]
    shown = ["Coup de pouce", "Cover letter clinic", "Taller de currículum"]
    assert titles(found, Wanted("prepare_application")) == shown


def test_words_are_looked_for_in_titles_before_descriptions() -> None:
    found = [event("Job-dating", description="Venez avec votre CV"), event("Atelier CV"), event("Forum")]
    assert titles(found, Wanted("cv")) == ["Atelier CV"]
    assert titles([found[0], found[2]], Wanted("cv")) == ["Job-dating"]


def test_sense_finds_what_words_miss_and_only_what_is_nearest() -> None:
    sense.load()
    found = [
        *(event("Créer son entreprise : les premiers pas"), event("Atelier de poterie")),
        *(event("Rencontre", description="Comment monter sa propre entreprise"), event("Atelier CV")),
    ]
    shown = titles(found, Wanted("starting business", "starting a business"), score=sense.score)
    assert shown == ["Créer son entreprise : les premiers pas", "Rencontre"]
    assert titles(found, Wanted("cybersecurite", "cybersécurité"), score=sense.score) == []


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the lots given to an encoder that takes a while."""
    lots: list[int] = []

    def slow(texts: list[str]) -> np.ndarray:
        lots.append(len(texts))
        time.sleep(0.02)
        return np.ones((len(texts), 4), dtype=np.float32)

    monkeypatch.setattr(encoder, "use_vectors", slow)
    monkeypatch.setattr(sense, "_table", sense._Table())
    monkeypatch.setattr(sense, "_asked", lru_cache(sense._asked.__wrapped__))
    monkeypatch.setattr(sense, "_ready", threading.Event())
    sense._ready.set()
    return lots


def test_a_text_is_encoded_once(counted: list[int]) -> None:
    for _ in range(3):
        assert sense.score("cv", ["a", "b", "a"]) == [4.0, 4.0, 4.0]
    assert sum(counted) == 3


def test_the_oldest_vectors_are_given_up_for_new_ones(counted: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sense, "KEPT", 4)
    assert sense.score("cv", ["a", "b", "c", "d"]) == [4.0] * 4
    assert sense.score("cv", ["e", "b"]) == [4.0, 4.0]
    assert sum(counted) == 6
    assert sense.score("cv", ["a"]) == [4.0]
    assert sum(counted) == 7


def test_time_is_bounded_and_the_rest_follows_behind(counted: list[int]) -> None:
    texts = [f"text {number}" for number in range(400)]
    found = sense.score("cv", texts, budget_s=0.05)
    assert 0 < sum(1 for each in found if each) < 400
    assert found[0]  # the first ones matter most
    for _ in range(500):
        if all(sense.score("cv", texts)):
            break
        time.sleep(0.01)
    assert all(sense.score("cv", texts))
    assert sum(counted) == 401


def test_without_the_encoder_nothing_is_near_and_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sense, "_ready", threading.Event())
    assert sense.score("cv", ["CV"]) == [0.0]


def test_one_is_found_among_ten_thousand_events() -> None:
    found = [
        Event(str(number), f"Atelier {number % 97} numéro {number}", at, at, False, description="des mots " * 10)
        for number in range(10_000)
        for at in [START + timedelta(minutes=50 * number)]
    ]
    month = Dated(found).between(START, START + timedelta(days=30))
    assert "13" in [event.uid for event in chosen(month, Wanted("atelier 13 numero 13"))]


@lru_cache(maxsize=1)
def ten_thousand() -> Dated:
    """An agenda of three years."""
    kinds = ("Forum alternance", "Atelier CV", "Réunion VAE", "Job-dating", "Café des parents")
    told = [(f"{kinds[number % 5]} {number}", START + timedelta(minutes=150 * number)) for number in range(10_000)]
    words = "venez nous voir nombreux " * 5
    return Dated(Event(name, name, at, at, False, language="fr", description=f"{name} : {words}") for name, at in told)


@pytest.mark.parametrize(
    "wanted", [Wanted("forum alternance"), Wanted("find_apprenticeship"), Wanted(audience="young")]
)
def test_ten_thousand_events_take_twenty_milliseconds(wanted: Wanted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty days of three years, by words and by sense; the best of ten: the machine does other things as well."""
    listing = ten_thousand()
    monkeypatch.setattr(encoder, "use_vectors", lambda texts: np.ones((len(texts), 512), dtype=np.float32) / 30)
    monkeypatch.setattr(sense, "_table", sense._Table())
    monkeypatch.setattr(sense, "_asked", lru_cache(sense._asked.__wrapped__))
    monkeypatch.setattr(sense, "_ready", threading.Event())
    sense._ready.set()
    taken = []
    for _ in range(10):
        begun = time.perf_counter()
        chosen(listing.between(START, START + timedelta(days=30)), wanted, sense.score)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.02


@pytest.mark.parametrize(("theme", "wanted"), [
    ("currículo", ["Atelier CV", "Préparer sa candidature"]), ("orientamento", ["L'heure des parents"]),
    ("recruitment", []), ("portes ouvertes", []), ("monter ma boîte", ["Premiers pas"]),
    ("Apprendistato", ["Forum alternance"])])  # fmt: skip
def test_words_of_a_concern_in_any_language_find_what_is_about_it(theme: str, wanted: list[str]) -> None:
    found = [
        event("Atelier CV"),
        event("Préparer sa candidature", themes=("prepare_application",)),
        event("L'heure des parents", themes=("choose_career",)),
        event("Premiers pas", themes=("create_business",)),
        event("Forum alternance"),
        event("Travailler et se former à l'étranger", themes=("work_abroad",)),
    ]
    assert titles(found, Wanted(theme=theme)) == wanted
