"""Places as people name them: which town, postcode, department, region or country is meant."""

from __future__ import annotations

from functools import partial

from bot.knowledge import place_typos
from bot.knowledge.gazetteer import Hit, Kind, Place, gazetteer, named
from bot.knowledge.place_choice import Found, choose, nearness
from bot.knowledge.place_codes import code_hits, is_department, is_postcode, spelt_out
from bot.knowledge.place_context import around, of_the_cue, qualified, with_area
from bot.knowledge.place_keys import join
from bot.knowledge.place_spans import Span, spans
from bot.knowledge.place_tokens import Token, sequences, tokens
from bot.knowledge.place_words import ARTICLES, place_words

__all__ = ["Found", "Kind", "Place", "Span", "find", "spans"]

_LONGEST_INPUT = 200
_WHOSE = frozenset({"mon", "ma", "mes", "un", "une", "my", "mi", "mia", "mio"})


def find(text: str, country: str | None = None) -> Found:
    """The place that `text` names, where a person typed nothing but a place.

    `country` is the conversation's (ISO 3166-1 code or overseas territory), preferred among homonyms.
    Ambiguous → no place and 2-4 candidates; unknown → neither.
    """
    text = text[:_LONGEST_INPUT]
    words = tokens(text)
    trimmed = _trimmed(words)
    exact = _whole(words) or _announced_in_an_area(words, trimmed) or _exact(words, trimmed)
    if exact:
        return choose(exact, country)
    if len(trimmed) == 1 and place_words().is_ordinary(trimmed[0].word):
        return Found()
    return (
        _whole_misspelt(words, trimmed, country)
        or _in_sentence(text, country)
        or _part_misspelt(text, trimmed, country)
    )


def _whole(words: list[Token]) -> list[Hit]:
    """The places whose name is the whole text in several words: "Porte d'Italie" is no Porte in Italy."""
    name = join(word.word for word in words)
    return _exact(words, words) if len(words) > 1 and name in gazetteer() else []


def _exact(words: list[Token], trimmed: list[Token]) -> list[Hit]:
    """The places whose name or code is the whole text, with or without the words around it."""
    for part in (words, trimmed):
        spelt = spelt_out(part)
        if spelt:
            return spelt
        name = join(word.word for word in part)
        if is_department(name) or is_postcode(name):
            return code_hits(name)
        if name in gazetteer() and not _is_a_word(name, part, words):
            before = words[: words.index(part[0])]
            return of_the_cue(with_area(named(name), part), before)
    return []


def _is_a_word(name: str, part: list[Token], words: list[Token]) -> bool:
    """Whether a name is none here: never one, or an ordinary word that is somebody's ("chez ma mère")."""
    start = words.index(part[0])
    whose = start > 0 and words[start - 1].word in _WHOSE
    return name in place_words().never or whose and place_words().is_ordinary(name)


def _in_an_area(words: list[Token]) -> list[Hit]:
    """The places of a name that the area or the large town after it tells apart: "Orange (Vaucluse)"."""
    for end, name in sequences(words, 0) if words else ():
        hits = named(name)
        if hits and end == len(words) > 1 and words[0].word not in ARTICLES:
            return hits  # "Lille Flandres" is a station, not a Lille in Flanders; "la Creuse" is more than a village
        narrowed, stop = qualified(hits, words, end)
        if hits and stop == len(words) > end:
            return narrowed
        close = around(hits, join(word.word for word in words[end:]))
        if close:
            return close
    return []


def _announced_in_an_area(words: list[Token], trimmed: list[Token]) -> list[Hit]:
    """The same among words that go with an answer: "c'est Die, dans la Drôme svp"."""
    words = words[: words.index(trimmed[-1]) + 1] if trimmed else words
    for start in range(len(words)):
        found = _in_an_area(words[start:])
        if found or words[start].word not in place_words().fillers:
            return found
    return []


def _in_sentence(text: str, country: str | None) -> Found:
    """The first town that the text names among other words, else its first place."""
    inside = [span.found for span in spans(text, country, expected=True)]
    towns = (found for found in inside if found.candidates or found.place and found.place.kind == "town")
    return next(towns, inside[0] if inside else Found())


def _trimmed(words: list[Token]) -> list[Token]:
    """The words without those that go with an answer, at both ends."""
    fillers = place_words().fillers
    start, end = 0, len(words)
    while start < end and words[start].word in fillers:
        start += 1
    while end > start and words[end - 1].word in fillers:
        end -= 1
    return words[start:end]


def _whole_misspelt(words: list[Token], trimmed: list[Token], country: str | None) -> Found:
    """The name of several words that all the words together are close to: "clermont ferand", "fort dee france"."""
    parts = [words, trimmed] if len(words) > 2 and words != trimmed else [trimmed]
    return next((found for part in parts if len(part) > 1 and (found := _closest(part, country))), Found())


def _part_misspelt(text: str, words: list[Token], country: str | None) -> Found:
    """The name closest to the last words, as many as possible: "habite à marseile"."""
    parts = (words[start:] for start in range(len(words)) if not _inside_a_name(text, words, start))
    return next((found for part in parts if (found := _closest(part, country))), Found())


def _inside_a_name(text: str, words: list[Token], start: int) -> bool:
    """Whether a hyphen ties a word to the one before: "Trifouillis-les-Oies" is not the village of Les Olives."""
    return start > 0 and "-" in text[words[start - 1].end : words[start].start]


def _closest(words: list[Token], country: str | None) -> Found:
    name = join(word.word for word in words)
    if len(words) == 1 and place_words().is_ordinary(name):
        return Found()
    near = partial(nearness, country=country)
    keys = place_typos.closest(name, nearness=near) or _of_saints(words, near)
    return choose([hit for other in keys for hit in named(other)], country)


def _of_saints(words: list[Token], near: place_typos.Nearness) -> list[str]:
    """The keys meant where "saint" itself is misspelt: "siant-nazaire"."""
    short = place_typos.saint(words[0].word) if len(words) > 1 else None
    if short is None:
        return []
    name = join([short, *(word.word for word in words[1:])])
    return [name] if name in gazetteer() else place_typos.closest(name, nearness=near)
