"""The planted set: messages of `planted/*.yml`, in which each secret stands as `[secret](kind)`.

`python -m tests.privacy.planted_set` prints, by language, how many secrets are masked whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.privacy.redaction import redact

FOLDER = Path(__file__).parent / "planted"
LANGUAGES = ("fr", "en", "es", "it", "pt")
_MARK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([a-z-]+)\)")
_MASK = re.compile(r"\[(?:address|card|email|iban|link|name|national-number|phone)\]")


@dataclass(frozen=True)
class Planted:
    """A message as typed, with its secrets: (start, end, kind) each."""

    text: str
    secrets: tuple[tuple[int, int, str], ...]

    def leaks(self) -> list[tuple[str, str]]:
        """The secrets, with their kind, of which a letter or a digit is still there after redaction."""
        shown = shown_characters(self.text)
        return [
            (self.text[start:end], kind)
            for start, end, kind in self.secrets
            if any(self.text[at].isalnum() and at in shown for at in range(start, end))
        ]

    def spilt(self) -> str:
        """What was masked and is no secret."""
        shown = shown_characters(self.text)
        secret = {at for start, end, _ in self.secrets for at in range(start, end)}
        return "".join(char for at, char in enumerate(self.text) if char.isalnum() and at not in shown | secret)


def shown_characters(text: str) -> set[int]:
    """The places of `text` that redaction leaves as they are."""
    shown: set[int] = set()
    at = 0
    for piece in _MASK.split(redact(text).text):
        at = text.index(piece, at)
        shown.update(range(at, at + len(piece)))
        at += len(piece)
    return shown


@cache
def planted(name: str) -> tuple[Planted, ...]:
    """The messages of `planted/<name>.yml`."""
    return tuple(map(_planted, yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))))


def near_misses() -> Iterator[str]:
    """Messages that look like personal data and hold none."""
    for texts in yaml.safe_load((FOLDER / "near_misses.yml").read_text("utf-8")).values():
        yield from texts


def _planted(marked: str) -> Planted:
    text, secrets, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        secrets.append((len(text), len(text) + len(match.group(1)), match.group(2)))
        text += match.group(1)
        at = match.end()
    return Planted(text + marked[at:], tuple(secrets))


def recall(messages: Sequence[Planted]) -> float:
    """The part of the secrets that are masked whole, from 0 to 1."""
    secrets = sum(len(message.secrets) for message in messages)
    return 1 - sum(len(message.leaks()) for message in messages) / secrets


def figures() -> str:
    """A line a language: messages, secrets, recall of those mended on, of those held out, of both."""
    lines = ["language  messages  secrets  seen   held out  all"]
    everything: tuple[Planted, ...] = ()
    for language in LANGUAGES:
        seen, held_out = planted(language), planted(f"{language}_held_out")
        everything += seen + held_out
        lines.append(_line(language, seen, held_out))
    return "\n".join([*lines, f"all       {len(everything):8}  {'':22}       {recall(everything):.3f}"])


def _line(language: str, seen: Sequence[Planted], held_out: Sequence[Planted]) -> str:
    both = [*seen, *held_out]
    secrets = sum(len(message.secrets) for message in both)
    parts = f"{recall(seen):.3f}  {recall(held_out):.3f}     {recall(both):.3f}"
    return f"{language:8}  {len(both):8}  {secrets:7}  {parts}"


if __name__ == "__main__":
    print(figures())
