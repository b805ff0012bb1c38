"""`python -m bot cite new|show|check|stale`, on a copy of the directory."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.cli import cite as cite_command
from bot.cli import cite_new, cite_show
from bot.cli.main import main
from bot.knowledge import kept
from bot.knowledge.cites import files_faults, find_cite, load_cites
from bot.knowledge.paths import DATA, ROOT

Capture = pytest.CaptureFixture[str]
BEGUN = ["--name", "Cité des métiers de Saint-Flour", "--country", "FR", "--town", "saint flour"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the commands find and write the files."""
    data = tmp_path / "data"
    shutil.copytree(DATA / "cites", data / "cites")
    shutil.copytree(DATA / "agenda", data / "agenda")
    for module in (cite_command, cite_new, cite_show):
        monkeypatch.setattr(module, "DATA", data)
    monkeypatch.setattr(kept, "LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(load_cites.__wrapped__, "__defaults__", (data / "cites",))
    yield data / "cites"
    load_cites.cache_clear()


def test_a_new_cite_is_begun_with_what_is_known(folder: Path, capsys: Capture) -> None:
    assert main(["cite", "new", "saint-flour", *BEGUN]) == 0
    file = folder / "saint-flour.yml"
    assert f"{file} is written" in capsys.readouterr().out
    assert main(["cite", "check", str(file)]) == 0
    new = load_cites()["saint-flour"]
    assert find_cite("Saint-Flour") is new
    assert (new.country, new.city, new.timezone, new.status) == ("FR", "Saint-Flour", "Europe/Paris", "unknown")
    assert (new.lat, new.lon) == pytest.approx((45.03, 3.09), abs=0.02)
    assert new.coords_approximate
    assert new.hours is None and "hours" in file.read_text("utf-8")


def test_all_that_is_told_stands_in_the_file_with_its_source(folder: Path) -> None:
    told = {"status": "open", "source": "https://example.org/", "phone": "+33 4 71 00 00 00", "email": "a@example.org",
            "website": "https://example.org/", "address": "1 place d'Armes: 15100 Saint-Flour",
            "hours": "Mo-Fr 09:00-17:00; PH off"}  # fmt: skip
    options = [part for key, value in told.items() for part in (f"--{key}", value)]
    assert main(["cite", "new", "saint-flour", *BEGUN, *options, "--checked-on", "2026-11-01"]) == 0
    raw = yaml.safe_load((folder / "saint-flour.yml").read_text("utf-8"))
    for key in told.keys() - {"source"}:
        assert (raw[key]["value"], raw[key]["source"]) == (told[key], "https://example.org/")
        assert str(raw[key]["checked_on"]) == "2026-11-01"


def test_a_check_of_a_day_that_has_not_come_is_told_and_serves_all_the_same(folder: Path, capsys: Capture) -> None:
    file = folder / "demo.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("checked_on: 2026-11-22", "checked_on: 2062-11-22", 1), "utf-8")
    assert main(["cite", "check", "demo"]) == 1
    line = text[: text.index("checked_on")].count("\n") + 1
    assert f"{file}:{line}: 2062-11-22 has not come yet. Mend: correct it, or the clock" in capsys.readouterr().err
    assert [fault.line for fault in files_faults(date.today(), folder)] == [line]
    assert load_cites()["demo"].status == "open"  # whatever the clock of the machine says


def test_overseas_and_abroad(folder: Path) -> None:
    for name, country, town in (("stdenis", "RE", "Saint-Denis"), ("lugano", "CH", "Lugano"), ("vigo", "ES", "Vigo")):
        options = ["--name", f"Cité de {town}", "--country", country, "--town", town]
        assert main(["cite", "new", name, *options]) == 0
    cites = load_cites()
    island = cites["stdenis"]
    assert (island.country, island.territory, island.timezone) == ("FR", "RE", "Indian/Reunion")
    assert cites["lugano"].timezone == "Europe/Zurich"
    assert list(cites["vigo"].names) == ["es"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["paris", *BEGUN], "already"),
        (["Saint Flour", *BEGUN], "small letters"),
        (["../../x", *BEGUN], "small letters"),
        (["sf", *BEGUN[:4]], "--town is missing"),
        (["sf", *BEGUN[2:]], "--name is missing"),
        (["sf", *BEGUN, "--status", "open"], "--source is missing"),
        (["sf", *BEGUN, "--hours", "Mo-Fr 09:00-17:00"], "--source is missing"),
        (["sf", *BEGUN, "--hours", "9h-17h", "--source", "here or there"], "OpenStreetMap"),
        (["sf", *BEGUN, "--timezone", "Europe/Lyon"], "no time zone"),
        (["sf", *BEGUN[:4], "--town", "Saint-Denis"], '"Saint-Denis, La Réunion"'),
        (["sf", *BEGUN[:4], "--town", "Xqzt"], 'no town "Xqzt"'),
        (["sf", *BEGUN[:4], "--town", "Bretagne"], "is a region"),
        (["sf", *BEGUN[:2], "--country", "BE", "--town", "Marseille"], "no town"),
        (["sf", *BEGUN[:2], "--country", "CA", "--town", "Québec"], "America/Toronto"),
        (["sf", "--name", "cite des metiers de PARIS", *BEGUN[2:]], "data/cites/paris.yml"),
        (["sf", "--name", "la villette ", *BEGUN[2:]], "data/cites/paris.yml"),
        (["sf", *BEGUN[:2], "--country", "France", "--town", "Caen"], 'no code of a country: "France"'),
        (["sf", "--name", "Ab", *BEGUN[2:]], "--name is too short"),
        (["sf", *BEGUN, "--phone", "04 71", "--source", "their site"], "as from abroad"),
        (["la-villette", *BEGUN], "also what paris.yml:7 is called"),
    ],
)
def test_what_makes_no_good_file_is_refused_and_nothing_written(
    folder: Path, capsys: Capture, arguments: list[str], told: str
) -> None:
    before = sorted(folder.parent.rglob("*"))
    assert main(["cite", "new", *arguments]) in (1, 2)
    assert told in capsys.readouterr().err
    assert sorted(folder.parent.rglob("*")) == before


