"""One message against what `parse` prints of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cli.evaluation.judged import NOTHING, SpanCounts, judge
from bot.cli.labelled import Labelled, Span

SAINT_DENIS = [{"name": "Saint-Denis", "country": "FR"}, {"name": "Saint-Denis", "country": "RE"}]


def understood(*ranking: str, language: str = "fr", entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "ranking": [{"intent": intent, "confidence": 0.1} for intent in ranking],
        "confidence": 0.1 if ranking else 0.0,
        "language": language,
        "entities": list(entities),
    }


def place(start: int, end: int, value: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"entity": "place", "start": start, "end": end, "value": value or {}}


def test_a_fair_second_reading_is_right() -> None:
    message = Labelled("du travail ou une formation", "fr", ("find_job", "find_training"), ())
    found = judge(message, understood("find_training", "greet"))
    assert (found.right, found.among_three, found.meant) == (True, True, "find_training")


def test_a_miss_counts_for_the_likeliest_reading() -> None:
    message = Labelled("du travail ou une formation", "fr", ("find_job", "find_training"), ())
    found = judge(message, understood("greet", "thank", "deny", "find_job"))
    assert (found.right, found.among_three, found.meant, found.heard) == (False, False, "find_job", "greet")


def test_nothing_understood_is_a_miss() -> None:
    found = judge(Labelled("du travail", "fr", ("find_job",), ()), understood())
    assert (found.right, found.heard, found.confidence) == (False, NOTHING, 0.0)


@pytest.mark.parametrize(
    ("text", "language", "tells"),
    [("ok merci", "en", None), ("merci pour tout cela", "en", False), ("merci pour tout cela", "fr", True)],
)
def test_short_messages_do_not_tell_a_language(text: str, language: str, tells: bool | None) -> None:
    assert judge(Labelled(text, "fr", ("thank",), ()), understood("thank", language=language)).tells is tells


def test_an_overlap_is_found_and_what_is_told_too_much_is_not_true() -> None:
    message = Labelled("vers Lyon dès lundi", "fr", ("find_job",), (Span("place", 5, 9), Span("date", 14, 19)))
    found = judge(message, understood("find_job", entities=(place(0, 9), place(14, 19))))
    assert found.spans["place"] == SpanCounts(marked=1, found=1, told=2, true=1)
    assert found.spans["date"] == SpanCounts(marked=1)


@pytest.mark.parametrize(
    ("towns", "value", "resolved"),
    [
        (("Genève CH",), {"name": "Genève", "country": "CH"}, 1),
        (("Genève CH",), {"name": "Genève", "country": "US"}, 0),
        (("Saint-Denis RE",), {"candidates": SAINT_DENIS}, 0),
        (("Saint-Denis FR", "Saint-Denis RE"), {"candidates": SAINT_DENIS}, 1),
        (("Saint-Denis FR", "Saint-Denis RE"), SAINT_DENIS[0], 0),
        (("Saint-Denis FR", "Saint-Denis BE"), {"candidates": SAINT_DENIS}, 0),
    ],
)
def test_a_place_is_resolved_to_its_town(towns: tuple[str, ...], value: dict[str, Any], resolved: int) -> None:
    message = Labelled("vers Lyon", "fr", ("inform",), (Span("place", 5, 9, towns),))
    found = judge(message, understood("inform", entities=(place(5, 9, value),))).spans["place"]
    assert (found.towns, found.resolved) == (1, resolved)


def test_a_place_not_found_says_nothing_of_its_town() -> None:
    message = Labelled("vers Lyon", "fr", ("inform",), (Span("place", 5, 9, ("Lyon FR",)),))
    assert judge(message, understood("inform")).spans["place"] == SpanCounts(marked=1)


def test_a_place_told_in_two_pieces_is_one_place_found() -> None:
    message = Labelled("vers Aix en Provence", "fr", ("inform",), (Span("place", 5, 20, ("Aix-en-Provence FR",)),))
    pieces = (place(5, 8, {"name": "Aix-en-Provence", "country": "FR"}), place(12, 20, {"name": "Provence"}))
    found = judge(message, understood("inform", entities=pieces)).spans["place"]
    assert found == SpanCounts(marked=1, found=1, told=2, true=2, towns=1, resolved=1)
