"""What was masked can be told in every language: each kind has its words, and so has the reason."""

from __future__ import annotations

import pytest

from bot.knowledge.catalogue import SPOKEN, Catalogue, placeholders
from bot.privacy.spans import KINDS

_WORDS = Catalogue.load()


@pytest.mark.parametrize("language", SPOKEN)
def test_every_kind_has_words_and_no_other_has(language: str) -> None:
    keys = {kind.replace("-", "_") for kind in KINDS}
    for part in ("masks.kind", "masks.in_place"):
        assert {key for key in _WORDS.entries[language] if key.startswith(f"{part}.")} == {
            f"{part}.{key}" for key in keys
        }


@pytest.mark.parametrize("language", SPOKEN)
def test_what_and_why_are_told_and_a_mistake_can_be_mended(language: str) -> None:
    assert placeholders(_WORDS.entries[language]["masks.told"].text) == {"kinds"}
    kinds = _WORDS.text("masks.kind.national_number", language)
    assert kinds in _WORDS.text("masks.told", language, kinds=kinds)
    assert _WORDS.text("masks.mistaken", language)
