"""The choices of the search forms and of the review form, as (value, words)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.knowledge.cites import load_cites
from bot.knowledge.concerns import load_concerns
from bot.knowledge.intents import intents
from bot.web.conversations.models import Outcome
from bot.web.desk import labels
from bot.web.review import permits
from bot.web.review.flagged import FLAGS
from bot.web.review.models import Cause, ReviewState
from bot.web.review.reviewing import FACTS
from bot.web.words import LANGUAGES, word

Choices = list[tuple[str, str]]


def search_fields(account: Any) -> dict[str, Choices]:
    """Those that both searches have."""
    language = account.language
    return {
        "cites": [(each, labels.cite(each, language) or each) for each in permits.readable_cites(account)],
        "languages_spoken": [(each, labels.language_name(each, each) or each) for each in LANGUAGES],
        "concerns": [(each, labels.concern(each, language) or each) for each in load_concerns()],
    }


def outcomes(language: str) -> Choices:
    """What can have come of a request."""
    return [(code, labels.outcome(code, language)) for code in Outcome.values]


def flag_choices(language: str) -> Choices:
    """Why an answer was flagged."""
    return _worded("flag", FLAGS, language)


def states(language: str) -> Choices:
    """What has become of a flagged answer; "none" is for those that nobody has looked at."""
    return _worded("state", ("none", *ReviewState.values), language)


def review_fields(language: str) -> dict[str, Choices]:
    """Those of the form on one answer."""
    return {
        "states": _worded("state", ReviewState.values, language),
        "reasons": _worded("reason", Cause.values, language),
        "intents": sorted(((each, word(f"readings.{each}", language)) for each in intents()), key=lambda pair: pair[1]),
        "cites": [(each.id, each.name(language)) for each in load_cites().values()],
        "facts": _worded("fact", FACTS, language),
    }


def _worded(kind: str, values: Iterable[str], language: str) -> Choices:
    return [(value, word(f"review.{kind}_{value}", language)) for value in values]
