"""A Cité's own page: its JSON-LD, from a file or over HTTP; what is not its own is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.errors import DataError
from bot.knowledge.imports import schema_org
from bot.knowledge.imports.report import Report
from tests.knowledge.site import Answer, Site, serve, serving

SOURCE = "https://www.testville.example.org/contact"


def gather(directory: Any, page: str | Path, source: str | None = SOURCE, any_name: bool = False) -> Report:
    report = Report()
    cites = directory.cites()
    schema_org.read(str(page), cites["testville"], cites, source, directory.today, report, any_name)
    report.settle()
    return report


def html(folder: Path, *nodes: Any, before: str = "", after: str = "") -> Path:
    file = folder / "page.html"
    blocks = "".join(f"<script type='application/ld+json'>{before}{json.dumps(node)}{after}</script>" for node in nodes)
    file.write_text(f"<html><head>{blocks}</head></html>", "utf-8")
    return file


def test_the_recorded_page(directory) -> None:  # type: ignore[no-untyped-def]
    report = gather(directory, directory.data / "page.html", None)
    facts = report.changes["testville", None]
    assert {key: fact.get("value") for key, fact in facts.items()} == {
        "coordinates": None,
        "address": "1 place de la Gare, 99000 Testville (derrière la halle)",
        "phone": "+33 1 99 00 00 10",
        "email": "bonjour@testville.example.org",
        "website": "https://www.testville.example.org/",
        "hours": "Mo-We,Fr 09:30-12:30,13:30-17:30; Th 09:30-19:00; PH off; 2026 Dec 24-2027 Jan 03 Mo-Su off",
    }
    assert facts["coordinates"]["lat"] == 45.0102
    assert {(fact["source"], fact["checked_on"]) for fact in facts.values()} == {(SOURCE, directory.today)}
    assert [match.name for match in report.of_kind("ambiguous")] == ["Association imaginaire du centre-ville"]
    assert "Camille" not in str(report)


def test_on_a_page_of_another_cite_nothing_is_taken(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = {"@type": "Organization", "name": "Cité des métiers de Fermeville", "telephone": "01 99 00 00 20"}
    host = {"@type": "Organization", "name": "La maison qui l'accueille", "telephone": "01 99 00 00 21"}
    report = gather(directory, html(tmp_path, other, host))
    assert not report.changes
    assert [match.name for match in report.of_kind("ambiguous")] == ["La maison qui l'accueille"]


CITE = {
    "@context": "https://schema.org",
    "@type": "EducationalOrganization",
    "name": "Cité des métiers de Testville",
    "telephone": "01 99 00 00 10",
}


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"openingHours": ["Mo-Fr 09:00-12:00", "Mo-Fr 13:00-17:00"]}, "hours", "Mo-Fr 09:00-12:00,13:00-17:00"),
        ({"openingHours": "Mo-Fr 09:00-17:00; PH off"}, "hours", "Mo-Fr 09:00-17:00; PH off"),
        ({"location": {"@type": "Place", "openingHours": "Mo 09:00-17:00"}}, "hours", "Mo 09:00-17:00"),
        ({"telephone": None, "contactPoint": {"telephone": "+33199000011"}}, "phone", "+33 1 99 00 00 11"),
        ({"url": {"@value": "https://www.example.org/"}}, "website", "https://www.example.org/"),
        ({"address": "2 rue Haute, 99000 Testville"}, "address", "2 rue Haute, 99000 Testville"),
        ({"@type": "https://schema.org/CulturalCentre", "openingHours": "Mo 09:00-17:00"}, "hours", "Mo 09:00-17:00"),
    ],
)
def test_the_forms_of_a_value(directory, tmp_path: Path, more: dict[str, Any], field: str, value: str) -> None:  # type: ignore[no-untyped-def]
    report = gather(directory, html(tmp_path, [{**CITE, **more}]))
    assert report.changes["testville", None][field]["value"] == value


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"openingHours": "du lundi au vendredi"}, "hours"),
        ({"telephone": ["01 99 00 00 10", "01 99 00 00 11"]}, "phone"),
        ({"address": {"@type": "PostalAddress", "addressLocality": "Testville"}}, "address"),
        ({"geo": {"latitude": "0", "longitude": "0"}}, "coordinates"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(directory, tmp_path: Path, more: dict[str, Any], field: str) -> None:  # type: ignore[no-untyped-def]
    report = gather(directory, html(tmp_path, {**CITE, **more}))
    assert [finding.claim.field for _, finding in report.findings if finding.outcome == "refused"] == [field]
    assert field not in report.changes.get(("testville", None), {})


def test_a_file_of_json_alone_and_blocks_in_wrappers(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    alone = tmp_path / "page.jsonld"
    alone.write_text(json.dumps(CITE), "utf-8")
    wrapped = html(tmp_path, CITE, before="\n//<![CDATA[\n", after="\n//]]>\n")
    assert gather(directory, alone).changes == gather(directory, wrapped).changes != {}


def test_another_cite_is_never_taken_for_this_one(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = gather(directory, html(tmp_path, {**CITE, "name": "Cité des métiers de Fermeville"}))
    assert report.changes == {}
    assert report.of_kind("look_alike")[0].verdict.why == "it is fermeville"


def test_several_bodies_without_its_name_are_told(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = gather(directory, html(tmp_path, {**CITE, "name": "Un lieu"}, {**CITE, "name": "Un autre lieu"}))
    assert report.changes == {}
    assert len(report.of_kind("ambiguous")) == 2
    assert gather(directory, tmp_path / "page.html", any_name=True).changes == {}


def test_the_only_body_of_a_page_is_taken_without_the_name_when_that_is_asked_for(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    agency = html(tmp_path, {"@type": "Organization", "name": "Agence web Dupont", "telephone": "01 99 00 00 99"})
    report = gather(directory, agency)
    assert report.changes == {}
    (told,) = report.of_kind("ambiguous")
    assert told.name == "Agence web Dupont" and "--any-name" in told.verdict.why
    asked = gather(directory, agency, any_name=True)
    assert asked.changes["testville", None]["phone"]["value"] == "+33 1 99 00 00 99"
    assert not asked.of_kind("ambiguous")


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        *(("Ville de Testville", False), ("Agence web Testville", False), ("Cité des métiers", False)),
        *(("La CDM Testville", True), ("testville", True)),
        ("Bienvenue à la Cité des métiers de Testville et environs", True),
    ],
)
def test_a_body_that_only_names_the_town_is_not_the_cite(directory, tmp_path: Path, name: str, taken: bool) -> None:  # type: ignore[no-untyped-def]
    page = html(tmp_path, {**CITE, "name": name})
    report = gather(directory, page)
    assert bool(report.changes) is taken
    assert len(report.of_kind("ambiguous")) == (not taken)
    assert gather(directory, page, any_name=True).changes


def test_faults_of_a_page(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = html(tmp_path, CITE)
    page.write_text(page.read_text("utf-8") + '\n<script type="application/ld+json">\n{"@type": }</script>', "utf-8")
    (fault,) = gather(directory, page).faults
    assert (fault.file, fault.line) == (page, 3)
    with pytest.raises(DataError, match="address of its page"):
        gather(directory, html(tmp_path, CITE), None)
    page.write_text("<div itemscope itemtype='https://schema.org/Place'></div>", "utf-8")
    with pytest.raises(DataError, match="microdata or RDFa, which are not read"):
        gather(directory, page)
    with pytest.raises(DataError, match="cannot be read"):
        gather(directory, tmp_path / "nowhere.html")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    with serving() as site:
        yield site


def test_a_page_by_its_address(directory, tmp_path: Path, site: Site) -> None:  # type: ignore[no-untyped-def]
    site.answer = serve(html(tmp_path, CITE).read_bytes())
    report = gather(directory, site.url, None)
    assert report.changes["testville", None]["phone"]["source"] == site.url
    assert "text/html" in site.headers["accept"]


@pytest.mark.parametrize("answer", [serve(b"", 404), serve(b" " * (11 << 20))])
def test_a_page_that_cannot_be_had(directory, site: Site, answer: Answer) -> None:  # type: ignore[no-untyped-def]
    site.answer = answer
    with pytest.raises(DataError, match="cannot be had") as caught:
        gather(directory, site.url)
    assert str(caught.value).startswith(f"{site.url}:1: ")


def test_what_is_no_address_of_a_page_is_told(directory) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DataError, match="cannot be had"):
        gather(directory, "http://[::1")
