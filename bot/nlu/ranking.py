"""A ranking of intents, made again with one of them first."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

SURE = 0.95
"""High enough that no fallback asks again."""

Ranking = list[dict[str, Any]]


def put_first(message: Message, intent: str) -> None:
    """Rank `intent` first in `message`, nearly sure; the others share what is left in the same proportions."""
    ranking = with_first(message.get(INTENT_RANKING_KEY), intent)
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def with_first(ranking: Ranking, intent: str) -> Ranking:
    """Return such a ranking; the one given is left as it is."""
    others = [entry for entry in ranking if entry[INTENT_NAME_KEY] != intent]
    rest = sum(entry[PREDICTED_CONFIDENCE_KEY] for entry in others) or 1.0
    # Divided first: what is left over may be so little that its inverse is beyond a float.
    shares = [(1.0 - SURE) * (entry[PREDICTED_CONFIDENCE_KEY] / rest) for entry in others]
    shrunk = [{**entry, PREDICTED_CONFIDENCE_KEY: share} for entry, share in zip(others, shares)]
    return [{INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: SURE}, *shrunk]
