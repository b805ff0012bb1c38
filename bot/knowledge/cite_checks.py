"""What a schema cannot say of a Cité's file: that its hours, dates, zone and files hold together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cite_types import AGENDA_KINDS
from bot.knowledge.errors import DataError
from bot.knowledge.opening import HoursError, check_expression
from bot.knowledge.public_holidays import known_region
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import Node

CLOCKS_APART = timedelta(days=1)
"""Somewhere it is tomorrow already."""
_OSM = 'write it in the OpenStreetMap syntax, for example "Mo-Fr 09:00-17:30; PH off"'


def beyond_schema(root: Node) -> list[DataError]:
    """The faults of a file that has passed its schema."""
    checks = (_identity, _place, _hours, _dates, _closures, _centres, _agenda, _helplines)
    return sorted((error for check in checks for error in check(root)), key=lambda error: error.line)


def not_come(root: Node, today: date) -> list[DataError]:
    """The days of a file that has passed its checks on which something is said to have been known, and that have not
    come: what bears them would stay fresh, and win over any other source, for as long."""
    return [
        node.error(f"{node.value} has not come yet", "correct it, or the clock of this machine")
        for key, node in _walk(root)
        if key in ("checked_on", "as_of") and _first_day(node.value) > today + CLOCKS_APART
    ]


def _first_day(told: Any) -> date:
    """The first day of a day, a month or a year."""
    return date.fromisoformat(f"{told}-01-01"[:10])


def _identity(root: Node) -> Iterator[DataError]:
    if root["id"].value != root.file.stem:
        mend = f'write "{root.file.stem}" or rename the file'
        yield root["id"].error(f'the id "{root["id"].value}" is not the name of the file', mend)


def _place(root: Node) -> Iterator[DataError]:
    zone = root["timezone"]
    if not _is_zone(zone.value):
        yield zone.error(f'"{zone.value}" is no time zone', "write a name such as Europe/Paris")
    region = root.get("subdivision") or root["country"]
    if not known_region(root["country"].value, root.value.get("subdivision")):
        mend = "write the code by which the holidays package knows the region, or leave it out"
        yield region.error(f'the public holidays of "{region.value}" are not known', mend)
    if root.value.get("coordinates") and not root.value.get("city"):
        yield root["coordinates"].error("there are coordinates and no city", 'add "city:"')


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _hours(root: Node) -> Iterator[DataError]:
    nodes = [root.at(key, "value") for key in ("hours", "advisor_hours") if key in root]
    nodes += [entry.at("hours", "value") for entry in root.get("centres") or () if "hours" in entry]
    nodes += [entry["opening_hours"] for entry in root.get("past_hours") or () if "opening_hours" in entry]
    for node in nodes:
        try:
            check_expression(node.value)
        except HoursError as error:
            yield node.error(f'the hours "{node.value}" are not understood: {error}', error.mend or _OSM)


def _dates(root: Node) -> Iterator[DataError]:
    for key, node in _walk(root):
        if key not in ("checked_on", "from", "to", "as_of") or isinstance(node.value, (date, int)):
            continue
        if not _is_date(node.value):
            yield node.error(f'"{node.value}" is no date', "write a date of the calendar: year-month-day")


def _walk(root: Node) -> Iterator[tuple[Any, Node]]:
    for key, node in root.items():
        if key == "unconfirmed":
            continue
        yield key, node
        yield from _walk(node)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _closures(root: Node) -> Iterator[DataError]:
    for entry in root.get("closures") or ():
        if str(entry["to"].value) < str(entry["from"].value):
            yield entry["to"].error("the closure ends before it begins", "exchange from and to")


def _helplines(root: Node) -> Iterator[DataError]:
    words = Catalogue.load()
    for entry in root.get("helplines") or ():
        key = entry["key"]
        if not words.has(f"helplines.{key.value}"):
            mend = "write one of those under helplines in data/locales, or add it there in every language"
            yield key.error(f'"{key.value}" has no words for people', mend)


def _centres(root: Node) -> Iterator[DataError]:
    towns: set[str] = set()
    for entry in root.get("centres") or ():
        if (town := fold(entry["town"].value)) in towns:
            message = f'the centre of "{entry["town"].value}" stands twice'
            yield entry["town"].error(message, "put what is known of it under one entry")
        towns.add(town)


def _agenda(root: Node) -> Iterator[DataError]:
    for entry in root.get("agenda") or ():
        kinds = [kind for kind in AGENDA_KINDS if kind in entry]
        if len(kinds) > 1:
            mend = f"keep one of: {', '.join(kinds)}"
            yield entry[kinds[1]].error("an agenda source has one format only", mend)
        name = entry[kinds[0]].value
        file = root.file.parent.parent / "agenda" / name
        if not name.startswith(("http://", "https://")) and not file.is_file():
            message = f'there is no file "{name}" in {file.parent.name}'
            yield entry[kinds[0]].error(message, "add it or correct its name")
