"""The development set: labelled messages written apart from the training examples, never trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tqdm import tqdm

from bot.cli import examples, train
from bot.cli.evaluation.judged import Judged, judge
from bot.cli.labelled import Labelled, read
from bot.cli.parse import in_order
from bot.knowledge.paths import ROOT
from bot.knowledge.text import fold

MESSAGES = ROOT / "tests" / "nlu" / "messages"
NOW = "2026-11-25T10:00:00"
"""When the messages are taken to be written, so that figures do not depend on the day they are made."""


def messages(files: Iterable[Path] = ()) -> list[Labelled]:
    """Return the messages of `files`, else all of them, but for those that stand word for word among the examples.

    Two people may well have written "merci beaucoup"; understanding it proves nothing.
    """
    learnt = {fold(example.text) for example in examples.read()}
    written = [one for path in list(files) or sorted(MESSAGES.glob("*.yml")) for one in read(path)]
    return [one for one in written if fold(one.text) not in learnt]


def judged(labelled: Sequence[Labelled], model: Path = train.MODEL) -> list[Judged]:
    """Have each message understood by a model, on all cores, with progress on standard error."""
    understood = in_order(({"text": one.text, "now": NOW} for one in labelled), model)
    pairs = zip(labelled, tqdm(understood, total=len(labelled), desc="Development set", unit=" messages"))
    return [judge(message, found) for message, found in pairs]
