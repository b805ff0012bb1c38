"""The report of an import: what would change, what conflicts, what is new, what only looks like a Cité."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.knowledge.cite_types import Cite
from bot.knowledge.errors import DataError
from bot.knowledge.imports.merge import Claim, Finding, merge
from bot.knowledge.imports.recognition import Kind, Verdict
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

Target = tuple[str, str | None]
"""The id of a Cité, and the town of one of its centres or None."""


@dataclass(frozen=True)
class Match:
    """A structure that is a Cité, a centre, or looks like one. `origin` is "file:line"."""

    name: str
    origin: str
    verdict: Verdict
    town: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        verdict = self.verdict
        return {
            "name": self.name,
            "town": self.town,
            "origin": self.origin,
            "cite": verdict.cite.id if verdict.cite else None,
            "centre": verdict.town,
            "candidates": list(verdict.candidates),
            "why": verdict.why or None,
        }


@dataclass
class Report:
    """What an import found. `claim` gathers what is said, `settle` holds it against the files; then it can be told.

    `changes`: for each target, the facts to write by key. `written`: the files written, with --apply.
    """

    files: list[str] = field(default_factory=list)
    structures: int = 0
    services: int = 0
    services_of: Counter[str] = field(default_factory=Counter)
    matches: list[Match] = field(default_factory=list)
    faults: list[DataError] = field(default_factory=list)
    findings: list[tuple[Target, Finding]] = field(default_factory=list)
    changes: dict[Target, dict[str, Any]] = field(default_factory=dict)
    cites: dict[str, Cite] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    _claims: dict[Target, list[Claim]] = field(default_factory=lambda: defaultdict(list))

    def claim(self, cite: Cite, town: str | None, claims: Iterable[Claim]) -> None:
        """Add what a source says of a Cité, or of its centre in a town."""
        self.cites[cite.id] = cite
        self._claims[cite.id, town].extend(claims)

    def settle(self) -> None:
        """Hold all that is said against the files. Nothing is changed of a Cité that its file says is not open."""
        for target, claims in self._claims.items():
            cite = self.cites[target[0]]
            if cite.gone:
                self.closed.append(cite.id)
                continue
            said = [_placeable(cite, target[1], claim) for claim in claims]
            changes, findings = merge(facts_of(read_yaml(cite.file).value, target[1]), said)
            self.findings += [(target, finding) for finding in findings]
            if changes:
                self.changes[target] = changes
        self.closed = sorted(set(self.closed))

    def of_kind(self, *kinds: Kind) -> list[Match]:
        """The structures of these kinds, in the order of the files."""
        return [match for match in self.matches if match.verdict.kind in kinds]


def _placeable(cite: Cite, town: str | None, claim: Claim) -> Claim:
    """A claim, refused where it gives degrees to a Cité of which no town is known: the file's check would."""
    if claim.field != "coordinates" or claim.refused or town or cite.city:
        return claim
    return replace(claim, refused='our file names no "city" for them')


def facts_of(document: Mapping[str, Any], town: str | None) -> Mapping[str, Any]:
    """The part of a Cité's file that holds the facts of the Cité, or of its centre in a town; empty where none does."""
    if town is None:
        return document
    entries = document.get("centres") or ()
    return next((entry for entry in entries if fold(entry["town"]) == fold(town)), {})


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain JSON; its form is told in docs/cites.md."""
    by_outcome: dict[str, list[dict[str, Any]]] = {name: [] for name in (*_TITLES, "kept")}
    for target, finding in report.findings:
        by_outcome[finding.outcome].append(_finding(target, finding))
    return {
        "files": report.files,
        "structures": report.structures,
        "services": report.services,
        "services_of": dict(sorted(report.services_of.items())),
        **by_outcome,
        "closed": report.closed,
        "recognised": [match.as_dict() for match in report.of_kind("cite", "centre")],
        **{kind: [match.as_dict() for match in report.of_kind(kind)] for kind in _DOUBTS},
        "faults": [
            {"file": fault.where, "line": fault.line, "message": fault.message, "mend": fault.mend}
            for fault in report.faults
        ],
        "written": report.written,
    }


def lines(report: Report) -> Iterator[str]:
    """The report for people to read, line by line."""
    if report.structures or report.services:
        recognised = len(report.of_kind("cite", "centre"))
        yield (
            f"{report.structures} structures and {report.services} services read; "
            f"{recognised} are Cités or centres of the directory."
        )
    for outcome, title in _TITLES.items():
        told = [_line(target, finding) for target, finding in report.findings if finding.outcome == outcome]
        yield from _section(title, told)
    if same := sum(finding.outcome == "kept" for _, finding in report.findings):
        yield f"The same as ours, and checked by us as late or later: {same}"
    closed = (f"{id}: {report.cites[id].status} according to its file" for id in report.closed)
    yield from _section("In the source although our file says it is not open; nothing was taken", closed)
    for kind, title in _DOUBTS.items():
        yield from _section(title, (_doubt(match) for match in report.of_kind(kind)))
    if not report.changes:
        yield "Nothing to do."
    elif report.written:
        yield f"Written: {', '.join(report.written)}"
    else:
        yield "Nothing is written yet: run it again with --apply."


_TITLES = {
    "new": "New",
    "changed": "Changed",
    "confirmed": "Confirmed by a later check",
    "conflict": "Conflicts, left as they are: compare and decide",
    "disagreement": "Sources that disagree; the newest counts",
    "refused": "Values that cannot stand in a file",
}
_DOUBTS: dict[Kind, str] = {
    "ambiguous": "Not sure, left out",
    "absent": "Cités or centres that the directory does not have",
    "look_alike": "Look alike, are something else",
}


def _section(title: str, told: Iterable[str]) -> Iterator[str]:
    found = list(told)
    if found:
        yield f"{title} ({len(found)}):"
        yield from (f"  {line}" for line in found)


def _line(target: Target, finding: Finding) -> str:
    claim = finding.claim
    ours = "" if finding.ours is None else f"{_shown(finding.ours)} ({finding.ours_on or 'undated'}) → "
    why = f"; {finding.why}" if finding.why else ""
    where = target[0] if target[1] is None else f"{target[0]}, centre of {target[1]}"
    return f"{where}: {claim.field}: {ours}{_shown(claim.value)} ({claim.day}, {claim.source}, {claim.origin}){why}"


def _shown(value: Any) -> str:
    return f"{value['lat']}, {value['lon']}" if isinstance(value, dict) else str(value)


def _doubt(match: Match) -> str:
    may_be = f" (perhaps {', '.join(match.verdict.candidates)})" if match.verdict.candidates else ""
    place = f", {match.town}" if match.town else ""
    return f"{match.origin}: {match.name}{place}{may_be}: {match.verdict.why}"


def _finding(target: Target, finding: Finding) -> dict[str, Any]:
    claim = finding.claim
    return {
        "cite": target[0],
        "centre": target[1],
        "field": claim.field,
        "ours": finding.ours,
        "ours_on": finding.ours_on.isoformat() if finding.ours_on else None,
        "theirs": claim.value,
        "theirs_on": claim.day.isoformat(),
        "source": claim.source,
        "origin": claim.origin,
        "why": finding.why,
    }
