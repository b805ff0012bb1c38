"""What came of a request is told in the same words wherever it is told."""

from __future__ import annotations

import pytest

from bot.knowledge.catalogue import SPOKEN
from bot.web.conversations.models import Outcome
from bot.web.desk import labels
from bot.web.desk.templatetags.desk_words import outcome
from bot.web.figures.kinds import OUTCOMES
from bot.web.figures.naming import category
from bot.web.review import fields


@pytest.mark.parametrize("language", SPOKEN)
def test_the_desk_the_review_and_the_figures_use_one_list(language: str) -> None:
    assert fields.outcomes(language) == [(code, outcome(code, language)) for code in Outcome.values]
    for code in OUTCOMES:
        shown = category("outcome", code, language)
        assert shown[1:] == labels.outcome(code, language)[1:]
        assert shown[0].isupper()
    assert len({category("outcome", code, language) for code in OUTCOMES}) == len(OUTCOMES)
