"""The figures as tables: printed on the terminal, put in the HTML page and in the documentation alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tabulate import tabulate

from bot.cli.evaluation import scores
from bot.cli.evaluation.bootstrap import Interval, value_of
from bot.cli.evaluation.calibration import Calibration
from bot.cli.evaluation.cost import Cost
from bot.cli.evaluation.results import WATCHED, Phrases, Results, Scores
from bot.cli.evaluation.scores import Confusion, EntityScores, IntentScores
from bot.cli.labelled import ENTITIES

_CONFUSIONS = 20
_NONE = "–"  # there was nothing to measure
_INTERVAL = "In brackets, where the score lies 95 times in 100 when the messages are drawn again."


class Quotes(str):
    """What people wrote, "[fr] bonjour · [it] ciao"; `quotes` are the pairs of language and text."""

    quotes: Sequence[tuple[str, str]]

    def __new__(cls, quotes: Sequence[tuple[str, str]]) -> Quotes:
        """Make it of the pairs."""
        made = super().__new__(cls, " · ".join(f"[{language}] {text}" for language, text in quotes))
        made.quotes = quotes
        return made


@dataclass(frozen=True)
class Table:
    """Columns and rows of ready words; `name` is a plain word, by which the documentation asks for it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    def as_text(self) -> str:
        """Return it for a terminal."""
        body = tabulate(self.rows, self.columns, tablefmt="simple", disable_numparse=True)
        return "\n".join(part for part in (self.title, self.note, body) if part)

    def as_markdown(self) -> str:
        """Return it for the documentation, without its title."""
        rows = [[cell.replace("|", "\\|") for cell in row] for row in self.rows]
        body = tabulate(rows, self.columns, tablefmt="pipe", disable_numparse=True)
        return "\n\n".join(part for part in (self.note, body) if part)


def of(results: Results) -> Iterator[Table]:
    """Yield all tables, in the order in which they are read."""
    yield _languages("languages", "Development set, by language", results.development, _INTERVAL)
    yield of_watched(results.watched, results.phrases)
    yield _entities(results.entities)
    yield _intents(results)
    yield _confusions("confusions", "Worst confusions on the development set", results.development.confusions)
    yield calibration("calibration", "Confidence on the development set", results.development.calibration)
    yield _cost(results.cost)
    if results.folds:
        yield from _folds(results.folds)
    if results.curve:
        yield _curve(results)
    if results.compared:
        yield _compared(results)


def between(found: Interval | None) -> str:
    """Return "0.912 (0.895–0.930)"."""
    return f"{found.value:.3f} ({found.low:.3f}–{found.high:.3f})" if found else _NONE


def figure(found: float | None, decimals: int = 2) -> str:
    """Return "0.91"."""
    return _NONE if found is None else f"{found:.{decimals}f}"


def calibration(name: str, title: str, found: Calibration) -> Table:
    """Return the reliability table."""
    rows = [(str(one.messages), f"{one.confidence:.3f}", f"{one.right:.3f}") for one in found.bins]
    note = f"Expected calibration error: {found.error:.3f}, over {len(found.bins)} bins of about as many messages each."
    return Table(name, title, ("messages", "mean confidence", "share right"), rows, note)


def _languages(name: str, title: str, found: Scores, note: str) -> Table:
    columns = ("language", "messages", "first right", "in three", "language told", *(f"{one} F1" for one in ENTITIES))
    rows = [
        (one.language, str(one.messages), between(one.first), between(one.three), between(one.told),
         *(figure(value_of(one.entities[entity])) for entity in ENTITIES))
        for one in found.languages
    ]  # fmt: skip
    return Table(name, title, columns, rows, note)


def of_watched(watched: Mapping[str, Sequence[IntentScores]], phrases: Phrases) -> Table:
    """Return the table of what must not be missed, by language."""
    rows = [(language, *map(_both, found)) for language, found in watched.items()]
    note = f"Recall / precision, and in brackets how many messages mean it; {_NONE} where there is none to judge by."
    note += f" By themselves, the phrases of data/distress.yml hear {phrases.heard} of {phrases.distressed}"
    note += f" messages of distress, and {phrases.others} others."
    return Table("watched", "What must not be missed", ("language", *WATCHED), rows, note)


