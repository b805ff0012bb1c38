"""The training examples of `data/nlu/<language>/<intent>.yml`, each with the file and the line where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

FOLDER = DATA / "nlu"


@dataclass(frozen=True)
class Example:
    """One message to learn from; `line` counts from 1."""

    text: str
    intent: str
    language: str
    file: Path
    line: int

    @property
    def place(self) -> str:
        """Where it stands, as "fr/find_job.yml:12"."""
        return f"{self.file.parent.name}/{self.file.name}:{self.line}"


def read(folder: Path = FOLDER) -> list[Example]:
    """Return all examples, by language and intent; raises `DataError` when a file cannot be read."""
    return [example for path in sorted(folder.glob("*/*.yml")) for example in _of_file(path)]


def _of_file(path: Path) -> Iterator[Example]:
    for block in read_yaml(path)["nlu"]:
        examples = block["examples"]  # a text of several lines, which begins under its key
        for offset, line in enumerate(str(examples.value).splitlines(), start=1):
            if line.startswith("- "):
                yield Example(line[2:].strip(), block["intent"].value, path.parent.name, path, examples.line + offset)
