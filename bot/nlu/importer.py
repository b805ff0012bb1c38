"""How Rasa reads the files it trains on."""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
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
            self._examples = super().get_nlu_data(language)
        return self._examples
