"""What the Cités announce at the desk for some days: closed, other hours, or a word. One file each in `var/notices`.

The door writes these files (`bot/web/notices`), whole or not at all, after it has read them with `read_notices`: the
same rules hold there, here and in `check`. `docs/desk-review.md` tells what a file holds.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge import schema
from bot.knowledge.cite_types import Cite, Closure, Notice
from bot.knowledge.errors import DataError
from bot.knowledge.facts import Fact, Words
from bot.knowledge.opening import HoursError, check_expression
from bot.knowledge.paths import DATA, VAR
from bot.knowledge.yamlfile import Node, read_yaml

FOLDER = VAR / "notices"
SOURCE = "announced by the Cité at the desk"
LONGEST = timedelta(days=366)
"""From the first day of an announcement to its last."""
_SCHEMA = DATA / "notices.schema.json"
_DAYS = "(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TIMES = rf"{_CLOCK}-(?:{_CLOCK}|24:00)(?:,{_CLOCK}-(?:{_CLOCK}|24:00))*"
_HOURS = re.compile(rf"(?:{_DAYS} )?{_TIMES}(?:; (?:{_DAYS} )?{_TIMES})*")
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")

_log = logging.getLogger(__name__)


def announced(cite: Cite) -> Cite:
    """The Cité with what it has announced; as it was where nothing is, or where the file is faulty, which is logged.

    A faulty file is no reason to know nothing of all the Cités: `check` tells of it too.
    """
    file = FOLDER / f"{cite.id}.yml"
    if not file.is_file():
        return cite
    found = read_notices(file)
    if isinstance(found, list):
        _log.error("the announcements of %s are left out.\n%s", cite.id, "\n".join(map(str, found)))
        return cite
    closed = tuple(each for each in found if isinstance(each, Closure))
    others = tuple(each for each in found if isinstance(each, Notice))
    return replace(cite, closures=(*cite.closures, *closed), notices=others)


def read_notices(file: Path, cite: str | None = None) -> tuple[Closure | Notice, ...] | list[DataError]:
    """What one file announces, in its order, or all its faults. `cite`: whose it must be, else as the file is named."""
    try:
        root = read_yaml(file)
    except DataError as error:
        return [error]
    errors = schema.faults(root, _SCHEMA) or list(_beyond_schema(root, cite or file.stem))
    return errors or tuple(_announcement(entry.value) for entry in root["announcements"])


def are_hours(text: str) -> bool:
    """Whether a text has the form of hours that can be announced: "Mo-Fr 10:00-12:00,14:00-16:00; Sa 10:00-12:00"."""
    return bool(_HOURS.fullmatch(text)) and all(opens < closes for opens, closes in _SPAN.findall(text))


def faults(known: set[str]) -> list[DataError]:
    """The faults of all files; `known`: the ids of the Cités there are."""
    found: list[DataError] = []
    for file in sorted(FOLDER.glob("*.yml")):
        read = read_notices(file)
        found += read if isinstance(read, list) else []
        if file.stem not in known:
            found.append(DataError(file, 1, f'there is no Cité "{file.stem}"', "remove the file"))
    return found


def _beyond_schema(root: Node, cite: str) -> Iterator[DataError]:
    """What a schema cannot say: whose it is, that dates and hours hold together, that nothing stands twice."""
    if root["cite"].value != cite:
        yield root["cite"].error(f'these are announcements of "{root["cite"].value}"', f'write "{cite}"')
    undated = {entry.line: list(_dates(entry)) for entry in root["announcements"]}
    for entry in root["announcements"]:
        yield from (*undated[entry.line], *_kind(entry))
    exclusive = [each for each in root["announcements"] if each["kind"].value != "word" and not undated[each.line]]
    for one, other in combinations(exclusive, 2):
        if _day(one, "from") <= _day(other, "to") and _day(other, "from") <= _day(one, "to"):
            mend = "end one before the other begins, or take one out"
            yield other["from"].error(f"something else is announced for these days (line {one.line})", mend)


def _dates(entry: Node) -> Iterator[DataError]:
    for key in ("from", "to", "announced"):
        if not _is_day(entry[key].value):
            yield entry[key].error(f'"{entry[key].value}" is no date', "write a date of the calendar: year-month-day")
            return
    first, last = _day(entry, "from"), _day(entry, "to")
    if last < first:
        yield entry["to"].error("it ends before it begins", "exchange from and to")
    elif last - first > LONGEST:
        yield entry["to"].error("it lasts for more than a year", "change the Cité's own file instead")


def _kind(entry: Node) -> Iterator[DataError]:
    kind = entry["kind"].value
    if kind == "word" and "words" not in entry:
        yield entry.error("a word is announced and there are no words", 'add "words:"')
    if (kind == "hours") != ("hours" in entry):
        mend = 'write "kind: hours" and the hours, or neither'
        yield entry["kind"].error("other hours are announced without the hours, or hours of something else", mend)
    elif kind == "hours":
        yield from _hours(entry["hours"])


def _hours(node: Node) -> Iterator[DataError]:
    mend = 'write weekdays and times, for example "Mo-Fr 10:00-12:00,14:00-16:00; Sa 10:00-12:00"'
    if not are_hours(node.value):
        yield node.error(f'the hours "{node.value}" are not understood', mend)
        return
    try:
        check_expression(node.value)
    except HoursError as error:
        yield node.error(f'the hours "{node.value}" are not understood: {error}', error.mend or mend)


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _day(entry: Node, key: str) -> date:
    return date.fromisoformat(str(entry[key].value))


def _announcement(raw: dict[str, Any]) -> Closure | Notice:
    first, last, on = (date.fromisoformat(str(raw[key])) for key in ("from", "to", "announced"))
    words = Words(MappingProxyType(raw["words"])) if "words" in raw else None
    if raw["kind"] == "closed":
        return Closure(first, last, Fact("", SOURCE, on, note=words), on)
    return Notice(first, last, on, raw.get("hours"), words)
