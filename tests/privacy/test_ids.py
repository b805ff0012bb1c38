"""Opaque ids."""

from __future__ import annotations

import re

from bot.privacy import ids


def test_ids_and_tokens_are_long_plain_and_never_the_same() -> None:
    made = {ids.random_id() for _ in range(200)} | {ids.random_token() for _ in range(200)}
    assert len(made) == 400
    assert all(re.fullmatch(r"[\w-]{22,43}", one) for one in made)


def test_a_keyed_hash_depends_on_the_value_the_key_and_the_purpose() -> None:
    first = ids.keyed_hash("value", "key", "one")
    assert first == ids.keyed_hash("value", "key", "one")
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    others = {
        ids.keyed_hash("other", "key", "one"),
        ids.keyed_hash("value", "k", "one"),
        ids.keyed_hash("value", "key", "2"),
    }
    assert first not in others
    assert len(others) == 3


def test_what_separates_purpose_and_value_can_not_be_shifted() -> None:
    assert ids.keyed_hash("c", "key", "ab") != ids.keyed_hash("bc", "key", "a")


def test_same_compares_whole_secrets() -> None:
    assert ids.same("é secret", "é secret")
    assert not ids.same("secret", "secre")
