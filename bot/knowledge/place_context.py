"""Places that lie in one another: what "(93)", "en Martinique" or "España" after a name tells about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.gazetteer import Hit, Rank, gazetteer, named
from bot.knowledge.place_choice import kilometres
from bot.knowledge.place_codes import DISTRICT_CITIES, communes, is_department, is_postcode
from bot.knowledge.place_keys import join
from bot.knowledge.place_tokens import Token, sequences
from bot.knowledge.place_words import ARTICLES

LINKS = frozenset(
    [
        "a",
        "au",
        "aux",
        "en",
        "dans",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "departement",
        "dept",
        "dep",
        "in",
        "nel",
        "nella",
        "em",
        "no",
        "na",
        "el",
        "province",
        "of",
        "cedex",
        "cp",
    ]
)
_MOST_LINKS = 3
_KNOWN_TOWN = 2_000  # "à la Réunion" is not the village of that name
_OFTEN_AREA_CUES = frozenset({"en", "no", "na"})  # also before towns, in Spanish and Portuguese
_LARGE_TOWN = 50_000
_AROUND_KM = 20.0
_AREA_CUES = frozenset(
    {
        "au",
        "aux",
        "dans le",
        "dans la",
        "dans les",
        "dans l",
        "nel",
        "nella",
        "departement",
        "region",
        "province de",
        "provincia de",
        "provincia di",
        "canton de",
    }
)
_TOWN_CUES = frozenset({"a", "at"})
_FRENCH_ARTICLES = frozenset({"le", "la", "les", "l"})
_FRENCH_SPEAKING = frozenset({"FR", "BE", "CH", "CA", "LU"})


def of_the_cue(hits: list[Hit], before: Sequence[Token]) -> list[Hit]:
    """ "à Vienne" is the town, "la Vienne" the department, "au Québec" the province."""
    last = [token.word for token in before[-2:]]
    areas = [hit for hit in hits if hit.place.kind != "town"]
    if {" ".join(last), *last[-1:]} & _AREA_CUES:
        return areas or hits
    if last and last[-1] in _FRENCH_ARTICLES:
        return [hit for hit in areas if hit.place.country in _FRENCH_SPEAKING] or hits
    if last and last[-1] in _OFTEN_AREA_CUES:
        return [hit for hit in hits if hit in areas or hit.place.population >= _LARGE_TOWN] if areas else hits
    if last and last[-1] in _TOWN_CUES:
        towns = [hit for hit in hits if hit.place.kind == "town"]
        return towns if any(hit.place.population >= _KNOWN_TOWN for hit in towns) else hits
    return hits


def with_area(hits: list[Hit], words: Sequence[Token]) -> list[Hit]:
    """The places of a name, and the area of that name without its article: "la Creuse" is rarely the village."""
    areas = named(join(word.word for word in words[1:])) if words[0].word in ARTICLES and len(words) > 1 else []
    known = {hit.place for hit in hits}
    return hits + [hit for hit in areas if hit.place.kind != "town" and hit.place not in known]


def inside(hits: Sequence[Hit], areas: Sequence[Hit]) -> list[Hit]:
    """Those of the places that lie in one of the areas (countries, regions, departments)."""
    return [hit for hit in hits if any(_is_in(hit, area) for area in areas)]


def around(hits: Sequence[Hit], town: str) -> list[Hit]:
    """Those of the places that lie around a large town of that name, smaller than it: "Forest Bruxelles"."""
    centres = [hit.place for hit in gazetteer().hits(town) if hit.rank == Rank.NAME and hit.place.kind == "town"]
    return [
        hit
        for hit in hits
        if hit.place.kind == "town"
        and any(
            hit.place.population < centre.population >= _LARGE_TOWN and kilometres(hit.place, centre) < _AROUND_KM
            for centre in centres
        )
    ]


def qualified(
    hits: list[Hit], words: list[Token], end: int, links: frozenset[str] = LINKS
) -> tuple[list[Hit], int]:
    """Narrow places down by the area or code that follows the name; also where the name ends then.

    `links` are the words that may stand between; `end` is the number of words up to the name's end. Without
    anything that fits, both come back unchanged.
    """
    start = end
    for _ in range(_MOST_LINKS + 1):
        if start >= len(words) or words[start].start - words[start - 1].end > 3:
            break
        for stop, name in sequences(words, start):
            narrowed = narrowed_by(hits, name)
            if narrowed:
                return narrowed, stop
        if words[start].word not in links:
            break
        start += 1
    return hits, end


def narrowed_by(hits: list[Hit], name: str) -> list[Hit]:
    """Those of the places that an area's name, a department's number or a postcode agrees with."""
    if name.isdigit() and is_postcode(name) and len(name) == 5:
        return with_postcode(hits, name)
    areas = [
        hit
        for hit in gazetteer().hits(name)
        if hit.place.kind in ("country", "region", "department")
        and (is_department(name) or name.isalpha() or " " in name)
    ]
    return inside(hits, areas)


def with_postcode(hits: list[Hit], code: str) -> list[Hit]:
    """The places that have this postcode, else those of its department, bearing it."""
    having = communes(code)
    names = {hit.place.name for hit in having}
    exact = [
        hit
        for hit in hits
        if hit.place.name in names and any(hit.admin_code == other.admin_code for other in having)
    ]
    districts = [
        other
        for other in having
        for hit in hits
        if hit.place.name in DISTRICT_CITIES and other.place.name.startswith(f"{hit.place.name} ")
    ]
    close = [
        hit
        for hit in hits
        if hit.place.territory != "FR" and hit.admin_code == code[:3] or hit.admin_code == code[:2]
    ]
    return [hit.with_postcode(code) for hit in districts or exact or close]


def _is_in(hit: Hit, area: Hit) -> bool:
    place, around = hit.place, area.place
    if place.kind == around.kind or place.country != around.country:
        return False
    if around.kind == "country":
        return True
    if around.kind == "region" and not area.region:  # a former region, or what people call one
        return hit.admin_code in area.admin_code.split(",")
    if around.kind == "department" or around.territory != around.country:
        return hit.admin_code == area.admin_code
    return hit.region == area.region
