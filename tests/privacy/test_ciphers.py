"""Texts kept encrypted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from bot.privacy.ciphers import Cipher

_TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=200)


@given(_TEXTS)
@trials(max_examples=30, deadline=None)
def test_what_is_sealed_comes_out_again_and_is_never_twice_the_same(text: str) -> None:
    cipher = Cipher(["a key"], "letters")
    assert cipher.unseal(cipher.seal(text)) == text
    assert cipher.seal(text) != cipher.seal(text)
    assert cipher.unseal(text) is None


def test_a_key_can_be_changed() -> None:
    old = Cipher(["old"], "letters").seal("06 12 34 56 78")
    assert Cipher(["new", "old"], "letters").unseal(old) == "06 12 34 56 78"
    assert Cipher(["new"], "letters").unseal(old) is None
    both = Cipher(["new", "old"], "letters").seal("06")
    assert Cipher(["old"], "letters").unseal(both) is None


def test_what_is_sealed_for_one_purpose_is_not_opened_for_another() -> None:
    assert Cipher(["a key"], "numbers").unseal(Cipher(["a key"], "letters").seal("06")) is None
