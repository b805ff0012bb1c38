"""Judged messages made short, for tests."""

from __future__ import annotations

from typing import Any

from bot.cli.evaluation.judged import Judged, SpanCounts


def judged(wanted: str, *ranking: str, language: str = "fr", confidence: float = 0.5, **more: Any) -> Judged:
    """A message that means `wanted` (fair readings separated by "/"), understood as `ranking`."""
    return Judged(f"{wanted}?", language, tuple(wanted.split("/")), ranking, confidence, **more)


def with_spans(**counts: tuple[int, ...]) -> Judged:
    """A message with entities: marked, found, told, true, towns, resolved."""
    return judged("inform", "inform", spans={entity: SpanCounts(*numbers) for entity, numbers in counts.items()})
