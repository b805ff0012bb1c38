"""The places of `data/places`, read from compact files: which rows bear a name, and what each row is.

The files are written by `deploy/compile_places.py`; `data/places/README.md` tells their sources and licences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.errors import DataError
from bot.knowledge.geo import distance_km
from bot.knowledge.paths import DATA
from bot.knowledge.place_keys import key

Kind = Literal["town", "postcode", "region", "department", "country"]
KINDS: tuple[str, ...] = get_args(Kind)
RANK_BITS = 2
_RANK_MASK = (1 << RANK_BITS) - 1
_KM_A_DEGREE = 111.2
_CLOSE_KM = 1.0  # nearer than this is as near as can be
_PULL = 0.4  # so that Marseille counts before its quarters, and Aubagne, 15 km away, before Marseille


class Rank(IntEnum):
    """How well a name belongs to a place, best first."""

    NAME = 0  # its own name, or one that people use as such
    ALTERNATE = 1  # another language's name, an old name
    SHORT = 2  # a part of its name ("Neuilly")
    CODE = 3  # a postcode or the number of a department
    AREA = 4  # what the first digits of a postcode tell that is not filed itself; in no file


@dataclass(frozen=True)
class Place:
    """A place: ISO 3166-1 `country`; `territory` is RE, GP… overseas, else the country; degrees; inhabitants.

    `admin` is the department (France) or the region (elsewhere); `approximate` says that the coordinates are
    those of the surroundings.
    """

    name: str
    country: str
    territory: str
    lat: float
    lon: float
    population: int
    admin: str | None
    kind: Kind
    postcode: str | None = None
    approximate: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What an entity or a slot keeps of the place, as plain JSON."""
        return {
            "name": self.name,
            "country": self.country,
            "territory": self.territory,
            "lat": self.lat,
            "lon": self.lon,
            "admin": self.admin,
            "kind": self.kind,
            "postcode": self.postcode,
        }

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Place:
        """The place that `as_dict` described; its population is not kept and reads 0. Raises KeyError."""
        return cls(
            value["name"],
            value["country"],
            value["territory"],
            value["lat"],
            value["lon"],
            0,
            value["admin"],
            value["kind"],
            value["postcode"],
        )


@dataclass(frozen=True)
class Hit:
    """A place found under a name, with where it lies: its department's code or canton's, and its region."""

    place: Place
    rank: Rank
    admin_code: str
    region: str

    def with_postcode(self, code: str) -> Hit:
        """The same, known by one of its postcodes."""
        return replace(self, place=replace(self.place, postcode=code))


