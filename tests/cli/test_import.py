"""`python -m bot import`, as people run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.knowledge.paths import DATA, ROOT

EXAMPLES = ROOT / "tests" / "knowledge" / "data" / "imports"


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "import", *arguments, "--on", "2026-11-27"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "BOT_DATA": str(data)}, capture_output=True, text=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "cites", tmp_path / "cites")
    shutil.copy(DATA / "cites" / "schema.json", tmp_path / "cites")
    for shared in ("places", "look_alikes.yml", "look_alikes.schema.json"):
        (tmp_path / shared).symlink_to(DATA / shared)
    return tmp_path


def test_it_proposes_then_writes_then_has_nothing_to_do(data: Path) -> None:
    file = data / "cites" / "testville.yml"
    before = file.read_bytes()
    arguments = ("data-inclusion", str(EXAMPLES / "structures.json"), str(EXAMPLES / "services.csv"))
    proposed = run(data, *arguments)
    assert proposed.returncode == 0, proposed.stderr
    assert proposed.stdout.endswith("Nothing is written yet: run it again with --apply.\n")
    assert file.read_bytes() == before
    written = json.loads(run(data, *arguments, "--apply", "--json").stdout)
    assert str(file) in written["written"]
    assert file.read_bytes() != before
    assert run(data, *arguments, "--apply").stdout.endswith("Nothing to do.\n")


def test_a_page_and_a_cite_that_is_not_there(data: Path) -> None:
    page = run(data, "schema-org", str(EXAMPLES / "page.html"), "--cite", "testville", "--json")
    assert page.returncode == 0, page.stderr
    assert {one["field"] for one in json.loads(page.stdout)["new"]} == {"website", "hours"}
    missing = run(data, "schema-org", str(EXAMPLES / "page.html"), "--cite", "nowhere")
    assert missing.returncode == 2
    assert 'called "nowhere"' in missing.stderr and "give its id" in missing.stderr
    named = run(data, "schema-org", str(EXAMPLES / "page.html"), "--cite", " Cité de Testville ", "--json")
    assert named.stdout == page.stdout


def test_faults_are_told_with_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "structures.parquet"
    file.write_bytes(b"PAR1")
    assert main.main(["import", "data-inclusion", str(file)]) == 1
    assert f"{file}:1: not valid Parquet" in capsys.readouterr().err
    file.write_text("id,nom,source,date_maj\n1,Cité des métiers de Limoges,x,hier\n", "utf-8")
    assert main.main(["import", "data-inclusion", str(file)]) == 1
    assert f'{file}:2: row 1: date_maj "hier" is no date' in capsys.readouterr().err


def test_misuse_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["import"],
        ["import", "schema-org", "page.html"],
        ["import", "schema-org", "page.html", "--cite", "testville", "--source", "www.example.org"],
        ["import", "data-inclusion", "a", "--on", "x"],
    ):
        with pytest.raises(SystemExit) as caught:
            main.main(arguments)
        assert caught.value.code == 2
    assert "write it as 2027-05-01" in capsys.readouterr().err
