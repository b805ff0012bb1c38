"""Cross-validation and learning curve, on a few real examples with real vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.cli.evaluation import examples, experiments
from bot.cli.evaluation.classifier import Settings, ask
from bot.cli.evaluation.examples import Examples
from bot.cli.labelled import Labelled
from bot.knowledge.paths import ROOT
from bot.nlu.sentence_encoder import SentenceEncoder
from tests.nlu.components import created, message

SETTINGS = Settings(4.0, (0.4, 0.3, 0.3), 1.0)
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
    return examples.of_training(written(tmp_path_factory.mktemp("nlu")))


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


def test_every_example_is_asked_about_once_by_who_has_not_seen_it(known: Examples) -> None:
    twice = known.some([*range(24), *range(24)])
    splits = list(experiments.splits(twice, 4))
    assert sorted(row for _, asked in splits for row in asked) == list(range(48))
    for learnt, asked in splits:
        assert not {twice.texts[row] for row in learnt} & {twice.texts[row] for row in asked}


def test_cross_validation_returns_what_is_understood_of_each(
    known: Examples, capsys: pytest.CaptureFixture[str]
) -> None:
    found = experiments.cross_validate(known.some([*range(24)] * 2), SETTINGS, 4)
    assert sorted(one.text for one in found) == sorted(known.texts * 2)
    assert all(len(one.ranking) == 3 and 1 / 3 <= one.confidence <= 1 for one in found)
    assert sum(one.right for one in found) > len(found) / 2
    assert "Cross-validation" in capsys.readouterr().err


def test_who_has_seen_the_examples_knows_them(known: Examples) -> None:
    assert all(one.right for one in ask(known.some([*range(24)] * 3), known, SETTINGS))


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
    config.write_text("pipeline:\n- name: bot.nlu.intent_classifier.ThreeReaders\n  wording: 0.9\n  sharpness: 2\n")
    assert Settings.of(config) == Settings(4.0, (0.3, 0.3, 0.9), 2.0)
    assert sum(Settings.of(ROOT / "config.yml").weights) == pytest.approx(1.0)
