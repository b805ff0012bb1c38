"""Writing: only what changes changes, all or nothing, and only what passes the check of a Cité's file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.errors import DataErrors
from bot.knowledge.imports.editing import EditError
from bot.knowledge.imports.values import FIELDS
from bot.knowledge.imports.writing import applied, edit, write
from bot.knowledge.paths import DATA

DAY = date(2026, 10, 2)
FILES = [file.read_text("utf-8") for file in sorted((DATA / "cites").glob("*.yml"))]
TESTVILLE = (Path(__file__).parents[1] / "data" / "imports" / "cites" / "testville.yml").read_text("utf-8")


def fact(value: Any, **more: Any) -> dict[str, Any]:
    return {"value": value, "source": "data.inclusion x/1", "checked_on": DAY, **more}


def test_a_value_changes_and_its_comment_stays() -> None:
    text = edit(TESTVILLE, {None: {"phone": fact("+33 1 99 00 00 08", as_of=DAY)}})
    old, new = TESTVILLE.splitlines(), text.splitlines()
    assert [line for line in old if line not in new] == [
        '  value: "+33 1 99 00 00 00"   # answered by people',
        "  checked_on: '2026-06-01'",
        "  as_of: 2019",
        "  note:",
        "    fr: Numéro de l'accueil.",
        "    en: The reception's number.",
    ]
    assert "  value: +33 1 99 00 00 08   # answered by people" in new
    assert [line for line in new if "#" in line] == [
        line.replace('"+33 1 99 00 00 00"', "+33 1 99 00 00 08") for line in old if "#" in line
    ]


def test_a_new_fact_takes_its_place_before_the_comment_of_the_next() -> None:
    text = edit(TESTVILLE, {None: {"accessibility_page": fact("https://www.example.org/a")}})
    block = (
        "  checked_on: 2026-06-01\naccessibility_page:\n  value: https://www.example.org/a\n"
        "  source: data.inclusion x/1\n  checked_on: 2026-10-02\n\n# The reception's own number"
    )
    assert block in text


def test_degrees_between_braces_stay_there() -> None:
    point = {"lat": 45.1, "lon": 3.0, "approximate": True, "source": "a, b", "checked_on": DAY}
    text = edit(TESTVILLE, {None: {"coordinates": point}})
    assert "coordinates: {lat: 45.1, lon: 3.0, approximate: true, source: 'a, b', checked_on: 2026-10-02}\n" in text


def test_a_centre_is_added_then_changed_then_joined_by_another() -> None:
    once = edit(TESTVILLE, {"Annexeville": {"phone": fact("+33 1 99 00 00 03")}})
    assert once.index("associated_centres:") < once.index("centres:\n  - town: Annexeville") < once.index("# The end")
    twice = edit(
        once, {"ANNEXEVILLE": {"address": fact("1 rue Basse, 99100 Annexeville")}, "Autre": {"phone": fact("+33 1")}}
    )
    centres = yaml.safe_load(twice)["centres"]
    assert [list(centre) for centre in centres] == [["town", "address", "phone"], ["town", "phone"]]
    assert centres[0]["town"] == "Annexeville"


@pytest.mark.parametrize(
    "text", ["id: a\nphone: {value: x, source: y, checked_on: 2026-01-01, note: {fr: a, en: b}}\n", "{id: a}\n"]
)
def test_what_cannot_be_edited_in_place_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        edit(text, {None: {"phone": fact("+33 1"), "email": fact("a@example.org")}})


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20
) | st.sampled_from(
    [
        "no",
        "12:30",
        "off",
        "1e5",
        "- a",
        "a: b",
        "a # b",
        "{a}",
        "'",
        "é, è",
        "2026-01-01",
        "null",
        "~",
        "+33 1",
        "*a",
        "&a",
    ]
)
FACTS = st.builds(fact, TEXTS)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        None: st.dictionaries(st.sampled_from(FIELDS[1:]), FACTS),
        "Gap": st.dictionaries(st.sampled_from(FIELDS[1:]), FACTS),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*FILES, TESTVILLE]), CHANGES)
def test_any_file_takes_any_text_and_nothing_else_changes(text: str, changes: dict[Any, Any]) -> None:
    edited = edit(text, changes)
    assert yaml.safe_load(edited) == applied(yaml.safe_load(text), changes)
    assert edit(edited, changes) == edited
    for line in text.splitlines():
        assert not line.startswith("#") or line in edited.splitlines()


def test_all_is_written_once_and_a_second_time_there_is_nothing_to_do(directory) -> None:  # type: ignore[no-untyped-def]
    files = ("structures.json", "services.csv", "older.csv")
    proposed = directory.inclusion(*files)
    before = directory.text("testville")
    report = directory.inclusion(*files, apply=True)
    assert report.changes == proposed.changes
    assert report.written == ["pays-de-nulle-part.yml", "testville.yml"]
    assert directory.text("testville") != before
    after = {file.name: file.read_bytes() for file in directory.folder.iterdir()}
    again = directory.inclusion(*files, apply=True)
    assert (again.changes, again.written) == ({}, [])
    assert {file.name: file.read_bytes() for file in directory.folder.iterdir()} == after
    assert [entry.name for entry in directory.folder.parent.iterdir()] == ["cites"], "nothing is left lying about"


def test_what_was_written_is_what_the_assistant_then_knows(directory) -> None:  # type: ignore[no-untyped-def]
    directory.inclusion("structures.json", "services.csv", apply=True)
    cite = directory.cites()["testville"]
    assert (cite.phone.value, cite.phone.source, cite.phone.checked_on) == (
        "+33 1 99 00 00 01", "data.inclusion annuaire-fictif/2", DAY,
    )  # fmt: skip
    assert cite.hours.value == "Mo-Fr 08:30-12:30; PH off"
    assert cite.accessibility_page.value.startswith("https://acceslibre.example.org/")
    assert (cite.lat, cite.lon, cite.coords_approximate) == (45.0102, 3.0101, True)
    assert cite.email.value == "accueil@testville.example.org", "checked later by a person"
    (centre,) = cite.centres
    assert (centre.town, centre.phone.value, centre.hours.value) == (
        "Annexeville",
        "+33 1 99 00 00 03",
        "Tu,Th 09:00-12:00",
    )
    assert (centre.address.value, centre.lat) == ("2 rue du Pont, 99100 Annexeville", 45.2)


def test_a_file_that_would_not_pass_its_check_is_not_written_nor_any_other(directory) -> None:  # type: ignore[no-untyped-def]
    cites = directory.cites()
    before = {file.name: file.read_bytes() for file in directory.folder.iterdir()}
    bad = {"hours": fact("du lundi au vendredi")}
    with pytest.raises(DataErrors, match="testville.yml:.*not understood") as caught:
        write(cites, {("pays-de-nulle-part", None): {"phone": fact("+33 1 99 00 00 00")}, ("testville", None): bad})
    assert caught.value.errors[0].file == cites["testville"].file
    assert {file.name: file.read_bytes() for file in directory.folder.iterdir()} == before


def test_line_ends_of_windows_stay(directory) -> None:  # type: ignore[no-untyped-def]
    file = directory.folder / "testville.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    directory.inclusion("structures.json", apply=True)
    content = file.read_bytes()
    assert b"+33 1 99 00 00 01" in content
    assert content.count(b"\n") == content.count(b"\r\n")