def test_on_a_terminal_it_asks_and_asks_again_for_what_is_wrong(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for part in ("cites", "agenda", "places"):
        shutil.copytree(DATA / part, data / part)
    keyboard, terminal = pty.openpty()
    answers = [
        *("Cité des métiers de Québec", "Canada", "ca", "Xqzt", "Québec", "Toronto", "America/Toronto"),
        *("shut", "", "x", "the town's paper, 2026-10", "", "04 91", "+1 418 555 0100", "", ""),
        *("Mo-Fr 9-5", "Mo-Fr 09:00-17:00"),
    ]
    os.write(keyboard, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [sys.executable, "-m", "bot", "cite", "new", "quebec"],
        stdin=terminal,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "BOT_DATA": str(data), "PYTHONUTF8": "1"},
        timeout=60,
    )
    os.close(keyboard)
    os.close(terminal)
    out = done.stdout.decode()
    assert done.returncode == 0, out + done.stderr.decode()
    assert 'no town "Xqzt"' in out and "as from abroad" in out and "OpenStreetMap" in out
    raw = yaml.safe_load((data / "cites" / "quebec.yml").read_text("utf-8"))
    assert (raw["city"], raw["timezone"], raw["status"]["value"]) == ("Québec", "America/Toronto", "unknown")
    assert (raw["phone"]["value"], raw["hours"]["value"]) == ("+1 418 555 0100", "Mo-Fr 09:00-17:00")
    assert raw["names"] == {"fr": "Cité des métiers de Québec"}
    assert "address" not in raw


