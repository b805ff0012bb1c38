"""One message, what is right for it and what was understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cli.labelled import ENTITIES, Labelled, Span

_SHORT = 4  # words: shorter ones hardly tell a language
KEPT = 3
"""How many intents of a ranking count."""
NOTHING = "(nothing)"
"""What is understood by a pipeline that ranks no intent at all."""


@dataclass(frozen=True)
class SpanCounts:
    """Entities of one kind in one message; an overlap counts.

    Of those `marked`, so many were `found`; of those `told`, so many were `true`. Of the places found whose town is
    labelled (`towns`), so many were `resolved` to it.
    """

    marked: int = 0
    found: int = 0
    told: int = 0
    true: int = 0
    towns: int = 0
    resolved: int = 0


@dataclass(frozen=True)
class Judged:
    """A message: intents that are right for it (`wanted`, likeliest first), the first three understood (`ranking`).

    `confidence` is that of the first; `tells` whether its language was told, None where it is too short to tell.
    """

    text: str
    language: str
    wanted: tuple[str, ...]
    ranking: tuple[str, ...]
    confidence: float
    tells: bool | None = None
    spans: Mapping[str, SpanCounts] = field(default_factory=dict)

    @property
    def heard(self) -> str:
        """The first intent understood."""
        return self.ranking[0] if self.ranking else NOTHING

    @property
    def right(self) -> bool:
        """Whether the first intent understood is a fair reading."""
        return self.heard in self.wanted

    @property
    def among_three(self) -> bool:
        """Whether a fair reading is among the first three."""
        return not set(self.wanted).isdisjoint(self.ranking)

    @property
    def meant(self) -> str:
        """The intent it counts for: the one heard when that is fair, else the likeliest."""
        return self.heard if self.right else self.wanted[0]


def judge(message: Labelled, understood: Mapping[str, Any]) -> Judged:
    """Compare a labelled message with what `parse` prints of it."""
    ranking = tuple(entry["intent"] for entry in understood["ranking"][:KEPT])
    long_enough = len(message.text.split()) >= _SHORT
    return Judged(
        message.text,
        message.language,
        message.intents,
        ranking,
        float(understood["confidence"]),
        understood["language"] == message.language if long_enough else None,
        {entity: _spans(entity, message.spans, understood["entities"]) for entity in ENTITIES},
    )


def _spans(entity: str, labelled: Iterable[Span], understood: Iterable[Mapping[str, Any]]) -> SpanCounts:
    marked = [span for span in labelled if span.entity == entity]
    told = [one for one in understood if one["entity"] == entity]
    towns = [(span, values) for span in marked if span.towns and (values := _values(span, told))]
    return SpanCounts(
        len(marked),
        sum(any(_overlap(span, one) for one in told) for span in marked),
        len(told),
        sum(any(_overlap(span, one) for span in marked) for one in told),
        len(towns),
        sum(any(_is_resolved(span.towns, value) for value in values) for span, values in towns),
    )


def _values(span: Span, told: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one["value"] for one in told if _overlap(span, one)]


def _overlap(span: Span, told: Mapping[str, Any]) -> bool:
    return bool(span.start < told["end"] and told["start"] < span.end)


def _is_resolved(towns: Sequence[str], value: Mapping[str, Any]) -> bool:
    """One town: it is the value. Several: the person must be asked, and all of them are proposed."""
    if len(towns) == 1:
        return _name(value) == towns[0]
    return set(towns) <= {_name(one) for one in value.get("candidates", ())}


def _name(place: Mapping[str, Any]) -> str:
    return f"{place.get('name')} {place.get('country')}"
