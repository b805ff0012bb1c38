"""How Rasa reads the files it trains on."""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class ReadOnce(RasaFileImporter):
    """Rasa's own importer, but for the examples, which it would read three times in one training.

    Rasa keeps them by the language that is asked for, and asks with the language's name, with another one and without;
    files of examples are read alike for all.
    """

    _examples: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the examples, read at the first call."""
        if self._examples is None:
            read = super().get_nlu_data(language)
            read.training_examples = [Example.of(message) for message in read.training_examples]
            self._examples = read
        return self._examples


class Example(Message):
    """An example that is quickly copied and compared, as Rasa does half a dozen times with each before it trains."""

    _cached_fingerprint: str | None

    @classmethod
    def of(cls, message: Message) -> Example:
        """Return `message` as an example."""
        made = cls(message.data, set(message.output_properties), message.time, list(message.features))
        made._cached_fingerprint = message._cached_fingerprint
        return made

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property; what is set to what it is already leaves the fingerprint as it was."""
        known = self._cached_fingerprint if prop in self.data and self.data[prop] == info else None
        super().set(prop, info, add_to_output)
        self._cached_fingerprint = known

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        """Return a copy with properties of its own. Their values are shared: they are replaced, never changed."""
        return Example.of(self)
