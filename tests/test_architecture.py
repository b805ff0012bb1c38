"""The rules of the house: who may import whom, what each process installs, what Rasa takes for its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.knowledge.paths import DATA, ROOT

_RASA_KEYS = {"nlu", "rules", "stories", "responses", "intents", "entities", "slots", "forms", "actions", "version"}
_OURS = [path for path in sorted(DATA.rglob("*.yml")) if path.relative_to(DATA).parts[0] not in ("nlu", "rules")]


def test_imports_run_downwards_only() -> None:
    """The contracts are in pyproject.toml."""
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "4 kept, 0 broken" in done.stdout


def test_the_door_installs_nothing_of_rasa() -> None:
    locked = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / "web.txt").read_text(), re.MULTILINE)
    assert "django" in locked
    assert not [name for name in locked if name.startswith(("rasa", "tensorflow", "spacy", "sanic"))]


@pytest.mark.parametrize("name", ["dev", "run", "rasa", "web", "tools", "uv"])
def test_every_requirement_is_locked_with_its_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_tools_of_the_widget_are_locked_with_their_hashes_and_no_address() -> None:
    text = (ROOT / "requirements" / "package-lock.json").read_text()
    entries = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert {"node_modules/esbuild", "node_modules/typescript"} <= entries.keys()
    assert all(entry["integrity"].startswith("sha512-") for entry in entries.values())
    assert "://" not in text


def test_the_locks_agree() -> None:
    """One resolve for everything: what two processes share, they have in the same version."""
    pinned = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)( ;[^\\]*)?", re.MULTILINE)
    versions = {
        name: {(package, marker): version for package, version, marker in pinned.findall(_lock(name))}
        for name in ("dev", "run", "rasa", "web")
    }
    for name in ("run", "rasa", "web"):
        for entry, version in versions[name].items():
            assert versions["dev"].get(entry, version) == version, (name, entry)


@pytest.mark.parametrize("path", _OURS, ids=lambda path: path.relative_to(DATA).as_posix())
def test_rasa_does_not_take_our_data_for_its_own(path: Path) -> None:
    """`rasa train` reads all of data/ and would refuse a catalogue that looks like a domain."""
    keys = {line.split(":")[0] for line in path.read_text("utf-8").splitlines() if re.match(r"[a-z_]+:", line)}
    assert not keys & _RASA_KEYS


def test_files_stay_short() -> None:
    long = [
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "actions")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) > 300
    ]
    assert long == []


def test_every_intent_has_examples_in_every_language() -> None:
    intents = {next(iter(each)) for each in yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]}
    assert len(intents) == 44
    for folder in (DATA / "nlu").iterdir():
        assert {path.stem for path in folder.glob("*.yml")} == intents, folder.name


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()
