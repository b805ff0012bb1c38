"""Whether a text announces a place that nobody knows: "près de Trifouilly"."""

from __future__ import annotations

from bot.knowledge.gazetteer import gazetteer
from bot.knowledge.place_evidence import Evidence, Sentence
from bot.knowledge.place_tokens import sequences
from bot.knowledge.place_words import Cue, place_words

_SHORTEST = 4  # letters


def announced(text: str) -> bool:
    """Tell whether words that surely announce a place ("j'habite à") stand before a name that none bears.

    A name has a capital where a word would have none: so many words are in no list.
    """
    sentence = Sentence.of(text, False, tuple)
    return not sentence.german and any(_is_unknown(sentence, position) for position in range(len(sentence.words)))


def _is_unknown(sentence: Sentence, position: int) -> bool:
    token = sentence.words[position]
    if len(token.word) < _SHORTEST or not token.word.isalpha() or place_words().is_ordinary(token.word):
        return False
    evidence = Evidence.of(sentence, position, position + 1, token.word)
    if not evidence.capital or evidence.cue != Cue.SURE:
        return False
    return not any(name in gazetteer() for _, name in sequences(sentence.words, position))
