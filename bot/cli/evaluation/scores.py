"""Scores over many messages: by language, by intent, by entity, and what is taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.cli.evaluation import bootstrap
from bot.cli.evaluation.bootstrap import Interval
from bot.cli.evaluation.judged import Judged
from bot.cli.labelled import ENTITIES

ALL = "all"
"""The row over all languages."""
_EXAMPLES = 3


@dataclass(frozen=True)
class LanguageScores:
    """How the messages of one language are understood: shares, and F1 of each entity; None where there is none."""

    language: str
    messages: int
    first: Interval
    three: Interval
    told: Interval | None  # the language itself, of messages long enough
    entities: dict[str, Interval | None]


@dataclass(frozen=True)
class IntentScores:
    """How one intent is recognised over some messages: so many mean it.

    `recall` is None when no message means it, `precision` when none is heard as it, `f1` when neither.
    """

    intent: str
    messages: int
    recall: float | None
    precision: float | None
    f1: float | None


@dataclass(frozen=True)
class EntityScores:
    """How one kind of entity is found, over all languages; an overlap counts. None where there is nothing to share.

    Of the places found, the town is labelled for `towns`; `resolved` is the share of these that is resolved to it.
    """

    entity: str
    marked: int
    recall: float | None
    precision: float | None
    f1: Interval | None
    towns: int
    resolved: float | None


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
    names = sorted({name for one in judged for name in (one.meant, one.heard)})
    return [of_intent(name, judged) for name in names]


def of_intent(intent: str, judged: Sequence[Judged]) -> IntentScores:
    """Return the scores of one intent."""
    meant = sum(one.meant == intent for one in judged)
    heard = sum(one.heard == intent for one in judged)
    both = sum(one.meant == one.heard == intent for one in judged)
    return IntentScores(intent, meant, _share(both, meant), _share(both, heard), _share(2 * both, meant + heard))


def mean_f1(found: Iterable[IntentScores]) -> float | None:
    """Return the mean F1 of the intents that are meant, each counting the same however many messages it has."""
    scores = [one.f1 for one in found if one.messages and one.f1 is not None]
    return _share(sum(scores), len(scores))


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


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _language(name: str, judged: Sequence[Judged]) -> LanguageScores:
    told = [one.tells for one in judged if one.tells is not None]
    return LanguageScores(
        name,
        len(judged),
        bootstrap.share([one.right for one in judged]),
        bootstrap.share([one.among_three for one in judged]),
        bootstrap.share(told) if told else None,
        {entity: bootstrap.f1(_counts(entity, judged)) for entity in ENTITIES},
    )


def _entity(entity: str, judged: Sequence[Judged]) -> EntityScores:
    counts = _counts(entity, judged)
    marked, found, told, true = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0, 0)
    towns = sum(one.spans[entity].towns for one in judged if entity in one.spans)
    resolved = sum(one.spans[entity].resolved for one in judged if entity in one.spans)
    return EntityScores(
        entity, marked, _share(found, marked), _share(true, told), bootstrap.f1(counts), towns, _share(resolved, towns)
    )  # fmt: skip


def _counts(entity: str, judged: Sequence[Judged]) -> list[tuple[int, int, int, int]]:
    spans = [one.spans[entity] for one in judged if entity in one.spans]
    return [(one.marked, one.found, one.told, one.true) for one in spans]


def _examples(meant: str, heard: str, wrong: Sequence[Judged]) -> list[tuple[str, str]]:
    found = [(one.language, one.text) for one in wrong if (one.meant, one.heard) == (meant, heard)]
    return found[:: max(1, len(found) // _EXAMPLES)][:_EXAMPLES]