def _both(found: IntentScores) -> str:
    return f"{figure(found.recall)} / {figure(found.precision)} ({found.messages})"


def _entities(found: Sequence[EntityScores]) -> Table:
    rows = [
        (one.entity, str(one.marked), figure(one.recall, 3), figure(one.precision, 3), between(one.f1), _resolved(one))
        for one in found
    ]
    columns = ("entity", "marked", "recall", "precision", "F1", "right town")
    return Table("entities", "Entities, over all languages", columns, rows, "An overlap counts as found.")


def _resolved(found: EntityScores) -> str:
    return _NONE if found.resolved is None else f"{found.resolved:.3f} of {found.towns}"


def _intents(results: Results) -> Table:
    found, folds = results.development.intents, results.folds.intents if results.folds else []
    by_folds = {one.intent: figure(one.f1) for one in folds}
    columns = ("intent", "messages", "recall", "precision", "F1", *(["F1 by cross-validation"] if folds else []))
    rows = [(*_intent(one), *([by_folds.get(one.intent, _NONE)] if folds else [])) for one in found]
    note = f"Mean F1 of the intents, each counting the same: {figure(scores.mean_f1(found), 3)}"
    note += f"; by cross-validation {figure(scores.mean_f1(folds), 3)}." if folds else "."
    return Table("intents", "By intent", columns, rows, note)


def _intent(found: IntentScores) -> tuple[str, ...]:
    return found.intent, str(found.messages), figure(found.recall), figure(found.precision), figure(found.f1)


def _confusions(name: str, title: str, found: Sequence[Confusion]) -> Table:
    rows = [
        (one.meant, one.heard, str(one.messages), Quotes(one.examples))
        for one in found[:_CONFUSIONS]
    ]
    return Table(name, title, ("meant", "heard", "messages", "for instance"), rows)


def _cost(found: Cost) -> Table:
    training = "not noted" if found.training is None else f"{found.training:.0f} s"
    rows = [
        ("a message on one core, half of them under", f"{found.p50:.0f} ms"),
        ("a message on one core, 95 in 100 under", f"{found.p95:.0f} ms"),
        ("model", f"{found.model:.1f} MB"),
        ("memory of a process that understands, at the most", f"{found.memory:.0f} MB"),
        ("last training, with the sentence vectors kept from before", training),
    ]
    return Table("cost", "Cost", ("what", "figure"), rows)


def _folds(found: Scores) -> Iterator[Table]:
    rows = [(one.language, str(one.messages), between(one.first), between(one.three)) for one in found.languages]
    note = "The classifier alone, each training example asked of what has learnt from the other folds."
    columns = ("language", "examples", "first right", "in three")
    yield Table("folds", "Cross-validation, by language", columns, rows, note)
    yield _confusions("folds_confusions", "Worst confusions in cross-validation", found.confusions)
    yield calibration("folds_calibration", "Confidence in cross-validation", found.calibration)


def _curve(results: Results) -> Table:
    rows = [
        (str(one.examples), str(Fraction(one.share)), between(one.first), between(one.three), between(one.french))
        for one in results.curve
    ]
    note = "The classifier alone, on the development set, after learning from a share of the examples."
    columns = ("examples", "share", "first right", "in three", "first right in French")
    return Table("curve", "Learning curve", columns, rows, note)


def _compared(results: Results) -> Table:
    columns = ("pipeline", "first right", "in three", "less ours", "calibration error", "ms", "model MB", "training s")
    rows = [
        (one.pipeline, between(one.first), between(one.three), between(one.difference), f"{one.error:.3f}",
         f"{one.cost.p50:.0f}", f"{one.cost.model:.1f}", figure(one.cost.training, 0))
        for one in results.compared
    ]  # fmt: skip
    note = "Over all languages; training with the sentence vectors kept from before."
    return Table("compare", "Other pipelines beside ours", columns, rows, note)
