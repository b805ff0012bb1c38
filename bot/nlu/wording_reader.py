"""Reads a message by its wording: a linear classifier on words, pairs of words and pieces of words.

Encoders smooth over acronyms, dialect and trade words ("PMSMP", "CFC", "rhéto"); their very letters say it. Pieces of
two to five letters forgive typos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from bot.knowledge.text import clean, fold
from bot.nlu.arrays import Arrays, from_words, to_words

_PENALTY = 3e-6
_EPOCHS = 10  # half as many again take half as long again, and understand no more
_FLOOR = 0.002  # a wording never met must not veto what the others read


@dataclass(frozen=True)
class WordingReader:
    """Two weighings of pieces and words, `matrix` of shape (features, intents), and `bias` (intents)."""

    pieces: TfidfVectorizer
    words: TfidfVectorizer
    matrix: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> WordingReader:
        """Learn from `texts`; the intents' columns are in alphabetical order."""
        pieces, words = _pieces(min_df=3), _words(min_df=2)
        features = hstack([pieces.fit_transform(texts), words.fit_transform(texts)]).tocsr()
        model = SGDClassifier(
            loss="log_loss", alpha=_PENALTY, max_iter=_EPOCHS, tol=None, class_weight="balanced", random_state=0,
            n_jobs=-1,
        )
        model.fit(features, labels)
        return cls(pieces, words, _by_rows(model.coef_.T), model.intercept_.astype(np.float32))

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return log-probabilities of shape (messages, intents)."""
        both = hstack([self.pieces.transform(texts), self.words.transform(texts)])
        features = csr_matrix(both, dtype=np.float32)  # in double, scipy would convert the whole matrix at each message
        likely = 1.0 / (1.0 + np.exp(-(features @ self.matrix + self.bias)))  # one against all others
        likely /= likely.sum(axis=1, keepdims=True)
        return np.asarray(np.log(likely + _FLOOR), dtype=np.float32)

    def arrays(self) -> Arrays:
        """Return what a model keeps."""
        return {
            "pieces": from_words(self.pieces.get_feature_names_out()),
            "pieces_weights": self.pieces.idf_.astype(np.float32),
            "words": from_words(self.words.get_feature_names_out()),
            "words_weights": self.words.idf_.astype(np.float32),
            "matrix": self.matrix.astype(np.float16),
            "bias": self.bias,
        }

    @classmethod
    def of(cls, arrays: Arrays) -> WordingReader:
        """Make it again from what a model kept."""
        pieces, words = _pieces(vocabulary=to_words(arrays["pieces"])), _words(vocabulary=to_words(arrays["words"]))
        pieces.idf_, words.idf_ = arrays["pieces_weights"], arrays["words_weights"]
        return cls(pieces, words, _by_rows(arrays["matrix"]), arrays["bias"])


def even(text: str) -> str:
    """Return `text` in the form in which its words are compared."""
    return fold(clean(text))


def _by_rows(matrix: NDArray[Any]) -> NDArray[np.float32]:
    """Row after row in memory: scipy would copy the whole matrix at each message otherwise."""
    return np.asarray(matrix, dtype=np.float32, order="C")


def _pieces(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, preprocessor=even, dtype=np.float32, **settings
    )


def _words(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True, preprocessor=even, dtype=np.float32, **settings
    )
