"""What people read of what was masked in their words."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact
from bot.web import masks
from bot.web.words import LANGUAGES

KINDS = ("address", "card", "email", "iban", "link", "name", "national-number", "phone")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(language: str) -> None:
    told = masks.told(KINDS, language)
    shown = masks.in_words(" ".join(f"[{kind}]" for kind in KINDS), KINDS, language)
    assert "{" not in told and len(set(shown.split("] ["))) == len(KINDS)


def test_what_was_masked_is_told() -> None:
    masked = redact("mon numéro est le 06 39 98 12 34 et mon mail jo@example.org")
    assert masked.kinds == ("email", "phone")
    assert "une adresse e-mail et un numéro de téléphone" in masks.told(masked.kinds, "fr")
    assert masks.in_words(masked.text, masked.kinds, "fr") == "mon numéro est le [téléphone] et mon mail [e-mail]"


def test_a_mask_that_may_be_mistaken_says_what_to_do() -> None:
    assert masks.told(["name"], "en").endswith(masks.word("masks.mistaken", "en"))
    assert masks.word("masks.mistaken", "en") not in masks.told(["phone"], "en")


def test_brackets_of_the_persons_own_stay() -> None:
    assert masks.in_words("[phone] [sic] [name]", ["name"], "es") == "[phone] [sic] [nombre]"


def test_a_language_that_is_only_understood() -> None:
    assert masks.told(["phone"], "de") == masks.told(["phone"], masks.language_of("masks.told", "de"))
