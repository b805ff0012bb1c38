"""The readers of an intent: what each learns, that a model keeps it, and the one that e5 as adapted is."""

from __future__ import annotations

import io
from itertools import chain

import numpy as np
import pytest
from rasa.engine.storage.resource import Resource

from bot.knowledge import encoder
from bot.nlu.adapted_reader import AdaptedReader
from bot.nlu.arrays import Arrays, from_words, prefixed, to_words, under
from bot.nlu.intent_classifier import FourReaders, Readers
from bot.nlu.sentence_encoder import ADAPTED, SentenceEncoder
from bot.nlu.wording_reader import even
from tests.nlu.components import created, message, storage

EXAMPLES = {
    "find_job": ["je cherche un emploi", "trouver du travail", "qui embauche ?", "un poste de vendeur", "du boulot"],
    "find_training": ["je cherche une formation", "apprendre la soudure", "un cours du soir", "quelle école", "un CAP"],
    "greet": ["bonjour", "salut", "bonsoir à tous", "coucou", "hello"],
}
TEXTS = list(chain.from_iterable(EXAMPLES.values())) * 3  # words met once only are left out
LABELS = [intent for intent, texts in EXAMPLES.items() for _ in texts] * 3
EQUAL = (1.0, 1.0, 1.0)


def vectors(texts: list[str]) -> np.ndarray:
    return 4 * encoder.use_vectors(texts)


@pytest.fixture(scope="module")
def readers() -> Readers:
    return Readers.fit(TEXTS, vectors(TEXTS), LABELS)


def heard(readers: Readers, text: str, weights: tuple[float, float, float] = EQUAL) -> str:
    return readers.names[int(readers.probabilities([text], vectors([text]), weights, 1.0).argmax())]


@pytest.mark.parametrize("weights", [EQUAL, (1, 0, 0), (0, 1, 0), (0, 0, 1)])
@pytest.mark.parametrize("text", TEXTS[: len(TEXTS) // 3])
def test_each_reader_knows_its_examples(
    readers: Readers, text: str, weights: tuple[float, float, float]
) -> None:
    assert heard(readers, text, weights) == LABELS[TEXTS.index(text)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("bonjour bonjour", "greet"), ("où trouver un emploi", "find_job"), ("JE CHERCHE UN EMPLOI", "find_job")],
)
def test_what_is_near_is_heard(readers: Readers, text: str, intent: str) -> None:
    assert heard(readers, text) == intent


@pytest.mark.parametrize("text", ["", " ", "🙂", "zzzz", "東京", "a" * 3000])
def test_anything_gives_probabilities(readers: Readers, text: str) -> None:
    found = readers.probabilities([text], vectors([text or " "]), EQUAL, 1.5)
    assert found.shape == (1, 3)
    assert np.isfinite(found).all()
    assert found.sum() == pytest.approx(1.0, abs=1e-4)


def test_many_at_once_are_as_one_by_one(readers: Readers) -> None:
    texts = ["salut !", "un emploi", "une formation de soudeur"]
    together = readers.probabilities(texts, vectors(texts), EQUAL, 1.5)
    for row, text in zip(together, texts):
        assert row == pytest.approx(readers.probabilities([text], vectors([text]), EQUAL, 1.5)[0], abs=1e-4)


def test_a_model_keeps_it_without_a_pickle(readers: Readers) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, **readers.arrays())
    file.seek(0)
    kept: Arrays = dict(np.load(file, allow_pickle=False))
    again = Readers.of(kept)
    assert again.names == readers.names
    texts = ["salut !", "un emploi", "une formation de soudeur"]
    before, after = (one.probabilities(texts, vectors(texts), EQUAL, 1.5) for one in (readers, again))
    assert after == pytest.approx(before, abs=0.02)


def test_e5_as_adapted_has_the_say_that_its_weight_gives() -> None:
    texts, encode = TEXTS[: len(TEXTS) // 3], created(SentenceEncoder, **SentenceEncoder.get_default_config())
    examples, said = [message(text) for text in texts], message("j'aimerais apprendre un métier manuel")
    encode.process([*examples, said])
    features = np.concatenate([one.get_dense_features("text")[1].features for one in examples])
    readers = Readers.fit(texts * 3, np.tile(features, (3, 1)), LABELS)
    adaptation = encoder.adaptation()
    assert adaptation is not None and said.get(ADAPTED).shape == (encoder.E5_DIMENSION,)
    alone = AdaptedReader.of(adaptation, readers.names).scores(said.get(ADAPTED)[None])[0]
    silent = {"meaning": 0.0, "neighbours": 0.0, "wording": 0.0, "sharpness": 1.0}
    with storage() as kept:
        FourReaders({**silent, "adapted": 1.0}, kept, Resource("readers"), readers).process([said])
    found = {one["name"]: one["confidence"] for one in said.get("intent_ranking")}
    assert found == pytest.approx(dict(zip(readers.names, np.exp(alone) / np.exp(alone).sum())), abs=1e-4)


def test_words_and_arrays_come_back() -> None:
    assert to_words(from_words(["é", " a ", "東京"])) == ["é", " a ", "東京"]
    arrays = {"a": np.array([1]), "b": np.array([2])}
    assert under("x", {**prefixed("x", arrays), **prefixed("y", arrays)}).keys() == arrays.keys()


def test_the_form_in_which_words_are_compared() -> None:
    assert even("ÉTUDES   supérieures!!!") == "etudes superieures"
