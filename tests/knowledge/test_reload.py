"""A running process tells what the files say now: changed, added, removed, faulty and mended files."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.knowledge import hours, kept
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.errors import DataErrors
from bot.knowledge.nearest import nearest
from bot.knowledge.paths import DATA, ROOT
from bot.knowledge.places import find

NEW = """\
id: saint-flour
names:
  fr: Cité des métiers de Saint-Flour
country: FR
city: Saint-Flour
timezone: Europe/Paris
coordinates: {lat: 45.0336, lon: 3.0929, approximate: true, source: town centre}
status: {value: open, source: https://example.org/, checked_on: 2026-11-22}
hours: {value: "Mo-Fr 09:00-17:00; PH off", source: https://example.org/, checked_on: 2026-11-22}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the directory, looked at afresh by every question."""
    monkeypatch.setattr(kept, "LOOK_EVERY_S", 0.0)
    shutil.copytree(DATA / "cites", tmp_path / "cites")
    shutil.copytree(DATA / "agenda", tmp_path / "agenda")
    yield tmp_path / "cites"
    load_cites.cache_clear()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_cite_is_added_by_its_file_alone(folder: Path) -> None:
    assert find_cite("Saint-Flour", load_cites(folder)) is None
    (folder / "saint-flour.yml").write_text(NEW, "utf-8")
    cites = load_cites(folder)
    cite = find_cite("la cité des métiers de saint flour", cites)
    assert cite is not None and cite is cites["saint-flour"]
    place = find("Aurillac", "FR").place
    assert place is not None
    near = nearest(place, cites.values())[0]
    assert (near.cite, round(near.km)) == (cite, 53)
    found = hours.state(cite, datetime(2026, 11, 25, 10), today=date(2026, 11, 25))
    assert (found.open, found.until) == (True, found.at.replace(hour=17))


def test_a_changed_value_is_told_and_the_rest_stays(folder: Path) -> None:
    before = load_cites(folder)
    change(folder / "demo.yml", "Th 09:30-19:00", "Th 09:30-20:00")
    after = load_cites(folder)
    assert "20:00" in after["demo"].hours.value  # type: ignore[union-attr]
    assert "19:00" in before["demo"].hours.value  # type: ignore[union-attr]
    assert list(after) == list(before)
    assert find_cite("demo", before) is before["demo"]
    assert find_cite("demo", after) is after["demo"]


def test_a_removed_or_replaced_file_is_seen(folder: Path) -> None:
    load_cites(folder)
    (folder / "caen.yml").unlink()
    assert "caen" not in load_cites(folder)
    assert find_cite("Caen", load_cites(folder)) is None
    renamed = folder / "demo.new"
    renamed.write_text((folder / "demo.yml").read_text("utf-8").replace("Sa 10:00", "Sa 11:00"), "utf-8")
    renamed.replace(folder / "demo.yml")
    assert "Sa 11:00" in load_cites(folder)["demo"].hours.value  # type: ignore[union-attr]


def test_nothing_is_read_again_while_nothing_changes(folder: Path) -> None:
    assert load_cites(folder) is load_cites(folder)


def test_a_look_is_taken_once_a_second_at_most(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LOOK_EVERY_S", 60.0)
    before = load_cites(folder)
    (folder / "saint-flour.yml").write_text(NEW, "utf-8")
    assert load_cites(folder) is before


def test_a_faulty_file_leaves_the_last_good_directory(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = load_cites(folder)
    (folder / "saint-flour.yml").write_text(NEW, "utf-8")
    change(folder / "paris.yml", "timezone: Europe/Paris", "timezone: Europe/Pari")
    with caplog.at_level(logging.ERROR):
        assert load_cites(folder) is before
        assert load_cites(folder) is before
    (told,) = caplog.messages  # once, not at every question
    assert "paris.yml:" in told and '"Europe/Pari" is no time zone' in told and "Mend:" in told
    change(folder / "paris.yml", "Europe/Pari", "Europe/Paris")
    assert set(load_cites(folder)) - set(before) == {"saint-flour"}


@pytest.mark.parametrize("text", ["", "id: [", "\0", "id: saint-flour\n"])
def test_a_half_written_file_changes_nothing(folder: Path, text: str) -> None:
    before = load_cites(folder)
    (folder / "saint-flour.yml").write_text(text, "utf-8")
    assert load_cites(folder) is before


def test_a_folder_that_goes_leaves_the_last_good_directory(folder: Path) -> None:
    before = load_cites(folder)
    folder.rename(folder.with_name("elsewhere"))
    assert load_cites(folder) is before


def test_an_agenda_that_was_missing_is_taken_when_it_comes(folder: Path) -> None:
    agenda = "agenda: [{ics: new.ics, lang: fr, source: here, checked_on: 2026-11-22}]\n"
    before = load_cites(folder)
    (folder / "saint-flour.yml").write_text(NEW + agenda.replace("here", "the Cité's calendar"), "utf-8")
    assert load_cites(folder) is before
    shutil.copy(DATA / "agenda" / "demo.ics", folder.parent / "agenda" / "new.ics")
    assert "saint-flour" in load_cites(folder)


def test_the_first_reading_is_refused_whole(folder: Path) -> None:
    (folder / "paris.yml").write_text("id: [", "utf-8")
    for _ in range(2):
        with pytest.raises(DataErrors, match="paris.yml:1"):
            load_cites(folder)


def test_threads_are_served_while_one_reads_anew(folder: Path) -> None:
    load_cites(folder)
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(200):
                assert find_cite("Marseille", load_cites(folder)).id == "marseille"  # type: ignore[union-attr]
        except BaseException as error:  # told by the main thread
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    (folder / "saint-flour.yml").write_text(NEW, "utf-8")
    for thread in threads:
        thread.join()
    assert not failed
    assert "saint-flour" in load_cites(folder)


def test_a_running_process_sees_the_change_at_the_next_question(tmp_path: Path) -> None:
    """As the actions and the door run: one process, asked again and again, never restarted."""
    data = tmp_path / "data"
    shutil.copytree(DATA / "cites", data / "cites")
    shutil.copytree(DATA / "agenda", data / "agenda")
    program = (
        "import sys\nfrom bot.knowledge.cites import find_cite\n"
        "for line in sys.stdin:\n    print(find_cite(line) is not None, flush=True)"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "BOT_DATA": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(name: str) -> str:
        assert running.stdin and running.stdout
        running.stdin.write(f"{name}\n")
        running.stdin.flush()
        return running.stdout.readline().strip()

    with running:
        assert [ask("Marseille"), ask("Saint-Flour")] == ["True", "False"]
        (data / "cites" / "saint-flour.yml").write_text(NEW, "utf-8")
        time.sleep(1.1)
        assert ask("Saint-Flour") == "True"
