"""The config files offered for comparison: Rasa takes them and all their settings, and leaves them as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.cli.utils import validate_assistant_id_in_config
from rasa.engine import validation
from rasa.engine.graph import GraphModelConfiguration
from rasa.engine.recipes.recipe import Recipe
from rasa.shared.data import TrainingType
from rasa.shared.utils.io import read_model_configuration

from bot.cli.evaluation import pipelines
from bot.knowledge.paths import ROOT
from tests.cli.evaluation.judging import judged
from tests.cli.evaluation.made import COST

FOLDER = ROOT / "docs" / "pipelines"
CONFIGS = sorted(FOLDER.glob("*.yml"))
READER = "name: bot.nlu.intent_classifier.FourReaders"


def graph(path: Path) -> GraphModelConfiguration:
    """What Rasa makes of a config file before it trains for understanding only."""
    config = read_model_configuration(path)
    return Recipe.recipe_for_name(config["recipe"]).graph_config_for_recipe(config, {}, TrainingType.NLU)


def unknown_settings(path: Path) -> dict[str, set[str]]:
    """The settings that a component does not know, by component: Rasa itself passes over most of them in silence."""
    given_by_rasa = {"language", "persist", "validate_core", "validate_nlu"}
    nodes: Any = graph(path).train_schema.nodes
    found = {name: set(one.config) - set(one.uses.get_default_config()) - given_by_rasa for name, one in nodes.items()}
    return {name: settings for name, settings in found.items() if settings}


@pytest.mark.parametrize("path", [*CONFIGS, ROOT / "config.yml"], ids=lambda path: path.name)
def test_rasa_takes_it(path: Path) -> None:
    validation.validate(graph(path))
    assert unknown_settings(path) == {}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [("starter_linear.yml", "max_ngram", "max_ngrams"), ("encoders_linear.yml", "scale", "scales"),
     ("readers.yml", READER, f"{READER}\n    asked_together: [greet]")],
)  # fmt: skip
def test_a_setting_that_nothing_reads_is_seen(tmp_path: Path, name: str, right: str, wrong: str) -> None:
    (tmp_path / name).write_text((FOLDER / name).read_text("utf-8").replace(right, wrong), "utf-8")
    assert len(set.union(*unknown_settings(tmp_path / name).values())) == 1


def test_each_is_told_of() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    assert len(CONFIGS) >= 7
    assert all(f"`{path.name}`" in text for path in CONFIGS)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_each_is_as_it_was_written_by_hand(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert "assistant_id" not in text


def test_rasa_writes_into_a_copy(tmp_path: Path) -> None:
    """It adds an assistant_id and loses the comments of whatever file it is told to train."""
    config = tmp_path / "mine.yml"
    config.write_text("# Why.\n" + (FOLDER / "readers.yml").read_text("utf-8"), "utf-8")
    written = config.read_bytes()
    (tmp_path / "out").mkdir()
    copy = pipelines.copied(config, tmp_path / "out")
    assert copy.read_bytes() == written
    with pytest.warns(UserWarning, match="assistant_id"):
        validate_assistant_id_in_config(copy)
    assert copy.read_bytes() != written
    assert config.read_bytes() == written


def test_a_pipeline_is_compared_with_ours_message_by_message() -> None:
    ours = [judged("greet", "greet" if number % 10 else "deny", confidence=0.9) for number in range(100)]
    theirs = [judged("greet", "greet" if number % 2 else "deny", "greet", confidence=0.9) for number in range(100)]
    found = pipelines.Compared.of("theirs.yml", theirs, ours, COST)
    assert (found.pipeline, found.first.value, found.three.value, found.cost) == ("theirs.yml", 0.5, 1.0, COST)
    assert found.error == pytest.approx(0.4)
    assert found.difference is not None
    assert found.difference.value == pytest.approx(-0.4)
    assert found.difference.low < -0.4 < found.difference.high < 0.0
    assert pipelines.Compared.of("config.yml", ours, None, COST).difference is None
