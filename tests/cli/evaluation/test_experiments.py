"""Cross-validation and learning curve, on a few real examples with real vectors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bot.cli.evaluation import examples, experiments
from bot.cli.evaluation.classifier import Settings, ask
from bot.cli.evaluation.examples import Examples
from bot.cli.examples import read
from bot.cli.labelled import Labelled
from bot.knowledge.paths import ROOT
from bot.nlu.sentence_encoder import SentenceEncoder
from tests.nlu.components import created, message

SETTINGS = Settings(4.0, (0.4, 0.3, 0.3), 1.0, 0.0)
SENTENCES = {
    "find_job": ["je cherche un emploi", "trouver du travail", "qui embauche ?", "un poste de vendeur", "du boulot",
                 "où postuler pour travailler", "une place de serveur", "des offres d'emploi"],
    "find_training": ["je cherche une formation", "apprendre la soudure", "un cours du soir", "quelle école", "un CAP",
                      "reprendre des études", "un stage pour se former", "suivre un cursus"],
    "greet": ["bonjour", "salut", "bonsoir à tous", "coucou", "hello", "bonjour madame", "salut toi", "le bonjour"],
}  # fmt: skip


def written(folder: Path) -> Path:
    for intent, texts in SENTENCES.items():
        path = folder / "fr" / f"{intent}.yml"
        path.parent.mkdir(exist_ok=True)
        lines = "".join(f"    - {text}\n" for text in texts)
        path.write_text(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{lines}', "utf-8")
    return folder


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    return examples.of_training(read(written(tmp_path_factory.mktemp("nlu"))))


def test_training_examples_are_read_with_their_vectors(known: Examples) -> None:
    assert sorted(zip(known.intents, known.texts)) == sorted(
        (intent, text) for intent, texts in SENTENCES.items() for text in texts
    )
    assert (known.use.shape, known.e5.shape, set(known.languages)) == ((24, 512), (24, 384), {"fr"})


def test_features_are_those_of_the_pipeline(known: Examples) -> None:
    """An untrained component centres on nothing."""
    asked = [message(text) for text in known.texts]
    created(SentenceEncoder, **SentenceEncoder.get_default_config()).process(asked)
    theirs = np.concatenate([one.get_dense_features("text")[1].features for one in asked])
    assert np.allclose(known.features(np.zeros(384, np.float32), 4.0), theirs, atol=1e-3)


def test_near_duplicates_of_an_intent_are_of_one_group(known: Examples) -> None:
    twice = known.some([0, 1, 2, 0, 0])
    other = Examples(twice.texts, twice.languages, [*twice.intents[:4], "another"], twice.use, twice.e5)
    found = examples.groups(other)
    assert found[0] == found[3]
    assert len(set(found)) == 4


def test_what_is_spelt_nearly_alike_is_of_one_group_however_its_vectors_lie(known: Examples) -> None:
    texts = ["wifi ?", "Wifi", "le microcrédit", "un micro-crédito", "microcréditos", "microcrédito"]
    vectors = np.eye(6, 512, dtype=np.float32)
    found = examples.groups(Examples(texts, ["fr"] * 6, ["one"] * 6, vectors, vectors[:, :384]))
    assert found[0] == found[1]
    assert found[4] == found[5]
    assert len(set(found)) == 4


def test_nobody_is_asked_about_what_he_has_learnt_nor_its_near_duplicate(known: Examples) -> None:
    """Twice the examples, once as they are and once in capitals, with other marks and another vector."""
    shouted = [f"{text.upper()} !!" for text in known.texts]
    twice = Examples(
        known.texts + shouted,
        known.languages * 2,
        known.intents * 2,
        np.concatenate([known.use, np.roll(known.use, 1, axis=1)]),
        np.concatenate([known.e5, np.roll(known.e5, 1, axis=1)]),
    )
    splits = list(experiments.splits(twice, 4))
    assert sorted(row for _, asked in splits for row in asked) == list(range(48))
    for learnt, asked in splits:
        assert not {twice.texts[row] for row in learnt} & {twice.texts[row] for row in asked}
        assert not {row % 24 for row in learnt} & {row % 24 for row in asked}


def test_each_fold_has_its_share_of_each_intent(known: Examples) -> None:
    for _, asked in experiments.splits(known, 4):
        assert Counter(known.intents[row] for row in asked) == dict.fromkeys(SENTENCES, 2)


def test_every_example_is_asked_about_by_who_has_not_learnt_it(
    known: Examples, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = known.some([*range(24)] * 2)
    found = experiments.out_of_fold(twice, SETTINGS, 4)
    assert found.names == tuple(sorted(SENTENCES))
    assert np.allclose(found.rows.sum(axis=1), 1.0, atol=1e-4)
    assert np.allclose(found.rows[:24], found.rows[24:], atol=1e-3), "twins are asked about by the same classifier"
    judged = found.judged(twice)
    assert [(one.text, one.wanted) for one in judged] == [(t, (i,)) for t, i in zip(twice.texts, twice.intents)]
    assert all(len(one.ranking) == 3 and 1 / 3 <= one.confidence <= 1 for one in judged)
    assert sum(one.right for one in judged) > len(judged) / 2
    assert "Cross-validation" in capsys.readouterr().err


def test_an_intent_that_a_fold_has_not_learnt_is_unlikely_there(known: Examples) -> None:
    """All examples of one intent are near-duplicates: they stay in one fold, and the others have none."""
    some = known.some([*range(24), 0, 0, 0, 0])
    lone = Examples(some.texts, some.languages, [*known.intents, *["thank"] * 4], some.use, some.e5)
    found = experiments.out_of_fold(lone, SETTINGS, 4)
    assert found.rows[-4:, found.names.index("thank")].tolist() == [0.0] * 4
    assert np.allclose(found.rows.sum(axis=1), 1.0, atol=1e-4)


def test_who_has_seen_the_examples_knows_them(known: Examples) -> None:
    assert all(one.right for one in ask(known.some([*range(24)] * 3), known, SETTINGS).judged(known))


def test_the_learning_curve_learns_from_more_and_more(known: Examples) -> None:
    messages = [Labelled(text, "fr", ("other", intent), ()) for text, intent in zip(known.texts, known.intents)]
    found = experiments.learning_curve(known.some([*range(24)] * 4), messages, SETTINGS)
    assert [one.examples for one in found] == [12, 24, 48, 96]
    assert (found[-1].share, found[-1].first.value, found[-1].french.value) == (1.0, 1.0, 1.0)


def test_each_share_lies_within_the_next_and_holds_every_intent(known: Examples) -> None:
    order = experiments.nested_order(known)
    for share in experiments.SHARES:
        rows = np.flatnonzero(order < share)
        assert {known.intents[row] for row in rows} == set(SENTENCES)


def test_settings_are_those_of_the_config(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n- name: bot.nlu.intent_classifier.FourReaders\n  wording: 0.9\n  sharpness: 2\n")
    assert Settings.of(config) == Settings(4.0, (0.3, 0.3, 0.9), 2.0, 0.44)
    assert sum(Settings.of(ROOT / "config.yml").weights) == pytest.approx(1.0)
