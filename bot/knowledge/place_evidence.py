"""Whether words that are a place's name are meant as the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge import place_codes
from bot.knowledge.gazetteer import Rank, gazetteer
from bot.knowledge.place_tokens import Token, tokens
from bot.knowledge.place_words import Cue, PlaceWords, place_words

Names = Callable[[], Sequence[tuple[int, int]]]
"""Tells which spans of a text a tagger takes for places; asked only where there is a doubt, for it takes long."""

_LARGEST = 5_000_000  # of a country: "un diplôme de suisse"
_LARGE = 50_000  # inhabitants of a town that is named without any cue
_TOWN = 2_000
_MISSPELT_FROM = 5  # letters
_MISSPELT_AT_FROM = 7
_SHORTEST_ALTERNATE = 5
_YEARS = range(1900, 2100)
_LAST_DAY = 31
_AGE_CUES = frozenset({"bin", "am", "m", "ben", "ho", "ai", "tengo", "tenho", "tinc"})  # "ich bin 57"
_SHORT_ANSWER = 6  # words
_FRENCH_AT = frozenset({"a", "au", "aux", "la", "le", "les", "l"})
_GERMAN = frozenset(
    [
        "ich", "und", "der", "das", "ist", "nicht", "ein", "eine", "einen", "mein", "meine", "wie", "wo", "zu",
        "fur", "wir", "sie", "im", "den", "dem", "mit", "auf", "kann", "gibt", "bei", "zum", "zur", "von",
    ]
)  # fmt: skip
_ENGLISH = frozenset(["the", "that", "is", "it", "you", "this", "my", "was", "have", "had", "with", "of", "and", "i"])
_NUMBER_CUES = frozenset(
    ["dans le", "du", "le", "departement", "dept", "dep", "dans l", "departement du", "en", "code postal", "cp"]
)


@dataclass(frozen=True)
class Sentence:
    """A text cut into words, and what is known around it."""

    words: list[Token]
    expected: bool
    names: Names
    shouted: bool
    openings: frozenset[int]  # numbers of the words that begin a sentence
    german: bool  # then a capital says nothing of a name

    @classmethod
    def of(cls, text: str, expected: bool, names: Names) -> Sentence:
        """Cut `text` into words; `names` tells, when asked, the character spans of names of places."""
        words = tokens(text)
        letters = [letter for letter in text if letter.isalpha()]
        capitals = sum(letter.isupper() for letter in letters)
        openings = {
            number
            for number, word in enumerate(words)
            if number == 0 or any(mark in text[words[number - 1].end : word.start] for mark in ".!?\n:")
        }
        german = sum(word.word in _GERMAN for word in words) >= 2
        return cls(words, expected, names, capitals * 2 > len(letters), frozenset(openings), german)


@dataclass(frozen=True)
class Evidence:
    """What speaks for a name, `words[start:end]` filed under `name`, to be a place."""

    sentence: Sentence
    start: int
    end: int
    name: str

    @classmethod
    def of(cls, sentence: Sentence, start: int, end: int, name: str) -> Evidence:
        """Gather it; everything else is worked out when it is asked for."""
        return cls(sentence, start, end, name)

    @property
    def words(self) -> list[Token]:
        """The words of the name."""
        return self.sentence.words[self.start : self.end]

    @cached_property
    def cue(self) -> Cue:
        """How much the words before announce a place."""
        return place_words().cue(self.sentence.words[: self.start])

    @cached_property
    def people(self) -> int:
        """Inhabitants of the largest place of that name."""
        return gazetteer().population(self.name)

    @cached_property
    def capital(self) -> bool:
        """Whether it is written as a name where a word would not be."""
        if self.sentence.shouted or self.start in self.sentence.openings and len(self.words) == 1:
            return False
        return all(
            token.raw[0].isupper() for token in (self.words[0], self.words[-1]) if token.raw[0].isalpha()
        )

    @cached_property
    def opening_capital(self) -> bool:
        """Whether it is one word with a capital at the beginning of a sentence, which says little."""
        return (
            not self.sentence.shouted
            and self.start in self.sentence.openings
            and self.words[0].raw[0].isupper()
        )

    @cached_property
    def tagged(self) -> bool:
        """Whether a tagger took it for the name of a place."""
        first, last = self.words[0].start, self.words[-1].end
        return any(start < last and first < end for start, end in self.sentence.names())

    @cached_property
    def alone(self) -> bool:
        """Whether the rest of the message is nothing but words that go with an answer."""
        rest = self.sentence.words[: self.start] + self.sentence.words[self.end :]
        return all(token.word in place_words().fillers or token.word.isdigit() for token in rest)

    @property
    def may_be_misspelt(self) -> bool:
        """Whether a word that is no name can be one with a mistake: long and clearly announced."""
        word = self.words[0]
        return (
            len(word.word) >= _MISSPELT_FROM
            and word.word.isalpha()
            and not place_words().is_ordinary(word.word)
            and (
                self.cue == Cue.SURE
                and not self.sentence.german
                or self.cue == Cue.AT
                and self.capital
                and len(word.word) >= _MISSPELT_AT_FROM
                or self.sentence.expected
                and self.alone
            )
        )


def is_meant(evidence: Evidence) -> bool:
    """Whether a name of the gazetteer is meant as a place in its sentence."""
    words = place_words()
    if evidence.name in words.never or _measures(evidence) or _is_counted(evidence) or _is_initials(evidence):
        return False
    before = evidence.sentence.words[: evidence.start]
    if words.announces_no_place(before) or words.announces_another_name(before) and not evidence.tagged:
        return False
    if words.is_common(evidence.name):
        return _common_is_meant(evidence, words)
    return _name_is_meant(evidence)


def number_is_meant(sentence: Sentence, position: int) -> bool:
    """Whether a number is a postcode or a department's number, not a sum, an age, a date or an hour."""
    evidence = Evidence.of(sentence, position, position + 1, sentence.words[position].word)
    number = evidence.name
    if _followed_by_unit(evidence):
        return False
    if sentence.expected:
        return True
    if position and sentence.words[position - 1].word in _AGE_CUES:
        return False
    if evidence.alone and len(sentence.words) <= _SHORT_ANSWER:
        return int(number) not in _YEARS if number.isdigit() else evidence.words[0].raw.isupper()
    before = [token.word for token in sentence.words[max(0, position - 2) : position]]
    announced = bool({" ".join(before), *before[-1:]} & _NUMBER_CUES)
    if not number.isdigit():
        return announced or evidence.cue >= Cue.AT
    if len(number) == 5:
        return announced or evidence.cue > Cue.NONE or place_codes.is_filed(number)
    if len(number) == 4:
        return evidence.cue == Cue.SURE
    return announced and (not number.isdigit() or int(number) > _LAST_DAY or before[:1] == ["dans"])


