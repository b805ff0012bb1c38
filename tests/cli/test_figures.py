"""`python -m bot figures`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.knowledge.paths import ROOT
from tests.web.test_figures_page import spring

pytestmark = pytest.mark.django_db(transaction=True)


def test_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    spring()
    assert main(["figures", "--cite", "marseille", "--period", "2026-05"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(", May 2026")
    assert "People who wrote: 40 to 44" in lines
    assert lines[lines.index("Languages:") + 1 :][:2] == ["  Français: 30 to 34", "  Italiano: 5 to 9"]
    assert main(["figures"]) == 0
    assert capsys.readouterr().out.startswith("The whole network, May 2026\n")


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    spring()
    assert main(["figures", "--cite", "marseille", "--period", "2026-Q2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["months"] == ["2026-04", "2026-05"]
    assert found["to_come"] == ["2026-06"]
    assert found["tables"]["conversations"]["categories"] == {"all": {"at_least": 60, "at_most": 68}}
    assert found["tables"]["language"]["months_kept_back"] == 1
    assert found["percentiles"]["waiting"] == {"50": "2_5", "90": "10_30"}
    assert found["shares"]["handoff"] == 42
    assert found["trend"] == {"2026-04": 20, "2026-05": 40}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--cite", "atlantis"], "there is no Cité 'atlantis'"),
        (["--period", "2026-05-01"], "is no period: write a month (2027-05)"),
        ([], "there are no figures yet"),
    ],
)
def test_what_there_is_not_is_said(options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", *options]) == 2
    assert told in capsys.readouterr().err


def test_a_door_without_tables_is_said(tmp_path: Path) -> None:
    own = {"BOT_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/door.sqlite3"}
    command = [sys.executable, "-m", "bot", "figures", "--period", "2026"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr == "The door's database does not answer, or has no tables yet: start the bot once.\n"
