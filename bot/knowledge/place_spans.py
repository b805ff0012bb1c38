"""Places inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.knowledge import place_codes, place_typos
from bot.knowledge.gazetteer import Hit, gazetteer, named
from bot.knowledge.place_choice import NETWORK, Found, choose, nearness
from bot.knowledge.place_context import inside, of_the_cue, qualified, with_area, with_postcode
from bot.knowledge.place_districts import beside, district
from bot.knowledge.place_evidence import Evidence, Names, Sentence, is_meant, number_is_meant
from bot.knowledge.place_keys import join
from bot.knowledge.place_tokens import Token, sequences
from bot.knowledge.place_words import place_words

_LONGEST_TEXT = 4_000
_TYPO_PEOPLE = 10_000
_TIGHT_LINKS = frozenset(
    ["de", "la", "les", "l", "du", "des", "d"]
)  # "Saint-Denis de la Réunion" is one name


@dataclass(frozen=True)
class Span:
    """A place named in a text: `text[start:end]`, and what it is."""

    start: int
    end: int
    text: str
    found: Found


@dataclass(frozen=True)
class _Named:
    """Words that name places; without any hit, words that name none together ("France Travail")."""

    start: int
    end: int
    hits: list[Hit]


def spans(
    text: str, country: str | None = None, expected: bool = False, names: Names = tuple
) -> list[Span]:
    """The places that `text` names, in order, never overlapping.

    `country` is the conversation's (ISO 3166-1 or overseas territory); `expected` says that a place was just
    asked for, so that a bare "tours" is the town; `names` tells, where there is a doubt, the character spans that a
    tagger takes for places.
    """
    sentence = Sentence.of(text[:_LONGEST_TEXT], expected, names)
    found = _narrowed_by_each_other(_named(sentence, country))
    return [_span(text, sentence.words, one, country) for one in found]


def _span(text: str, words: list[Token], one: _Named, country: str | None) -> Span:
    start, end = words[one.start].start, words[one.end - 1].end
    return Span(start, end, text[start:end], choose(one.hits, country))


def _named(sentence: Sentence, country: str | None) -> list[_Named]:
    found: list[_Named] = []
    position = 0
    while position < len(sentence.words):
        one = _at(sentence, position) or _misspelt(sentence, position, country)
        if one and one.hits:
            found.append(one)
        position = one.end if one else position + 1
    return found


def _at(sentence: Sentence, start: int) -> _Named | None:
    """The place that begins at a word, if there is one."""
    words = sentence.words
    if words[start].word[0].isdigit() and (numbered := district(words, start)):
        return _Named(start, *numbered)
    if words[start].word.isdigit() and not _begins_a_name(words, start) or place_codes.is_postcode(words[start].word):
        return _at_number(sentence, start)
    for end, name in sequences(words, start):
        if end > start + 1 and name in place_words().never:
            return _Named(start, end, [])
        if name in gazetteer() and is_meant(Evidence.of(sentence, start, end, name)):
            if numbered := beside(words, name, end):
                return _Named(start, *numbered)
            hits = with_area(named(name), words[start:end])
            hits, end = qualified(of_the_cue(hits, words[:start]), words, end, _TIGHT_LINKS)
            return _Named(start, end, hits)
    return None


def _begins_a_name(words: list[Token], start: int) -> bool:
    """Whether a number is a figure before a word, which is no code: "3 Rivières"."""
    after = words[start + 1].word if start + 1 < len(words) else ""
    return len(words[start].word) == 1 and after.isalpha()


def _at_number(sentence: Sentence, start: int) -> _Named | None:
    """A postcode, with the name after it if there is one: then the name wins; or a department's number."""
    words, code = sentence.words, sentence.words[start].word
    if not (place_codes.is_postcode(code) or place_codes.is_department(code)):
        return None
    if place_codes.is_postcode(code) and start + 1 < len(words):
        for end, name in sequences(words, start + 1):
            hits = [] if name.isdigit() else named(name)
            there = {hit.place.name for hit in place_codes.code_hits(code)}
            agreed = [hit for hit in hits if hit.place.name in there]
            if hits and (agreed or not place_words().is_common(name)):
                return _Named(start, end, with_postcode(hits, code) or agreed or hits)
    if place_codes.is_portuguese(words, start):
        return _Named(start, start + 2, [hit for hit in place_codes.code_hits(code) if hit.place.country == "PT"])
    if number_is_meant(sentence, start):
        return _Named(start, start + 1, place_codes.code_hits(code))
    return None


def _misspelt(sentence: Sentence, start: int, country: str | None) -> _Named | None:
    evidence = Evidence.of(sentence, start, start + 1, sentence.words[start].word)
    if evidence.name in gazetteer() or not evidence.may_be_misspelt:
        return None
    if saints := _misspelt_saint(sentence, start):
        return saints
    most = 2 if sentence.expected else 1
    near = partial(nearness, country=country)
    for other in place_typos.closest(evidence.name, _TYPO_PEOPLE, most, near)[:1]:
        return _Named(start, start + 1, named(other))
    return None


def _misspelt_saint(sentence: Sentence, start: int) -> _Named | None:
    """ "j'habite à Siant-Nazaire"."""
    short = place_typos.saint(sentence.words[start].word)
    for end, _ in sequences(sentence.words, start) if short else ():
        name = join([str(short), *(word.word for word in sentence.words[start + 1 : end])])
        if end > start + 1 and name in gazetteer():
            return _Named(start, end, named(name))
    return None


def _narrowed_by_each_other(found: list[_Named]) -> list[_Named]:
    """ "À la Réunion, à Saint-Denis": an area named elsewhere in the sentence tells which town is meant.

    Not a country far from the network: who writes of a diploma of Venezuela, and lives in Barcelona, is in Spain.
    """
    areas = [
        hit
        for one in found
        for hit in one.hits
        if hit.place.kind in ("region", "department") or hit.place.kind == "country" and hit.place.country in NETWORK
    ]
    return [replace(one, hits=inside(one.hits, areas) or one.hits) for one in found]
