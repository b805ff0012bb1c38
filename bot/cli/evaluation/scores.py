"""Scores over many messages: by language, by intent, by entity, and what is taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import precision_recall_fscore_support

from bot.cli.evaluation import bootstrap
from bot.cli.evaluation.bootstrap import Interval
from bot.cli.evaluation.judged import Judged
from bot.cli.labelled import ENTITIES

ALL = "all"
"""The row over all languages."""
_EXAMPLES = 3


@dataclass(frozen=True)
class LanguageScores:
    """How the messages of one language are understood: shares, and F1 of each entity."""

    language: str
    messages: int
    first: Interval
    three: Interval
    told: Interval  # the language itself, of messages long enough
    entities: dict[str, Interval]


@dataclass(frozen=True)
class IntentScores:
    """How one intent is recognised over some messages."""

    intent: str
    messages: int
    recall: float
    precision: float
    f1: float


@dataclass(frozen=True)
class EntityScores:
    """How one kind of entity is found, over all languages; an overlap counts."""

    entity: str
    marked: int
    recall: float
    precision: float
    f1: Interval
    towns: int  # places found whose town is labelled
    resolved: float | None  # which share of them is resolved to it


@dataclass(frozen=True)
class Confusion:
    """An intent taken for another, how often, and some of the messages as (language, text)."""

    meant: str
    heard: str
    messages: int
    examples: list[tuple[str, str]]


def by_language(judged: Sequence[Judged]) -> list[LanguageScores]:
    """Return the scores of each language, in alphabetical order, then those of all together."""
    languages = sorted({one.language for one in judged})
    found = [_language(name, [one for one in judged if one.language == name]) for name in languages]
    return [*found, _language(ALL, judged)]


def by_intent(judged: Sequence[Judged]) -> list[IntentScores]:
    """Return the scores of each intent that is meant or heard, in alphabetical order."""
    meant, heard = [one.meant for one in judged], [one.heard for one in judged]
    names = sorted({*meant, *heard})
    rows = zip(*precision_recall_fscore_support(meant, heard, labels=names, zero_division=1))
    return [
        IntentScores(name, int(count), float(recall), float(precision), float(f1))
        for name, (precision, recall, f1, count) in zip(names, rows)
    ]


def of_intent(intent: str, judged: Sequence[Judged]) -> IntentScores:
    """Return the scores of one intent; those of an intent neither meant nor heard are 1, as nothing was wrong."""
    found = next((one for one in by_intent(judged) if one.intent == intent), None)
    return found or IntentScores(intent, 0, 1.0, 1.0, 1.0)


def by_entity(judged: Sequence[Judged]) -> list[EntityScores]:
    """Return the scores of each kind of entity."""
    return [_entity(entity, judged) for entity in ENTITIES]


def confusions(judged: Sequence[Judged]) -> list[Confusion]:
    """Return what is taken for what, the most frequent first."""
    wrong = [one for one in judged if not one.right]
    counts = Counter((one.meant, one.heard) for one in wrong)
    return [
        Confusion(meant, heard, count, _examples(meant, heard, wrong))
        for (meant, heard), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _language(name: str, judged: Sequence[Judged]) -> LanguageScores:
    return LanguageScores(
        name,
        len(judged),
        bootstrap.mean([one.right for one in judged]),
        bootstrap.mean([one.among_three for one in judged]),
        bootstrap.mean([one.tells for one in judged if one.tells is not None]),
        {entity: bootstrap.f1(_counts(entity, judged)) for entity in ENTITIES},
    )


def _entity(entity: str, judged: Sequence[Judged]) -> EntityScores:
    counts = _counts(entity, judged)
    marked, found, told, true = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0, 0)
    towns = sum(one.spans[entity].towns for one in judged if entity in one.spans)
    resolved = sum(one.spans[entity].resolved for one in judged if entity in one.spans)
    return EntityScores(
        entity, marked, found / max(1, marked), true / max(1, told), bootstrap.f1(counts), towns,
        resolved / towns if towns else None,
    )  # fmt: skip


def _counts(entity: str, judged: Sequence[Judged]) -> list[tuple[int, int, int, int]]:
    spans = [one.spans[entity] for one in judged if entity in one.spans]
    return [(one.marked, one.found, one.told, one.true) for one in spans]


def _examples(meant: str, heard: str, wrong: Sequence[Judged]) -> list[tuple[str, str]]:
    found = [(one.language, one.text) for one in wrong if (one.meant, one.heard) == (meant, heard)]
    return found[:: max(1, len(found) // _EXAMPLES)][:_EXAMPLES]
