"""data·inclusion from end to end: what is taken of a structure and of its services, and what is told."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.errors import DataError
from bot.knowledge.imports.report import as_dict, lines


def outcomes(report, outcome: str) -> set[tuple[str, str | None, str, Any]]:  # type: ignore[no-untyped-def]
    return {
        (*target, finding.claim.field, str(finding.claim.value))
        for target, finding in report.findings
        if finding.outcome == outcome
    }


def test_what_the_recorded_example_says(directory) -> None:  # type: ignore[no-untyped-def]
    report = directory.inclusion("structures.json", "services.csv", "older.csv")
    assert (report.structures, report.services, dict(report.services_of)) == (14, 4, {"testville": 2})
    assert outcomes(report, "conflict") == {("testville", None, "email", "contact@testville.example.org")}
    assert ("testville", None, "phone", "+33 1 99 00 00 08") in outcomes(report, "changed")
    assert outcomes(report, "disagreement") == {
        ("testville", None, "phone", "+33 1 99 00 00 01"),
        ("testville", None, "phone", "+33 1 99 00 00 02"),
        ("testville", None, "hours", "Mo-Fr 08:30-12:30; PH off"),
    }
    assert outcomes(report, "refused") == {
        ("testville", None, "hours", "du lundi au vendredi"),
        ("pays-de-nulle-part", None, "coordinates", "{'lat': 46.17, 'lon': 1.87}"),
    }
    assert report.closed == ["fermeville"]
    assert [match.name for match in report.of_kind("absent")] == ["Cité des métiers"]
    assert len(report.of_kind("look_alike")) == 3
    assert len(report.of_kind("ambiguous")) == 3


def test_json_and_csv_say_the_same(directory) -> None:  # type: ignore[no-untyped-def]
    assert directory.inclusion("structures.json").changes == directory.inclusion("structures.csv").changes


def test_a_service_gives_its_place_where_the_structure_has_none_and_nothing_of_a_person(directory) -> None:  # type: ignore[no-untyped-def]
    report = directory.inclusion("services.csv", "structures.json")  # in any order
    facts = report.changes["testville", "Annexeville"]
    assert facts["coordinates"]["lat"] == 45.2
    assert facts["address"]["value"] == "2 rue du Pont, 99100 Annexeville"
    assert facts["phone"]["value"] == "+33 1 99 00 00 03"
    assert facts["hours"]["value"] == "Tu,Th 09:00-12:00"
    assert "email" not in facts
    assert "prenom.nom" not in json.dumps(as_dict(report))


def test_services_alone_are_never_taken_for_the_cite(directory) -> None:  # type: ignore[no-untyped-def]
    report = directory.inclusion("services.csv")
    assert report.changes == {}
    assert [match.name for match in report.of_kind("ambiguous")] == ["Atelier à la Cité des métiers"]


def test_the_report_is_told_in_words_and_in_json(directory) -> None:  # type: ignore[no-untyped-def]
    report = directory.inclusion("structures.json", "older.csv")
    told = "\n".join(lines(report))
    for part in (
        "14 structures and 0 services read; 6 are Cités",
        "Conflicts, left as they are: compare and decide (1):\n  testville: email: accueil@testville.example.org (",
        "fermeville: closed according to its file",
        "structures.json:109: Apec à la Cité des métiers de Testville, Testville (perhaps testville)",
        "Nothing is written yet",
    ):
        assert part in told
    plain = json.loads(json.dumps(as_dict(report)))
    assert plain["conflict"][0]["ours_on"] == "2026-11-20"
    assert {one["field"] for one in plain["new"] if one["centre"] == "Annexeville"} == {"address", "phone", "hours"}
    assert plain["written"] == []


def structure(folder: Path, **more: Any) -> Path:
    row = {
        "source": "annuaire-fictif", "id": "1", "nom": "Cité des métiers de Testville", "date_maj": "2026-10-01",
        "commune": "Testville", "code_postal": "99000", **more,
    }  # fmt: skip
    file = folder / "one.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerows([row.keys(), row.values()])
    return file


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"date_maj": ""}, '"date_maj" is missing'),
        ({"date_maj": "hier"}, "no date"),
        ({"date_maj": "2030-01-01"}, "not come yet"),
        ({"source": ""}, '"source" is missing'),
    ],
)
def test_a_bad_row_of_a_cite_is_named_and_left_out(
    directory, tmp_path: Path, more: dict[str, str], message: str
) -> None:  # type: ignore[no-untyped-def]
    report = directory.inclusion(structure(tmp_path, telephone="01 99 00 00 01", **more))
    (fault,) = report.faults
    assert (fault.file.name, fault.line) == ("one.csv", 2)
    assert message in fault.message and fault.mend
    assert report.changes == {}


def test_a_bad_row_of_somebody_else_does_not_matter(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert directory.inclusion(structure(tmp_path, nom="Mission locale", date_maj="hier")).faults == []


@pytest.mark.parametrize(
    ("text", "message"), [("a,b\n1,2\n", "neither structures nor services"), ("id,nom\n", "no row")]
)
def test_a_file_of_something_else(directory, tmp_path: Path, text: str, message: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "else.csv"
    file.write_text(text)
    with pytest.raises(DataError, match=message):
        directory.inclusion(file)


def test_bad_values_are_told_and_the_good_ones_taken(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = structure(
        tmp_path, telephone="3949", courriel="a@b", site_web="javascript:x", horaires_accueil="SH off",
        latitude="45,1", longitude="3.0", accessibilite_lieu="https://acceslibre.example.org/a",
    )  # fmt: skip
    report = directory.inclusion(file)
    assert {field for _, _, field, _ in outcomes(report, "refused")} == {
        "phone",
        "email",
        "website",
        "hours",
        "coordinates",
    }
    assert set(report.changes["testville", None]) == {"accessibility_page"}
    assert report.changes["testville", None]["accessibility_page"]["checked_on"] == date(2026, 10, 1)
