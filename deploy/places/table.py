"""The compact file of places: columns of numbers and joined text, in one compressed npz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.knowledge.gazetteer import KINDS, RANK_BITS, Rank
from bot.knowledge.place_keys import key


@dataclass(frozen=True)
class Row:
    """One place as it is written: degrees, inhabitants, ISO codes, `admin` as "name|code|region"."""

    name: str
    country: str
    territory: str
    lat: float
    lon: float
    population: int
    admin: str
    kind: str
    postcode: str = ""
    approximate: bool = False


@dataclass
class Table:
    """Rows and the names under which they are found, ready to be written."""

    rows: list[Row] = field(default_factory=list)
    names: dict[str, dict[int, Rank]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, row: Row) -> int:
        """Add a row, found under its own name; returns its number."""
        number = self.add_unnamed(row)
        self.call(number, row.name, Rank.NAME)
        return number

    def add_unnamed(self, row: Row) -> int:
        """Add a row, found under no name yet; returns its number."""
        self.rows.append(row)
        return len(self.rows) - 1

    def call(self, row: int, name: str, rank: Rank) -> None:
        """File a row under one more name, at its best rank; what only begins a French name is a short one."""
        filed, own = key(name), self.rows[row]
        if rank == Rank.ALTERNATE and own.country == "FR" and key(own.name).startswith(f"{filed} "):
            rank = Rank.SHORT  # "Champigny" (-sur-Marne); elsewhere a village's short name would hide a city
        if filed:
            self.names[filed][row] = min(rank, self.names[filed].get(row, rank))

    def save(self, path: Path) -> None:
        """Write the table; numbers are as `bot.knowledge.gazetteer` reads them."""
        keys = sorted(self.names)
        entries = [
            sorted(self.names[name].items(), key=lambda pair: (pair[1], -self.rows[pair[0]].population))
            for name in keys
        ]
        territories = _numbered(f"{row.country} {row.territory}" for row in self.rows)
        admins = _numbered(row.admin for row in self.rows)
        codes = _numbered(row.postcode for row in self.rows)
        np.savez_compressed(
            path,
            names=_text(row.name for row in self.rows),
            lat=np.array([round(row.lat * 1e4) for row in self.rows], "i4"),
            lon=np.array([round(row.lon * 1e4) for row in self.rows], "i4"),
            population=np.array([row.population for row in self.rows], "u4"),
            kind=np.array([KINDS.index(row.kind) for row in self.rows], "u1"),
            approximate=np.array([row.approximate for row in self.rows], "?"),
            territory=np.array([territories[f"{row.country} {row.territory}"] for row in self.rows], "u2"),
            admin=np.array([admins[row.admin] for row in self.rows], "u2"),
            postcode=np.array([codes[row.postcode] for row in self.rows], "u2"),
            territories=_text(territories),
            admins=_text(admins),
            postcodes=_text(codes),
            keys=_text(keys),
            counts=np.array([len(found) for found in entries], "u2"),
            entries=np.array([row << RANK_BITS | rank for found in entries for row, rank in found], "u4"),
        )


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(sorted(set(values)))}


def _text(values: Iterable[str]) -> np.ndarray[Any, Any]:
    return np.frombuffer("\n".join(values).encode(), "u1")
