"""Looks the locked packages up among the known vulnerabilities, with pip-audit.

    var/tools/bin/python deploy/audit.py

A vulnerability that requirements/advisories.yml does not tell of fails (1), and so does a lock or a list that cannot
be read (2). An advisory service that does not answer fails nothing: it says nothing of our packages. The service is
pip-audit's own, or one that speaks the OSV protocol, at the address OSV_URL.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
LOCKS = (REQUIREMENTS / "web.txt", REQUIREMENTS / "rasa.txt")
LIST = REQUIREMENTS / "advisories.yml"
_TOOL = ROOT / "var" / "tools" / "bin" / "pip-audit"
_PATIENCE = 240.0  # seconds for one lock; a service that takes longer does not answer


class Unreadable(Exception):
    """A lock or the list is not what it should be; the text says which and what."""


@dataclass(frozen=True)
class Found:
    """One vulnerability of one locked package; `names` are all its names, `mended` the versions without it."""

    package: str
    version: str
    names: tuple[str, ...]
    mended: tuple[str, ...]

    def __str__(self) -> str:
        mend = f"mended in {', '.join(self.mended)}" if self.mended else "not mended yet"
        return f"{self.package} {self.version}: {', '.join(self.names)} ({mend})"


@dataclass(frozen=True)
class Report:
    """What came of one lock: what was found, and the packages that nothing was told of (None: of any)."""

    found: tuple[Found, ...]
    unknown: tuple[str, ...] | None


def passed_over(file: Path, today: date) -> set[tuple[str, str]]:
    """Pairs (package, name of a vulnerability) that the list passes over today; `Unreadable` for a faulty list."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        for entry in entries:
            if set(entry) != {"id", "package", "why", "until"} or not isinstance(entry["until"], date):
                raise ValueError(f"each entry needs id, package, why and until (a day): {entry}")
        return {(entry["package"], entry["id"]) for entry in entries if entry["until"] >= today}
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise Unreadable(f"{file}: {error}") from None


def ask(lock: Path) -> Report:
    """Look all packages of a lock up; `Unreadable` when it is no lock with hashes."""
    address = os.environ.get("OSV_URL")
    done = _run(lock, "--format=json", *(["--vulnerability-service=osv", f"--osv-url={address}"] if address else []))
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        _must_be_a_lock(lock)
        return Report((), None)  # the lock is good, so that it is the service that failed
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Report(tuple(_found(packages)), unknown)


def unlisted(report: Report, known: set[tuple[str, str]]) -> set[Found]:
    """What was found and is not passed over under any of its names."""
    return {fault for fault in report.found if not known & {(fault.package, name) for name in fault.names}}


def _must_be_a_lock(lock: Path) -> None:
    done = _run(lock, "--dry-run")
    if done.returncode != 0:
        raise Unreadable(f"{lock} cannot be read: {done.stderr.strip()[-500:]}")


def _run(lock: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [_TOOL, "--requirement", lock, "--require-hashes", "--disable-pip", "--progress-spinner=off", *options]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"nothing within {_PATIENCE:.0f} seconds")


def _found(packages: Iterable[dict[str, Any]]) -> Iterator[Found]:
    for package in packages:
        for fault in package.get("vulns", []):
            names = (fault["id"], *fault.get("aliases", []))
            yield Found(package["name"], package["version"], names, tuple(fault.get("fix_versions", [])))


def audit(locks: Iterable[Path], listed: Path, today: date) -> int:
    """Look up, say what was found, and return 1 when there is something that is not passed over."""
    known = passed_over(listed, today)
    bad: set[Found] = set()
    for lock in locks:
        report = ask(lock)
        bad |= unlisted(report, known)
        print(_sentence(lock, report), flush=True)
    for fault in sorted(bad, key=str):
        print(f"  {fault}", file=sys.stderr)
    return 1 if bad else 0


def _sentence(lock: Path, report: Report) -> str:
    if report.unknown is None:
        return f"{lock.name}: NOT AUDITED, the advisory service does not answer"
    told = f"{lock.name}: {len(report.found)} known vulnerabilities"
    return f"{told}; NOT AUDITED: {len(report.unknown)} packages the service does not know" if report.unknown else told


def main() -> int:
    """Audit what is deployed."""
    try:
        return audit(LOCKS, LIST, date.today())
    except Unreadable as unreadable:
        print(unreadable, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
