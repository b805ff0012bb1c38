"""The Rasa components for dates and occupations: what they add to a message."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.date_extractor import DateExtractor
from bot.nlu.occupation_extractor import OccupationExtractor

METADATA = {"now": "2026-11-24T10:30", "tz": "Indian/Reunion", "language": "fr"}


def read(
    component: Any, text: str | None, entities: list[dict[str, Any]] | None = None, **metadata: str
) -> list[dict[str, Any]]:
    message = Message({TEXT: text, ENTITIES: entities or [], "metadata": {**METADATA, **metadata}})
    component.process([message])
    return list(message.get(ENTITIES))


def test_a_date() -> None:
    assert read(DateExtractor({}), "c'est ouvert samedi ?") == [
        {
            "entity": "date",
            "start": 13,
            "end": 19,
            "text": "samedi",
            "extractor": "DateExtractor",
            "value": {"from": "2026-11-28T00:00:00+04:00", "to": "2026-11-29T00:00:00+04:00", "kind": "day"},
        }
    ]


def test_a_bare_number_is_a_date_when_asked_for() -> None:
    assert read(DateExtractor({}), "le 3") == []
    (found,) = read(DateExtractor({}), "le 3", expecting="date")
    assert found["value"]["from"] == "2026-12-03T00:00:00+04:00"


def test_the_language_found_before_counts_more_than_the_conversations() -> None:
    language = {"entity": "language", "start": 0, "end": 9, "value": "en"}
    kept, found = read(DateExtractor({}), "next week", [language])
    assert kept == language
    assert found["text"] == "next week"


def test_an_occupation() -> None:
    assert read(OccupationExtractor({}), "devenir coiffeuse") == [
        {
            "entity": "occupation",
            "start": 8,
            "end": 17,
            "text": "coiffeuse",
            "value": "hairdresser",
            "extractor": "OccupationExtractor",
        }
    ]


@pytest.mark.parametrize("component", [DateExtractor({}), OccupationExtractor({})])
@pytest.mark.parametrize("text", ["", None, "🙂", "bonjour"])
def test_nothing_to_find(component: Any, text: str | None) -> None:
    assert read(component, text) == []
