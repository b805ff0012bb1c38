"""Phrases that stand for several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import phrase


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("veux mourir", ["veux mourir"]),
        ("(ne) veux/voudrais plus", ["veux plus", "voudrais plus", "ne veux plus", "ne voudrais plus"]),
        ("du pont/haut_du_pont", ["du pont", "du haut du pont"]),
        ("(très/pas_très) mal", ["mal", "tres mal", "pas tres mal"]),
        ("m'a frappée", ["m a frape"]),
    ],
)
def test_all_forms_are_given(written: str, forms: list[str]) -> None:
    assert [" ".join(form) for form in phrase.forms(written)] == forms


@pytest.mark.parametrize(
    "wrong", ["", "…", "a//b", "(ne", "ne) a", "((ne)) a", "(ne) (pas)", "() a", " ".join(["a/b"] * 12)]
)
def test_what_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"has|holds|stands"):
        phrase.forms(wrong)


@given(st.text(alphabet="aé'/()_ +…", max_size=30))
def test_any_phrase_is_read_or_refused(written: str) -> None:
    try:
        forms = phrase.forms(written)
    except ValueError:
        return
    assert forms
    assert all(form and all(form) for form in forms)


def test_words_are_made_even() -> None:
    assert phrase.split("Je VEUX + vivre, mourrir…") == ("je", "veux", "plus", "vivre", "mourir")


@given(st.text(max_size=200))
def test_words_made_even_stay_so(text: str) -> None:
    assert phrase.split(" ".join(phrase.split(text))) == phrase.split(text)
