"""What a model costs, and other pipelines beside ours: a real Rasa trains one, and it is asked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.cli.evaluation import pipelines, probe
from bot.cli.labelled import Labelled
from bot.knowledge.paths import ROOT
from tests.cli.evaluation.judging import judged
from tests.cli.evaluation.made import COST

CONFIG = ROOT / "docs" / "pipelines" / "starter_linear.yml"
EXAMPLES = {"greet": ["bonjour", "bonsoir", "bonjour à tous"], "thank": ["merci", "merci bien", "grand merci"]}


def test_a_message_is_timed_by_what_the_core_does_and_not_by_waiting() -> None:
    heard: list[str] = []

    def understand(request: dict[str, object]) -> dict[str, object]:
        heard.append(str(request["text"]))
        if len(heard) == 3:  # the first two warm up
            time.sleep(0.2)
        return {}

    found = probe.measure(understand, ["un", "deux"])
    assert heard == ["un", "deux"] * 2
    assert len(found["seconds"]) == 2
    assert all(0 <= seconds < 0.1 for seconds in found["seconds"])


def test_memory_is_that_of_this_process() -> None:
    before = probe.peak_memory()
    held = bytearray(b"x") * 300_000_000
    assert probe.peak_memory() >= max(before, len(held))
    assert probe.peak_memory() < 20_000_000_000


@pytest.mark.timeout(300)
def test_another_pipeline_is_trained_and_scored_beside_ours(tmp_path: Path) -> None:
    intents = [f"- intent: {name}\n  examples: |\n    - " + "\n    - ".join(texts) for name, texts in EXAMPLES.items()]
    (tmp_path / "examples.yml").write_text('version: "3.1"\nnlu:\n' + "\n".join(intents) + "\n", "utf-8")
    messages = [Labelled("bonjour", "fr", ("greet",), ()), Labelled("au revoir", "fr", ("goodbye",), ())]
    ours = [judged("greet", "greet", confidence=1.0), judged("goodbye", "goodbye", confidence=1.0)]
    written = CONFIG.read_bytes()
    first, second = pipelines.compare([CONFIG], messages, ours, COST, tmp_path)
    assert (first.pipeline, first.first.value, first.error, first.cost) == ("config.yml", 1.0, 0.0, COST)
    assert (second.pipeline, second.first.value, second.difference.value) == ("starter_linear.yml", 0.5, -0.5)
    assert CONFIG.read_bytes() == written
    assert 0 < second.cost.p50 <= second.cost.p95
    assert 0 < second.cost.model < 1 < second.cost.training
    assert second.cost.memory > 100
