"""Whether every message arrived once and in order, and how long that took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .doors import Row


def faults(
    name: str, sent: Sequence[tuple[str, str]], view: Sequence[dict[str, Any]], stored: Sequence[Row], echoed: bool
) -> list[str]:
    """What went wrong in one conversation, as sentences.

    `sent`: (id, text) in the order written; `view`: what the person was shown; `stored`: what the database holds;
    `echoed`: the bot answers each message once, by its own text (it greets first).
    """
    ids = [identifier for identifier, _ in sent]
    kept = [client_id for _, author, _, client_id, _ in stored if author == "person"]
    told = [(message["seq"], message["author"], message["text"]) for message in view]
    written = [(seq, author, text) for seq, author, text, _, _ in stored]
    found = compared(f"{name}: stored of what was written", ids, kept)
    found += compared(f"{name}: texts stored", [text for _, text in sent], _texts(stored, "person"))
    found += compared(f"{name}: shown of what is stored", written, told)
    found += [f"{name}: message {seq} is {how}" for seq, author, _, _, how in stored if _undone(author, how)]
    if echoed:
        expected = [f"Réponse à : {text}" for _, text in sent]
        found += compared(f"{name}: answers", expected, _texts(stored, "bot")[1:])
    return found


def percentiles(seconds: Iterable[float]) -> str:
    """ "50 %: 12 ms, 95 %: 40 ms, 99 %: 80 ms, longest: 1,200 ms" """
    known = sorted(seconds)
    if not known:
        return "none"
    told = [(f"{part} %", known[min(len(known) * part // 100, len(known) - 1)]) for part in (50, 95, 99)]
    return ", ".join(f"{name}: {1000 * value:,.0f} ms" for name, value in [*told, ("longest", known[-1])])


def _texts(stored: Sequence[Row], author: str) -> list[str]:
    return [text for _, whose, text, _, _ in stored if whose == author]


def _undone(author: str, progress: str) -> bool:
    return author == "person" and progress != "answered"


def compared(what: str, expected: Sequence[Any], found: Sequence[Any]) -> list[str]:
    """Missing, doubled, strange or out of order: one sentence for the first of them."""
    if list(expected) == list(found):
        return []
    missing, more = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    if missing:
        return [f"{what}: {sum(missing.values())} missing, the first is {next(iter(missing))!r}"]
    if more:
        return [f"{what}: {sum(more.values())} too many, the first is {next(iter(more))!r}"]
    place = next(index for index, (one, other) in enumerate(zip(expected, found)) if one != other)
    return [f"{what}: out of order from number {place} on"]
