"""The config files offered for comparison name components that exist, with settings these take."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.recipes.recipe import Recipe
from rasa.shared.utils.io import read_model_configuration

from bot.knowledge.paths import ROOT

CONFIGS = sorted((ROOT / "docs" / "pipelines").glob("*.yml"))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_rasa_takes_it(path: Path) -> None:
    config = read_model_configuration(path)
    graph = Recipe.recipe_for_name(config["recipe"]).graph_config_for_recipe(config, {})
    for node in graph.train_schema.nodes.values():
        known = {*node.uses.get_default_config(), "name", "language"}
        assert set(node.config) <= known | {"persist"} or node.uses.__module__.startswith("rasa."), node


def test_each_is_told_of() -> None:
    text = (ROOT / "docs" / "pipelines" / "README.md").read_text("utf-8")
    assert CONFIGS
    assert all(f"`{path.name}`" in text for path in CONFIGS)