def _common_is_meant(evidence: Evidence, words: PlaceWords) -> bool:
    homonym = evidence.name in words.homonyms
    capital = evidence.capital and not evidence.sentence.german
    if evidence.sentence.expected and evidence.alone:
        return homonym or evidence.people >= _TOWN
    if evidence.cue >= Cue.AT and (capital or evidence.tagged or homonym and evidence.capital):
        return homonym or evidence.people >= _TOWN // 4
    if evidence.cue == Cue.SURE:
        return homonym
    if evidence.cue == Cue.AT and homonym:
        return _is_french_at(evidence)
    if evidence.cue == Cue.OF and homonym and evidence.people >= _LARGEST:
        return True
    return homonym and capital and (evidence.cue == Cue.OF or evidence.tagged)


def _name_is_meant(evidence: Evidence) -> bool:
    known = gazetteer().best_rank(evidence.name) == Rank.NAME
    if not known and _is_doubtful(evidence):
        return False
    people = evidence.people if known else evidence.people // 5
    several = len(evidence.words) > 1
    if (
        people >= _LARGE
        or evidence.sentence.expected
        and evidence.alone
        or evidence.alone
        and people >= _TOWN
        or evidence.cue == Cue.SURE
        or evidence.cue == Cue.AT
        and people >= _TOWN // 4
        or evidence.cue == Cue.OF
        and people >= _TOWN
        or several
        and people >= _TOWN
        or evidence.opening_capital
        and people >= _TOWN * 2
    ):
        return True
    would_do = evidence.cue in (Cue.AT, Cue.OF) or people >= _TOWN // 2
    return would_do and (evidence.capital or evidence.tagged)


def _is_doubtful(evidence: Evidence) -> bool:
    """Whether another language's name for a place is likelier something else: short or ordinary words."""
    least = Cue.AT if evidence.sentence.german else Cue.OF
    if evidence.cue >= least and evidence.capital:
        return False
    short = all(len(token.word) < _SHORTEST_ALTERNATE for token in evidence.words)
    return (short or evidence.name in place_words().ordinary) and not evidence.tagged


def _is_french_at(evidence: Evidence) -> bool:
    """Whether "à nice" or "en suisse" is meant; "in nice surroundings" and "a nice place" are not."""
    before = evidence.sentence.words[evidence.start - 1]
    english = any(token.word in _ENGLISH for token in evidence.sentence.words)
    if before.word == "en":
        return any(hit.place.kind != "town" for hit in gazetteer().hits(evidence.name))
    return before.word in _FRENCH_AT and not (before.raw == "a" and english)


def _is_initials(evidence: Evidence) -> bool:
    """Whether it is written like CAP or VAE; "USA" is, too, but is a country, when it is not the verb "usa"."""
    word = evidence.words[0].raw
    if len(evidence.words) > 1 or len(word) > 4:
        return False
    if any(hit.place.kind == "country" for hit in gazetteer().hits(evidence.name)):
        return not (word.isupper() or evidence.alone or evidence.tagged or evidence.cue > Cue.NONE)
    return (
        word.isupper()
        and not evidence.sentence.shouted
        and not evidence.alone
        and evidence.cue < Cue.SURE
    )


def _measures(evidence: Evidence) -> bool:
    return evidence.words[-1].word[0].isdigit() and _followed_by_unit(evidence)


def _is_counted(evidence: Evidence) -> bool:
    """Whether it is what the number before it counts: "45 ans" is no town."""
    return evidence.start > 0 and _counts(evidence.sentence, evidence.start - 1)


def _followed_by_unit(evidence: Evidence) -> bool:
    return _counts(evidence.sentence, evidence.end - 1)


def _counts(sentence: Sentence, number: int) -> bool:
    """Whether a number stands before what it counts: "45 ans", and not the postcode of "4430 Ans"."""
    word, after = sentence.words[number].word, sentence.words[number + 1 : number + 2]
    if not (after and after[0].word in place_words().units and word[0].isdigit()):
        return False
    return not (place_codes.is_postcode(word) and after[0].raw.istitle() and after[0].word in gazetteer())
