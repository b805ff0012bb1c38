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

_LANGUAGES = ("fr", "en", "es", "it", "pt")
# Times in lower case: what is seen once may be anybody's slip, or name; of other languages than French there is less.
_SEEN = {"fr": 2}
_NOTE = "# Made by bot/privacy/common_words.py from the examples and the occupations. No accents, no capitals.\n"
_LABEL = re.compile(r"\]\([^)]*\)|\]\{[^}]*\}")


def common(examples: Path, occupations: Path) -> list[str]:
    """The words in lower case of `<examples>/<language>/*.yml`, and those of the occupations, sorted."""
    kept: set[str] = set()
    for language in _LANGUAGES:
        seen: Counter[str] = Counter()
        for text in _texts(examples / language):
            seen.update(word.folded for word in cut(text) if word.written.islower() and not word.has_digit)
        kept |= {word for word, times in seen.items() if times >= _SEEN.get(language, 1)}
    for path in occupations.glob("*.tsv"):
        kept |= {word.folded for word in cut(path.read_text("utf-8")) if word.written.islower()}
    return sorted(kept)


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.yml")):
        lines = path.read_text("utf-8").splitlines()
        yield from (_LABEL.sub("", line) for line in lines if line.startswith("    - "))


if __name__ == "__main__":
    print(_NOTE + textwrap.fill(" ".join(common(Path(sys.argv[1]), Path(sys.argv[2]))), 150))