def test_show_tells_source_age_what_is_missing_and_what_is_not_confirmed(folder: Path, capsys: Capture) -> None:
    assert main(["cite", "show", "Genève", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    phone = next(fact for fact in found["facts"] if fact["fact"] == "phone")
    assert (phone["value"], phone["as_of"], phone["stale"]) == ("+41 22 388 44 00", "2012-10", True)
    assert phone["age_days"] > 5000 and phone["source"]
    assert {"hours", "email"} <= set(found["missing"]) and "phone" not in found["missing"]
    assert found["unconfirmed"]["hours"] == "Mo-Fr 10:00-17:00, Thursday to 19:00"
    assert main(["cite", "show", "geneve"]) == 0
    out = capsys.readouterr().out
    assert "phone: +41 22 388 44 00" in out and "OLD" in out and "not confirmed: hours: Mo-Fr" in out


@pytest.mark.parametrize("cite", load_cites())
def test_every_cite_can_be_shown(cite: str, capsys: Capture) -> None:
    assert main(["cite", "show", cite, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["cite", "show", cite]) == 0
    told = capsys.readouterr().out
    assert found["cite"]["id"] == cite
    assert all(fact["source"] in told for fact in found["facts"])


CENTRE = """\
centres:
  - town: Annexeville
    coordinates: {lat: 45.1, lon: 3.1, approximate: true, source: by hand}
    phone: {value: "+33 4 71 00 00 01", source: the old leaflet, checked_on: 2020-01-01}
closures:
  - {from: 2026-12-24, to: 2027-01-03, source: the door, checked_on: 2026-11-22, note: {fr: En travaux, en: Works}}
"""


def test_centres_and_the_notice_of_a_closure_are_shown_and_grow_old(folder: Path, capsys: Capture) -> None:
    file = folder / "caen.yml"
    file.write_text(file.read_text("utf-8") + CENTRE, "utf-8")
    assert main(["cite", "show", "caen", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (centre,) = found["centres"]
    assert (centre["town"], centre["coordinates"]["lat"]) == ("Annexeville", 45.1)
    assert [(fact["fact"], fact["stale"]) for fact in centre["facts"]] == [("phone", True)]
    assert found["closures"][0]["note"] == {"fr": "En travaux", "en": "Works"}
    assert main(["cite", "show", "caen"]) == 0
    out = capsys.readouterr().out
    assert "centre of Annexeville:" in out and "  phone: +33 4 71 00 00 01" in out
    assert "closed from 2026-12-24 to 2027-01-03: Works" in out
    assert main(["cite", "stale", "--cite", "caen"]) == 0
    assert "2020-01-01  caen (Annexeville)  phone  the old leaflet" in capsys.readouterr().out


def test_a_cite_is_shown_although_another_file_is_faulty(folder: Path, capsys: Capture) -> None:
    (folder / "paris.yml").write_text("id: [", "utf-8")
    assert main(["cite", "show", "lyon"]) == 1  # by a name: all the files are needed
    assert "paris.yml:1" in capsys.readouterr().err
    assert main(["cite", "show", "geneve"]) == 0
    assert main(["cite", "show", "paris"]) == 1
    assert "Mend:" in capsys.readouterr().err


def test_check_names_file_line_and_mend_of_any_file(folder: Path, capsys: Capture, tmp_path: Path) -> None:
    assert main(["cite", "check"]) == 0
    assert capsys.readouterr().out == f"{len(list(folder.glob('*.yml')))} files: good\n"
    outside = tmp_path / "sent" / "caen.yml"
    outside.parent.mkdir()
    shutil.copy(folder / "caen.yml", outside)
    assert main(["cite", "check", str(outside)]) == 0
    assert main(["cite", "check", "caen"]) == 0
    assert main(["cite", "check", str(folder / "schema.json"), str(folder)]) == 1
    assert "name a file that ends with .yml" in capsys.readouterr().err
    outside.write_text(outside.read_text("utf-8").replace("country: FR", "country: France"), "utf-8")
    assert main(["cite", "check", str(folder / "paris.yml"), str(outside), str(tmp_path / "none.yml")]) == 1
    out, error = capsys.readouterr()
    assert f"{outside}:8: country:" in error and "Mend: write the two capital letters" in error
    assert "none.yml:1: the file cannot be read" in error
    assert out.endswith("3 files: 2 to mend\n")


def test_check_tells_a_name_that_is_another_s(folder: Path, capsys: Capture) -> None:
    file = folder / "caen.yml"
    file.write_text(file.read_text("utf-8").replace("also_called:", "also_called:\n  - La Villette"), "utf-8")
    sent = folder.parent / "caen.yml"
    sent.write_text(file.read_text("utf-8"), "utf-8")
    for one in (file, sent):
        assert main(["cite", "check", str(one)]) == 1
        error = capsys.readouterr().err
        assert error.startswith(f"{one}:") and "paris.yml:" in error and "Mend: give one of the two" in error
    assert main(["cite", "check", str(folder / "paris.yml")]) == 1
    assert "caen.yml:6" in capsys.readouterr().err


def test_stale_lists_the_oldest_first(folder: Path, capsys: Capture) -> None:
    assert main(["cite", "stale", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    dates = [fact["as_of"] or fact["checked_on"] for fact in found]
    assert [day[:4] for day in dates] == sorted(day[:4] for day in dates)
    assert [(fact["fact"], fact["as_of"]) for fact in found if fact["cite"] == "geneve"][:2] == [
        ("address", "2012-10"), ("phone", "2012-10"),
    ]  # fmt: skip
    assert all(fact["source"] and fact["file"] == f"data/cites/{fact['cite']}.yml" for fact in found)
    assert not {fact["cite"] for fact in found} & {"demo", "genova"}


def test_stale_looks_ahead(folder: Path, capsys: Capture) -> None:
    def count(*options: str) -> int:
        assert main(["cite", "stale", "--cite", "marseille", "--json", *options]) == 0
        return len(capsys.readouterr().out.splitlines())

    assert count() < count("--days", "1000")


@pytest.mark.parametrize("days", ["-1", "99999999", "x", "9" * 5_000])
def test_stale_looks_no_further_than_the_calendar(days: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["cite", "stale", "--days", days])
    assert caught.value.code == 2
    assert "days" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["show"], ["check"], ["new", "--name", "Cité", "--country", "FR"]])
def test_a_name_longer_than_any_file_has_is_refused(folder: Path, arguments: list[str], capsys: Capture) -> None:
    part, *options = arguments
    assert main(["cite", part, "a" * 300, *options]) in (1, 2)
    assert "a" * 300 in capsys.readouterr().err
