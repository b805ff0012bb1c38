"""Rasa's components run as Rasa runs them: real messages, a real model storage, trained and loaded back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

NOW = "2026-11-25T10:00:00+01:00"  # a Wednesday
CONTEXT = ExecutionContext(GraphSchema({}), node_name="node")


def message(text: Any, entities: Any = (), **metadata: Any) -> Message:
    """A message as the door sends it."""
    return Message({TEXT: text, ENTITIES: list(entities), "metadata": {"now": NOW, **metadata}})


def ranked(text: str, *ranking: tuple[str, float], entities: Any = ()) -> Message:
    """A message that a classifier has ranked, the likeliest first."""
    found = message(text, entities)
    entries = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    found.set(INTENT, entries[0] if entries else None)
    found.set(INTENT_RANKING_KEY, entries)
    return found


def created(component: Any, **config: Any) -> Any:
    """A component that needs no training, made as Rasa makes it."""
    with TemporaryDirectory() as folder:
        return component.create(config, LocalModelStorage(Path(folder)), Resource("component"), CONTEXT)


def entities(component: Any, text: Any, before: Any = (), **metadata: Any) -> list[dict[str, Any]]:
    """The entities of a message after the component has read it."""
    found = message(text, before, **metadata)
    component.process([found])
    return list(found.get(ENTITIES))


def inside(found: list[dict[str, Any]], text: str) -> bool:
    """Whether all spans lie in the text, none is empty, and what is quoted is what stands there."""
    return all(
        0 <= entity["start"] < entity["end"] <= len(text)
        and entity.get("text", text[entity["start"] : entity["end"]]) == text[entity["start"] : entity["end"]]
        for entity in found
    )


@contextmanager
def storage() -> Iterator[LocalModelStorage]:
    """A model storage on disk."""
    with TemporaryDirectory() as folder:
        yield LocalModelStorage(Path(folder))


def examples(by_intent: dict[str, list[str]]) -> TrainingData:
    """Training data as Rasa's importer gives it."""
    return TrainingData([Message.build(text, intent) for intent, texts in by_intent.items() for text in texts])
