"""Long texts in several, nothing cut that fits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.channels.capabilities import characters, is_gsm, sms, utf16
from bot.web.channels.splitting import split

SIZES = [characters, utf16, sms]


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        ("  a b  ", 10, ["a b"]),
        ("Un mot. Deux mots. Trois.", 18, ["Un mot. Deux mots.", "Trois."]),
        ("Un mot. Deux mots. Trois.", 17, ["Un mot.", "Deux mots. Trois."]),
        ("premier paragraphe\n\nle deuxième est long", 30, ["premier paragraphe", "le deuxième est long"]),
        ("une ligne\nune autre ligne", 16, ["une ligne", "une autre ligne"]),
        ("Quoi\u00a0! Oui\u00a0? Non\u00a0!", 11, ["Quoi\u00a0!", "Oui\u00a0? Non\u00a0!"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("ab\nabcd😀", 8, ["ab", "abcd😀"]),
    ],
)
def test_where_it_is_split(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit, utf16) == pieces


@given(st.text(alphabet="ab é€😀.!?\n\u00a0", max_size=120), st.integers(8, 40), st.sampled_from(SIZES))
def test_each_fits_and_together_they_are_the_text(text: str, limit: int, size: object) -> None:
    assert callable(size)
    pieces = split(text, limit, size)
    assert all(piece and size(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
    words = re.split(r"[ \t\n]+", text)
    if all(size(word) <= limit for word in words):
        kept = [word for piece in pieces for word in re.split(r"[ \t\n]+", piece)]
        assert [word for word in kept if word.strip()] == [word for word in words if word.strip()]


def test_how_a_text_message_is_counted() -> None:
    assert (sms("abc"), sms("a€[b"), sms("abê"), sms("ê😀")) == (3, 6, 3, 3)
    assert is_gsm("Où est-ce ? Là-bas, à côté".replace("ô", "o"))
    assert not is_gsm("fenêtre") and not is_gsm("l’heure")
