"""The planted set: how much of what is personal is masked, and how little else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.privacy.redaction import redact
from bot.privacy.spans import KINDS
from tests.privacy.planted_set import LANGUAGES, Planted, near_misses, planted, recall

_ORDINARY = Path(__file__).parents[1] / "nlu" / "messages"
_LABEL = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def all_of(language: str) -> tuple[Planted, ...]:
    return planted(language) + planted(f"{language}_held_out")


def ordinary() -> Iterator[str]:
    for path in sorted(_ORDINARY.glob("*.yml")):
        for intent in yaml.safe_load(path.read_text("utf-8")):
            yield from (_LABEL.sub(r"\1", message["text"]) for message in intent["messages"])


def test_there_are_a_thousand_messages_and_all_kinds_in_every_language() -> None:
    for language in LANGUAGES:
        messages = all_of(language)
        assert len({message.text for message in messages}) >= 200
        assert {kind for message in messages for _, _, kind in message.secrets} == set(KINDS)
    assert sum(len(all_of(language)) for language in LANGUAGES) >= 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_98_in_100_secrets_are_masked_whole(language: str) -> None:
    assert recall(all_of(language)) >= 0.98


def test_98_in_100_are_where_the_search_was_never_mended() -> None:
    assert recall(tuple(message for language in LANGUAGES for message in planted(f"{language}_held_out"))) >= 0.98


def test_little_is_masked_around_a_secret() -> None:
    """Towns, ages, sums and dates beside it stay: at most one message in a hundred loses a word."""
    messages = [message for language in LANGUAGES for message in all_of(language)]
    assert sum(bool(message.spilt()) for message in messages) <= len(messages) / 100


def test_of_ordinary_messages_at_most_one_in_a_hundred_is_touched() -> None:
    messages = list(ordinary())
    assert len(messages) > 2500
    assert sum(bool(redact(text).kinds) for text in messages) <= len(messages) / 100


def test_of_messages_that_look_like_it_at_most_one_in_a_hundred_is_touched() -> None:
    messages = list(near_misses())
    assert len(messages) > 200
    assert sum(bool(redact(text).kinds) for text in messages) <= len(messages) / 100