class Gazetteer:
    """One file of places in memory: columns of numbers, and a dictionary from keys to entries."""

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path) as file:
                columns = dict(file)
        except (OSError, ValueError) as error:
            raise DataError(path, 1, f"not readable: {error}", "run deploy/compile_places.py") from error
        self._columns = columns
        self._names, self._territories, self._admins, self._postcodes, keys = (
            columns.pop(name).tobytes().decode().split("\n")
            for name in ("names", "territories", "admins", "postcodes", "keys")
        )
        self._starts = np.concatenate([[0], np.cumsum(columns.pop("counts"), dtype="u4")])
        self._keys = dict(zip(keys, range(len(keys)), strict=True))

    def __contains__(self, name: str) -> bool:
        return name in self._keys

    def named(self, short_from: int) -> list[str]:
        """The keys that are some place's own name, or a part of one of so many inhabitants, in alphabetical order."""
        first = self._columns["entries"][self._starts[:-1]]
        own = (first & _RANK_MASK) == Rank.NAME
        large = self._columns["population"][first >> RANK_BITS] >= short_from
        kept = own | ((first & _RANK_MASK) == Rank.SHORT) & large
        return [name for name, keep in zip(self._keys, kept.tolist(), strict=True) if keep]

    def population(self, name: str) -> int:
        """Inhabitants of the largest place under a key; 0 if there is none."""
        rows = self._entries(name) >> RANK_BITS
        return int(self._columns["population"][rows].max()) if len(rows) else 0

    def best_rank(self, name: str) -> Rank:
        """The best rank under a key that there is."""
        return Rank(int((self._entries(name) & _RANK_MASK).min()))

    def hits(self, name: str) -> list[Hit]:
        """The places under a key, own names first, then the largest."""
        return [
            self._hit(int(entry) >> RANK_BITS, Rank(int(entry) & _RANK_MASK)) for entry in self._entries(name)
        ]

    def middles(self) -> dict[str, tuple[float, float]]:
        """Where the people of each territory are on average, in degrees, by its ISO code."""
        columns, lands = self._columns, [land.split(" ")[1] for land in self._territories]
        weights = np.where(columns["kind"] == KINDS.index("town"), columns["population"], 0).astype("f8") + 1e-6
        total, lat, lon = (
            np.bincount(columns["territory"], weights * column, len(lands))
            for column in (1.0, columns["lat"] / 1e4, columns["lon"] / 1e4)
        )
        return {land: (float(lat[i] / total[i]), float(lon[i] / total[i])) for i, land in enumerate(lands)}

    def town_near(self, lat: float, lon: float, within_km: float) -> Place | None:
        """The town that somebody at a point in degrees would name, if there is one within so many kilometres.

        The nearest, but for quarters and hamlets close to a much larger town: distances count less the larger it is.
        """
        columns = self._columns
        towns = np.flatnonzero((columns["kind"] == KINDS.index("town")) & ~columns["approximate"])
        north = columns["lat"][towns] / 1e4 - lat
        east = (columns["lon"][towns] / 1e4 - lon + 180) % 360 - 180
        km = np.maximum(_KM_A_DEGREE * np.hypot(north, east * np.cos(np.radians(lat))), _CLOSE_KM)
        row = int(towns[np.argmin(km / np.maximum(columns["population"][towns], 1) ** _PULL)])
        found = self._hit(row, Rank.NAME).place
        return found if distance_km(lat, lon, found.lat, found.lon) <= within_km else None

    def _entries(self, name: str) -> NDArray[np.uint32]:
        number = self._keys.get(name)
        if number is None:
            return self._columns["entries"][:0]
        return self._columns["entries"][self._starts[number] : self._starts[number + 1]]

    def _hit(self, row: int, rank: Rank) -> Hit:
        columns = self._columns
        country, territory = self._territories[columns["territory"][row]].split(" ")
        admin, code, region = self._admins[columns["admin"][row]].split("|")
        place = Place(
            self._names[row],
            country,
            territory,
            int(columns["lat"][row]) / 1e4,
            int(columns["lon"][row]) / 1e4,
            int(columns["population"][row]),
            admin or None,
            KINDS[columns["kind"][row]],
            self._postcodes[columns["postcode"][row]] or None,
            bool(columns["approximate"][row]),
        )
        return Hit(place, rank, code, region)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Towns, departments, regions and countries; read at the first call."""
    return Gazetteer(DATA / "places" / "places.npz")


@lru_cache(maxsize=1)
def homes() -> dict[str, tuple[float, float]]:
    """The middle of each country and overseas territory, in degrees, by its ISO code."""
    return gazetteer().middles()


@lru_cache(maxsize=1)
def foreign_postcodes() -> Gazetteer:
    """Postcodes outside France, and general ones of French cities; read at the first call."""
    return Gazetteer(DATA / "places" / "postcodes.npz")


def hits(name: str) -> list[Hit]:
    """The places called `name`, in any spelling that has the same key."""
    return gazetteer().hits(key(name))


def named(name: str) -> list[Hit]:
    """The places under a key, those of which it is but the postcode or the number left out."""
    return [hit for hit in gazetteer().hits(name) if hit.rank != Rank.CODE]
