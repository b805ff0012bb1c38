"""Labelled messages: how they are read, and how agreement is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.cli.labelled import Labelled, Span, agreements, read

TEXT = "vers [Lyon](place) dès [lundi](date)"


def understood(*ranking: str, language: str = "fr", entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "ranking": [{"intent": intent, "confidence": 0.1} for intent in ranking],
        "language": language,
        "entities": list(entities),
    }


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fr_more.yml"
    path.write_text(f'- intent: find_job\n  messages:\n    - text: "{TEXT}"\n      or: find_training\n', "utf-8")
    (found,) = read(path)
    assert found == Labelled(
        "vers Lyon dès lundi", "fr", ("find_job", "find_training"), (Span("place", 5, 9), Span("date", 14, 19))
    )
    assert [found.text[span.start : span.end] for span in found.spans] == ["Lyon", "lundi"]


def test_a_fair_second_reading_is_right() -> None:
    message = Labelled("du travail ou une formation", "fr", ("find_job", "find_training"), ())
    (found,) = agreements([(message, understood("find_training", "greet"))])
    assert (found.first, found.among_three, found.misses) == (1, 1, [])


def test_a_miss_counts_against_both_intents() -> None:
    message = Labelled("du travail", "fr", ("find_job",), ())
    right = Labelled("une formation", "fr", ("find_training",), ())
    (found,) = agreements(
        [(message, understood("find_training", "find_job")), (right, understood("find_training"))]
    )
    assert (found.messages, found.first, found.among_three) == (2, 1, 2)
    assert (found.recall("find_job"), found.precision("find_training")) == (0.0, 0.5)
    assert found.misses == [("find_job", "find_training", "du travail")]


def test_an_overlap_is_found_and_what_is_told_too_much_costs_precision() -> None:
    message = Labelled("vers Lyon dès lundi", "fr", ("find_job",), (Span("place", 5, 9), Span("date", 14, 19)))
    told = ({"entity": "place", "start": 0, "end": 9}, {"entity": "place", "start": 14, "end": 19})
    (found,) = agreements([(message, understood("find_job", entities=told))])
    assert found.f1("place") == 2 / 3
    assert found.f1("date") == 0.0


def test_short_messages_do_not_tell_a_language() -> None:
    short, long = Labelled("ok merci", "fr", ("thank",), ()), Labelled("merci pour tout cela", "fr", ("thank",), ())
    (found,) = agreements([(short, understood("thank", language="en")), (long, understood("thank", language="en"))])
    assert (found.long_enough, found.told_language) == (1, 0)
