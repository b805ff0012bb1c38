"""Makes `words/common.txt`: what people write in lower case about work, which is therefore no name.

python -m bot.privacy.common_words data/nlu data/occupations > bot/privacy/words/common.txt
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.privacy.tokens import cut
from bot.privacy.vocabulary import words_of

_LANGUAGES = ("fr", "en", "es", "it", "pt")
_NEIGHBOURS = ("ca", "de", "nl")  # what is a given name elsewhere ("marc", "ken") is no word of theirs
# Times in lower case: what is seen once may be anybody's slip, or name; of other languages than French there is less.
_SEEN = {"fr": 2, "ca": 2, "de": 2, "nl": 2}
_NOTE = "# Made by bot/privacy/common_words.py from the examples and the occupations. No accents, no capitals.\n"
_LABEL = re.compile(r"\]\([^)]*\)|\]\{[^}]*\}")


def common(examples: Path, occupations: Path) -> list[str]:
    """The words in lower case of `<examples>/<language>/*.yml`, and those of the occupations, sorted."""
    kept: set[str] = set()
    for language in _LANGUAGES:
        kept |= _written(examples / language, _SEEN.get(language, 1))
    for language in _NEIGHBOURS:
        kept |= _written(examples / language, _SEEN.get(language, 1)) - words_of("given_names")
    for path in occupations.glob("*.tsv"):
        kept |= {word.folded for word in cut(path.read_text("utf-8")) if word.written.islower()}
    return sorted(kept)


def _written(folder: Path, least: int) -> set[str]:
    """The words in lower case that are in the examples of `folder` so many times at least."""
    seen: Counter[str] = Counter()
    for text in _texts(folder):
        seen.update(word.folded for word in cut(text) if word.written.islower() and not word.has_digit)
    return {word for word, times in seen.items() if times >= least}


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.yml")):
        lines = path.read_text("utf-8").splitlines()
        yield from (_LABEL.sub("", line) for line in lines if line.startswith("    - "))


if __name__ == "__main__":
    print(_NOTE + textwrap.fill(" ".join(common(Path(sys.argv[1]), Path(sys.argv[2]))), 150))
