"""The component that finds places, with spaCy's help."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.nlu import place_extractor
from bot.nlu.place_extractor import PlaceExtractor
from bot.nlu.spacy_place_names import place_names

from .components import created, entities, inside, message

PLACES = created(PlaceExtractor)


def read(text: str, **metadata: Any) -> list[tuple[str, str]]:
    """What is found: (text, name of the place or "?")."""
    found = entities(PLACES, text, **metadata)
    assert inside(found, text)
    return [(entity["text"], entity["value"].get("name", "?")) for entity in found]


def test_a_place_is_resolved() -> None:
    (found,) = entities(PLACES, "je suis à Villeurbanne")
    value = found.pop("value")
    assert found == {
        "entity": "place", "start": 10, "end": 22, "text": "Villeurbanne", "extractor": "PlaceExtractor"
    }
    assert (value["name"], value["country"], value["kind"]) == ("Villeurbanne", "FR", "town")
    assert 45.7 < value["lat"] < 45.8


def test_several_candidates_when_it_is_not_sure() -> None:
    (found,) = entities(PLACES, "j'habite à Saint-Denis")
    assert {place["territory"] for place in found["value"]["candidates"]} == {"FR", "RE"}


@pytest.mark.parametrize(
    ("country", "territory"), [("RE", "RE"), ("FR", "FR")]
)
def test_the_country_told_decides_among_homonyms(country: str, territory: str) -> None:
    (found,) = entities(PLACES, "j'habite à Saint-Denis", country=country)
    value = found["value"]
    first = value["candidates"][0] if "candidates" in value else value
    assert first["territory"] == territory


def test_the_cite_of_the_page_gives_the_country() -> None:
    (found,) = entities(PLACES, "à Charleroi", cite="namur")
    assert found["value"]["country"] == "BE"


def test_a_common_word_is_a_town_when_a_place_was_asked_for() -> None:
    assert entities(PLACES, "tours") == []
    assert [entity["value"]["name"] for entity in entities(PLACES, "tours", expecting="place")] == ["Tours"]


@pytest.mark.parametrize("text", ["je veux changer de métier", "un bon cours", "la cité des métiers", "ok", "", None])
def test_no_place(text: Any) -> None:
    assert entities(PLACES, text) == []


def test_what_was_found_before_is_kept() -> None:
    before = [{"entity": "language", "start": 0, "end": 5}]
    assert [entity["entity"] for entity in entities(PLACES, "à Tours", before)] == ["language", "place"]


def test_two_places() -> None:
    assert read("je cherche un stage près de Lyon ou à Nantes") == [("Lyon", "Lyon"), ("Nantes", "Nantes")]


def test_spacy_is_asked_in_french_and_in_doubt_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(place_extractor, "place_names", lambda text: asked.append(text) or place_names(text))
    for text in ("j'habite à Marseille depuis dix ans", "the town of orange is nice in the summer", "ik woon in Luik"):
        entities(PLACES, text)
    assert asked == []
    entities(PLACES, "nous habitons Orange depuis dix ans avec les enfants")
    assert len(asked) == 1


def test_spacy_names_places() -> None:
    assert place_names("Je vis à Marseille depuis dix ans avec ma famille") == [(9, 18)]


def test_spacy_reads_the_beginning_of_what_is_very_long() -> None:
    text = "Je vis à Marseille. " + "Je cherche du travail dans le commerce. " * 40 + "Je vis à Toulouse."
    assert [start for start, _ in place_names(text) if start > 1000] == []


def test_several_messages_at_once() -> None:
    both = [message("à Namur"), message("à Porto"), message(None)]
    PLACES.process(both)
    assert [len(each.get("entities")) for each in both] == [1, 1, 0]


_PIECES = [
    *("à", "St", "Denis", "69100", "Lyon", "Tours", "2A", "en", "Suisse", "-", "'", "’", "è", "İ", "ß"),
    *("\u0301", "\n", "🙂", "東京"),
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(
    st.text(max_size=120) | st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join),
    st.fixed_dictionaries({}, optional={
        "country": st.none() | st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2)),
        "expecting": st.none() | st.just("place") | st.integers(),
        "cite": st.none() | st.just("namur") | st.integers(),
        "now": st.none() | st.text(max_size=9) | st.integers(),
        "tz": st.none() | st.sampled_from(["Europe", "Indian/Reunion", "../x", "UTC"]) | st.integers(),
    }),
)  # fmt: skip
@example("İstanbul à Lyon", {})
@example("à\u00a0Lyon\u200b", {"expecting": "place"})
def test_any_text_is_read_and_spans_lie_inside(text: str, metadata: dict[str, Any]) -> None:
    found = entities(PLACES, text, **metadata)
    assert inside(found, text)
    assert all(set(entity["value"]) >= {"name", "lat"} or entity["value"]["candidates"] for entity in found)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.text(max_size=200))
def test_any_text_is_read_by_spacy(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in place_names(text))
