"""Tells a language by pieces of words, learnt from the training examples: SMS, dialect and missing accents included.

General detectors learn from books and the web, and hardly know Catalan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

from bot.knowledge.text import clean
from bot.nlu.arrays import Arrays, from_words, to_words

_FEATURES = 2**15
_PENALTY = 1e-6
_EPOCHS = 10
_FLOOR = 1e-4  # no piece of a word is proof against a language


@dataclass(frozen=True)
class LanguageReader:
    """`names` are codes of languages; `matrix` is of shape (features, languages), `bias` (languages)."""

    names: tuple[str, ...]
    matrix: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[str]) -> LanguageReader:
        """Learn from `texts` and the code of the language of each, of which there are three or more."""
        model = SGDClassifier(
            loss="log_loss", alpha=_PENALTY, max_iter=_EPOCHS, tol=None, class_weight="balanced", random_state=0,
            n_jobs=-1,
        )
        model.fit(_pieces().transform(texts), languages)
        return cls(tuple(map(str, model.classes_)), _kept(model.coef_.T), model.intercept_.astype(np.float32))

    def probabilities(self, text: str) -> dict[str, float]:
        """Return how likely each language is."""
        found = (_pieces().transform([text]) @ self.matrix)[0] + self.bias
        likely = 1.0 / (1.0 + np.exp(-found)) + _FLOOR  # one against all others
        return dict(zip(self.names, (likely / likely.sum()).tolist()))

    def arrays(self) -> Arrays:
        """Return what a model keeps."""
        return {"names": from_words(self.names), "matrix": self.matrix.astype(np.float16), "bias": self.bias}

    @classmethod
    def of(cls, arrays: Arrays) -> LanguageReader:
        """Make it again from what a model kept."""
        return cls(tuple(to_words(arrays["names"])), _kept(arrays["matrix"]), arrays["bias"])


def _kept(matrix: NDArray[Any]) -> NDArray[np.float32]:
    return np.ascontiguousarray(matrix, dtype=np.float32)


@lru_cache(maxsize=1)
def _pieces() -> HashingVectorizer:
    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), n_features=_FEATURES, alternate_sign=False, preprocessor=_even,
        dtype=np.float32,
    )


def _even(text: str) -> str:
    return clean(text).lower()
