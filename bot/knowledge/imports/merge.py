"""What is said of a Cité from outside, held against its file: what is new, changed, confirmed, and what conflicts.

A fact of the file that was checked on the same day or later is never touched: a person may have been there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.knowledge.imports.values import FIELDS, apart_km, same

Outcome = Literal["new", "changed", "confirmed", "kept", "conflict", "disagreement", "refused"]
WRITTEN: frozenset[Outcome] = frozenset({"new", "changed", "confirmed"})
"""The outcomes that change the file."""

_ANOTHER_PLACE_KM = 30.0  # a Cité moves within its town; further away, one of the two is wrong


@dataclass(frozen=True)
class Claim:
    """What an outside source says: the value of a key of FIELDS (coordinates: {"lat", "lon"}), where, and of which day.

    `refused` says why the value cannot stand in a file; it is then as it was found. `origin` is "file:line".
    """

    field: str
    value: Any
    source: str
    day: date
    origin: str
    refused: str | None = None


@dataclass(frozen=True)
class Finding:
    """What became of a claim. `ours` and `ours_on` are the file's value and the day it was checked; `why` explains."""

    outcome: Outcome
    claim: Claim
    ours: Any = None
    ours_on: date | None = None
    why: str | None = None

    @property
    def written(self) -> bool:
        """Whether the file changes."""
        return self.outcome in WRITTEN


def merge(facts: Mapping[str, Any], claims: Iterable[Claim]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the facts to write, by key, and what became of each claim.

    `facts` is the part of a Cité's file that holds them by key, as YAML gives it.
    """
    by_field: dict[str, list[Claim]] = defaultdict(list)
    findings = []
    for claim in claims:
        if claim.refused:
            findings.append(Finding("refused", claim, why=claim.refused))
        else:
            by_field[claim.field].append(claim)
    for field in FIELDS:
        findings += _of_field(facts.get(field), by_field[field]) if by_field[field] else []
    changes = {f.claim.field: _fact(facts.get(f.claim.field), f) for f in findings if f.written}
    return changes, findings


def checked_on(fact: Mapping[str, Any]) -> date | None:
    """The day a fact of a file was checked; None where the file does not say."""
    day = fact.get("checked_on")
    return day if day is None or isinstance(day, date) else date.fromisoformat(day)


def _of_field(fact: Mapping[str, Any] | None, claims: Sequence[Claim]) -> list[Finding]:
    """The newest claim counts; one that says something else is a disagreement, of the same day a conflict."""
    newest = max(claims, key=lambda claim: claim.day)
    others = [claim for claim in claims if not _agree(newest, claim)]
    rivals = [claim for claim in others if claim.day == newest.day]
    if rivals:
        why = f"two sources of the same day differ: {newest.origin} and {rivals[0].origin}"
        return [_finding("conflict", claim, fact, why) for claim in (newest, *others)]
    why = f"an older source says something else than {newest.origin}"
    return [_decided(fact, newest), *(_finding("disagreement", claim, fact, why) for claim in others)]


def _agree(one: Claim, other: Claim) -> bool:
    return same(one.field, one.value, other.value) or same(one.field, other.value, one.value)


def _decided(fact: Mapping[str, Any] | None, claim: Claim) -> Finding:
    if fact is None:
        return Finding("new", claim)
    ours_on = checked_on(fact)
    is_later = ours_on is not None and ours_on >= claim.day
    if same(claim.field, _value(claim.field, fact), claim.value):
        return _finding("kept" if is_later else "confirmed", claim, fact)
    if is_later:
        return _finding("conflict", claim, fact, f"ours was checked on {ours_on}, theirs is of {claim.day}")
    why = _doubtful_move(fact, claim)
    return _finding("conflict" if why else "changed", claim, fact, why or _note_lost(fact))


def _doubtful_move(fact: Mapping[str, Any], claim: Claim) -> str | None:
    if claim.field != "coordinates":
        return None
    if (apart := apart_km(fact, claim.value)) > _ANOTHER_PLACE_KM:
        return f"{apart:.0f} km from where our file puts it"
    if not fact["approximate"] and "checked_on" not in fact:
        return "our file holds them for the door itself"
    return None


def _note_lost(fact: Mapping[str, Any]) -> str | None:
    return "the note went with the old value and is taken out" if "note" in fact else None


def _finding(outcome: Outcome, claim: Claim, fact: Mapping[str, Any] | None, why: str | None = None) -> Finding:
    if fact is None:
        return Finding(outcome, claim, why=why)
    return Finding(outcome, claim, _value(claim.field, fact), checked_on(fact), why)


def _value(field: str, fact: Mapping[str, Any]) -> Any:
    return {"lat": fact["lat"], "lon": fact["lon"]} if field == "coordinates" else fact["value"]


def _fact(old: Mapping[str, Any] | None, finding: Finding) -> dict[str, Any]:
    """The fact as the file will hold it: with every key it had, but for a note on a value that is gone."""
    claim = finding.claim
    fact = {key: value for key, value in (old or {}).items() if key != "note" or finding.outcome == "confirmed"}
    if finding.outcome != "confirmed":
        fact |= {**claim.value, "approximate": True} if claim.field == "coordinates" else {"value": claim.value}
    fact |= {"source": claim.source, "checked_on": claim.day}
    return fact | {"as_of": claim.day} if "as_of" in fact else fact
