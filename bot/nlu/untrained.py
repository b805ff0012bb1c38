"""Rasa components that learn nothing: what they all are made of."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class Untrained(GraphComponent):
    """A component made of its settings alone: `config`, over those of `get_default_config`."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the settings."""
        self.config = {**self.get_default_config(), **config}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Untrained:
        """Make the component."""
        return cls(config)
