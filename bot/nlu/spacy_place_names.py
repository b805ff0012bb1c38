"""What spaCy's French model takes for the name of a place."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_NOT_NEEDED = ["tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler"]
_LONGEST = 1000  # characters; spaCy takes some 10 ms a hundred words


def place_names(text: str) -> list[tuple[int, int]]:
    """Return where names of places begin and end in a French `text`, of which the beginning is read.

    Only the recogniser of names is loaded; Rasa's own spaCy component runs the whole model on every training example.
    """
    return [(name.start_char, name.end_char) for name in _french()(text[:_LONGEST]).ents if name.label_ == "LOC"]


@lru_cache(maxsize=1)
def _french() -> Any:
    import fr_core_news_sm

    return fr_core_news_sm.load(exclude=_NOT_NEEDED)
