"""Which events are wanted: by theme, from afar, for whom, with free places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import event_words, themes
from bot.knowledge.concerns import CONCERNS, load_concerns
from bot.knowledge.event import Event
from bot.knowledge.text import fold

Score = Callable[[str, list[str]], list[float]]
"""(words, texts) → how near each text is to the words, 1 at most: a sentence encoder's place. See `sense.score`."""
SCORE_ENOUGH = 0.4
"""Likeness of a title to a theme above which it is about it. Measured with the multilingual encoder on the
demonstration's titles: the right one 0.38 to 0.61 (ten themes, three languages) but for one, wrong ones up to 0.43,
and 0.37 at most for eight themes that are not there."""
DESCRIPTION_ENOUGH = 0.42
"""The same of a description, which says more than its theme: right ones 0.30 to 0.45, wrong ones up to 0.41."""
_NEAR_BEST = 0.15  # what is so much less near than the nearest is about something else


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `theme`: the name of a concern, or words of a person; `words`: what to say of it to the
    encoder, when it is not the theme itself. `online`: only what one can follow from afar; `audience`: a name of
    `data/agenda/words.yml`; `free`: not what is known to be full.
    """

    theme: str | None = None
    words: str | None = None
    online: bool = False
    audience: str | None = None
    free: bool = False


def chosen(found: Sequence[Event], wanted: Wanted, score: Score | None = None) -> list[Event]:
    """Return the events of `found` that are wanted, in their order."""
    filtered = wanted.online or wanted.free or wanted.audience
    left = [event for event in found if _fits(event, wanted)] if filtered else list(found)
    if not wanted.theme or not left:
        return left
    fitting = _by_words(left, wanted.theme) | _by_sense(left, wanted, score)
    return [left[place] for place in sorted(fitting)]


def _fits(event: Event, wanted: Wanted) -> bool:
    if wanted.online and not event.online:
        return False
    if wanted.free and event.places_left == 0:
        return False
    return wanted.audience is None or event_words.is_for(event.told, wanted.audience, event.language)


def _by_words(found: Sequence[Event], theme: str) -> set[int]:
    """The places of what plain words find, in what events are called.

    Words of a person, unlike a concern, are looked for in all that is said when nothing is called so, nor is of the
    concern that they name: "come with your CV" is no CV workshop.
    """
    if theme in CONCERNS:
        by_language = load_concerns()[theme].theme.values()
        alternatives = list(dict.fromkeys(word for words in by_language for word in words))
    else:
        alternatives = [theme.replace("_", " ")]
    places = {place for place, event in enumerate(found) if theme in event.themes}
    places.update(*(themes.matching(words, [event.name for event in found]) for words in alternatives))
    if places or theme in CONCERNS:
        return places
    places = {
        place
        for concern in _concerns_by_words().get(_key(theme), ())
        for place, event in enumerate(found)
        if concern in event.themes or _single_words(concern) & _words(event.name)
    }
    return places or themes.matching(alternatives[0], [event.text for event in found])


@lru_cache(maxsize=1)
def _concerns_by_words() -> dict[str, list[str]]:
    """The concerns by the words that name them in any language: who asks for "currículo" finds "Atelier CV"."""
    named: dict[str, list[str]] = {}
    for name, concern in load_concerns().items():
        for words in {_key(each) for listed in concern.theme.values() for each in listed}:
            named.setdefault(words, []).append(name)
    return named


@lru_cache(maxsize=64)
def _single_words(concern: str) -> frozenset[str]:
    """The words that name a concern each alone; of several words, one in a title may be about something else."""
    listed = (_key(each) for words in load_concerns()[concern].theme.values() for each in words)
    return frozenset(each for each in listed if " " not in each)


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(_key(name).split())


def _key(words: str) -> str:
    return " ".join(word.rstrip("s") for word in fold(words).split())


def _by_sense(found: Sequence[Event], wanted: Wanted, score: Score | None) -> set[int]:
    if score is None:
        return set()
    titles = list(dict.fromkeys(event.title for event in found))
    described = list(dict.fromkeys(event.description for event in found if event.description))
    scores = score(wanted.words or str(wanted.theme), titles + described)
    best = max(scores, default=0.0) - _NEAR_BEST
    near = {text for text, told in zip(titles, scores) if told >= max(SCORE_ENOUGH, best)}
    told_near = {text for text, told in zip(described, scores[len(titles) :]) if told >= max(DESCRIPTION_ENOUGH, best)}
    return {
        place for place, event in enumerate(found) if event.title in near or (event.description or "") in told_near
    }
