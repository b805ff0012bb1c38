"""The sites that may carry the widget, Cité by Cité (`data/sites.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.knowledge import schema
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.kept import kept, stamp
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

_NAME = "sites.yml"
_SCHEMA = DATA / "sites.schema.json"


def _stamp(folder: Path) -> object:
    return stamp(folder, _NAME)


@kept(_stamp)
def load_sites(folder: Path = DATA) -> Mapping[str, frozenset[str]]:
    """Origin ("https://www.example.org") → the ids of the Cités whose widget it may carry.

    A change is seen at the next call, a second later at most. The first call raises `DataError` or `DataErrors`.
    """
    root = read_yaml(folder / _NAME)
    raise_all(schema.faults(root, _SCHEMA) or _unknown_cites(root))
    origins: dict[str, set[str]] = {}
    for cite, sites in root.value.items():
        for origin in sites:
            origins.setdefault(origin, set()).add(cite)
    return MappingProxyType({origin: frozenset(cites) for origin, cites in origins.items()})


def _unknown_cites(root: Node) -> list[DataError]:
    known = load_cites()
    return [
        node.error(f'there is no Cité "{cite}"', "write the id of a file of data/cites")
        for cite, node in root.items()
        if cite not in known
    ]
