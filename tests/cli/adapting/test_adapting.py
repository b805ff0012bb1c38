"""The encoder learns from examples, and what it has learnt says the same over ONNX Runtime as over TensorFlow."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from bot.cli.adapting.learning import Thoughts, learn, vectors
from bot.cli.adapting.network import Network
from bot.cli.main import main
from bot.knowledge.adaptation import Adaptation
from bot.knowledge.e5 import E5
from bot.knowledge.e5_file import E5File
from bot.nlu.adapted_reader import AdaptedReader

FIRST, LAYERS = 1, 2
EXAMPLES = {
    "find_job": ["je cherche un emploi", "trouver du travail", "qui embauche ?", "un poste de vendeur", "du boulot"],
    "find_training": ["une formation en alternance", "apprendre la soudure", "un cours du soir", "un CAP cuisine"],
    "greet": ["bonjour", "salut", "bonsoir à tous", "coucou", "hello"],
}
TEXTS = list(chain.from_iterable(EXAMPLES.values()))
NAMES = sorted(EXAMPLES)
WANTED = np.array([NAMES.index(intent) for intent, texts in EXAMPLES.items() for _ in texts], np.int32)


@pytest.fixture(scope="module")
def file() -> E5File:
    return E5File()


@pytest.fixture(scope="module")
def thoughts(file: E5File) -> Thoughts:
    return Thoughts.of(TEXTS, E5(file, layers=FIRST), "Examples")


@pytest.fixture(scope="module")
def taught(file: E5File, thoughts: Thoughts) -> Network:
    network = Network(file, FIRST, LAYERS, 4, NAMES)
    learn(network, thoughts, WANTED, 120)
    return network


def test_before_it_learns_its_vectors_are_those_of_the_encoder(file: E5File, thoughts: Thoughts) -> None:
    untaught = vectors(Network(file, FIRST, LAYERS, 4, NAMES), thoughts, range(len(TEXTS)))
    assert untaught == pytest.approx(E5(file, layers=LAYERS).query(TEXTS), abs=2e-3)  # thoughts are kept as halves


def test_it_learns_its_examples(taught: Network, thoughts: Thoughts) -> None:
    odds = taught.odds(*map(tf.constant, thoughts.batch(range(len(TEXTS))))).numpy()
    assert (odds.argmax(axis=1) == WANTED).all()


def test_what_is_written_says_the_same_over_onnx_runtime(
    taught: Network, thoughts: Thoughts, file: E5File, tmp_path: Path
) -> None:
    path = tmp_path / "folder" / "adaptation.npz"
    taught.adaptation().write(path)
    again = Adaptation.read(path)
    assert again is not None and (again.first, list(again.names)) == (FIRST, NAMES)
    plain, adapted = E5(file, layers=LAYERS, adaptation=again).both(TEXTS)
    assert plain == pytest.approx(E5(file, layers=LAYERS).query(TEXTS), abs=1e-5)
    assert adapted == pytest.approx(vectors(taught, thoughts, range(len(TEXTS))), abs=5e-3)
    odds = taught.odds(*map(tf.constant, thoughts.batch(range(len(TEXTS)))))
    wanted = tf.nn.log_softmax(odds).numpy()
    assert AdaptedReader.of(again, NAMES).scores(adapted) == pytest.approx(wanted, abs=0.1)


def test_where_nothing_is_written_there_is_none(tmp_path: Path) -> None:
    assert Adaptation.read(tmp_path / "adaptation.npz") is None


def test_intents_in_another_order_and_one_it_was_not_taught(taught: Network, file: E5File) -> None:
    adaptation = taught.adaptation()
    _, adapted = E5(file, layers=LAYERS, adaptation=adaptation).both(TEXTS)
    names = ["thank", *reversed(NAMES)]
    found, known = (AdaptedReader.of(adaptation, order).scores(adapted) for order in (names, NAMES))
    assert found[:, :0:-1] == pytest.approx(known, abs=1e-4)
    assert np.exp(found[:, 0]) == pytest.approx(1 / len(names))


@pytest.mark.parametrize("wrong", [["--passes", "0"], ["--rank", "0"], ["--first", "7"], ["--first", "-1"]])
def test_a_wrong_option_is_told_at_once(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adapt-encoder", *wrong]) == 2
    assert wrong[0] in capsys.readouterr().err
