"""The directory: every file good, every fault named with its line and mend, nothing unsourced shown."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.knowledge.cites import Cite, find_cite, load_cites, read_cite
from bot.knowledge.errors import DataErrors
from bot.knowledge.paths import DATA

CITES = load_cites()

GOOD = """\
id: testville
names:
  fr: Cité des métiers de Testville
country: FR
city: Testville
timezone: Europe/Paris
coordinates: {lat: 45.0, lon: 3.0, approximate: true, source: by hand}
status:
  value: open
  source: https://example.org/
  checked_on: 2026-11-22
hours:
  value: "Mo-Fr 09:00-17:00; PH off"
  source: https://example.org/
  checked_on: 2026-11-22
"""


def write(folder: Path, text: str, name: str = "testville") -> Path:
    file = folder / "cites" / f"{name}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path, text: str) -> list[tuple[int, str, str]]:
    found = read_cite(write(folder, text))
    assert isinstance(found, list), "the file was accepted"
    assert all(error.file.name == "testville.yml" and error.mend for error in found)
    return [(error.line, error.message, error.mend) for error in found]


def test_all_known_cites_and_the_demonstration_are_there() -> None:
    assert len(CITES) >= 40
    assert {"paris", "marseille", "geneve", "bellinzona", "la-reunion", "chile", "canada", "demo"} <= set(
        CITES
    )
    assert {cite.country for cite in CITES.values()} == {
        *("FR", "BE", "CH", "IT", "ES", "PT", "CL", "MU", "DE", "CA"),
    }


def test_ids_are_those_of_the_files() -> None:
    assert {file.stem for file in (DATA / "cites").glob("*.yml")} == set(CITES)


@pytest.mark.parametrize("cite", CITES.values(), ids=CITES.keys())
def test_every_fact_has_its_source_and_its_check(cite: Cite) -> None:
    facts = [value for value in vars(cite).values() if hasattr(value, "checked_on")]
    assert facts
    for fact in facts:
        assert fact.source
        assert fact.checked_on == date(2026, 11, 22)
        assert fact.as_of is None or fact.as_of <= fact.checked_on


@pytest.mark.parametrize("cite", CITES.values(), ids=CITES.keys())
def test_what_is_unconfirmed_is_nowhere_in_what_is_loaded(cite: Cite) -> None:
    raw = yaml.safe_load(cite.file.read_text(encoding="utf-8"))
    shown = repr({key: value for key, value in vars(cite).items() if key != "file"})
    for key in ("phone", "website", "postcode"):
        if key in raw.get("unconfirmed", {}):
            assert str(raw["unconfirmed"][key]) not in shown


def test_only_the_demonstration_has_hours_the_others_have_past_hours() -> None:
    assert [cite.id for cite in CITES.values() if cite.hours] == ["demo"]
    past = {cite.id for cite in CITES.values() if cite.past_hours}
    assert past == {"marseille", "bellinzona", "cascais", "geneve", "paris", "barcelona"}
    marseille = CITES["marseille"].past_hours[0]
    assert (marseille.kind, marseille.opening_hours) == ("advisors", "Mo-Fr 10:00-18:00")
    assert (marseille.fact.as_of, marseille.fact.precision) == (date(2017, 1, 1), "year")


def test_the_demonstration_says_that_it_is_one() -> None:
    demo = CITES["demo"]
    assert demo.fictional
    assert not demo.offered
    assert demo.lat is None
    assert all("fi" in name or "immaginaria" in name for name in demo.names.values())
    assert demo.phone is None


def test_statuses() -> None:
    assert CITES["genova"].status == "closed"
    assert CITES["belfort"].status == "unknown"
    assert "2025" in CITES["belfort"].status_fact.note.get("fr")  # type: ignore[union-attr]
    closed = {"nimes", "montpellier", "hauts-de-seine", "genova", "roma", "treviso"}
    assert {cite.id for cite in CITES.values() if not cite.offered} == closed | {"demo"}


def test_overseas_territories_zones_and_regions() -> None:
    reunion = CITES["la-reunion"]
    assert (reunion.country, reunion.territory, reunion.timezone) == ("FR", "RE", "Indian/Reunion")
    assert CITES["mayotte"].territory == "YT"
    assert CITES["guadeloupe"].territory == "GP"
    assert CITES["marseille"].territory == "FR"


def test_names_fall_back_to_that_of_the_place() -> None:
    assert CITES["bellinzona"].name("fr") == "Città dei mestieri della Svizzera italiana"
    assert CITES["demo"].name("en").startswith("Demonstration")
    assert CITES["demo"].name("nl") == CITES["demo"].name("fr")


def test_words_fall_back_to_english() -> None:
    note = CITES["val-de-marne"].access.value  # type: ignore[union-attr]
    assert note.get("nl") == note.get("en") != note.get("fr")


def test_poles_answer_concerns() -> None:
    paris = CITES["paris"].poles
    assert paris is not None
    assert len(paris.value) == 5
    concerns = {concern for pole in paris.value for concern in pole.concerns}
    assert {"choose_career", "find_training", "find_job", "change_job", "create_business"} <= concerns


@pytest.mark.parametrize(
    ("as_of", "found"),
    [("2026-11-23", 0), ("2026-11-24", 1), ("2026-11", 0), ('"2026-12"', 1), ("2026", 0), ("2027", 1)],
)
def test_a_source_of_a_day_that_has_not_come_is_a_fault_for_who_checks(tmp_path: Path, as_of: str, found: int) -> None:
    file = write(tmp_path, GOOD + f"  as_of: {as_of}\n")
    assert isinstance(read_cite(file), Cite)
    read = read_cite(file, date(2026, 11, 22))
    assert len(read if isinstance(read, list) else []) == found


def test_dates_of_sources_keep_their_precision() -> None:
    phone = CITES["geneve"].phone
    assert phone is not None
    assert (phone.as_of, phone.precision) == (date(2012, 10, 1), "month")
    assert phone.is_stale("phone", date(2026, 11, 22))
    website = CITES["marseille"].website
    assert website is not None
    assert not website.is_stale("website", date(2026, 11, 23))
    assert website.is_stale("website", date(2027, 11, 23))


def test_cites_may_be_keys() -> None:
    assert {CITES["paris"]: 1}[CITES["paris"]] == 1


def test_the_directory_is_read_once() -> None:
    assert load_cites() is load_cites()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Marseille", "marseille"),
        ("la Cité des métiers de Marseille", "marseille"),
        ("CITÉ DES MÉTIERS DE BRUXELLES", "bruxelles"),
        ("Geneve", "geneve"),
        ("Ginevra", "geneve"),
        ("marseile", "marseille"),
        ("Saint-Quentin", "saint-quentin-aisne"),
        ("st quentin en yvelines", "saint-quentin-en-yvelines"),
        ("la cité de Saint-Quentin-en-Yvelines", "saint-quentin-en-yvelines"),
        ("SQY", "saint-quentin-en-yvelines"),
        ("Porta22", "barcelona"),
        ("Genova", "genova"),
        ("la-reunion", "la-reunion"),
        ("Réunion", "la-reunion"),
        ("val de marne", "val-de-marne"),
        ("demo", "demo"),
        ("paris ou marseille", None),
        ("cité des métiers", None),
        ("Lyon", None),
        ("Cagn", None),
        ("?!", None),
        ("", None),
    ],
)
def test_a_cite_by_its_name(text: str, wanted: str | None) -> None:
    found = find_cite(text)
    assert (found.id if found else None) == wanted


@pytest.mark.parametrize("cite", CITES.values(), ids=CITES.keys())
def test_every_cite_is_found_by_its_id_and_its_names(cite: Cite) -> None:
    found = [find_cite(name) for name in (cite.id, *cite.names.values())]
    assert [one.id if one else None for one in found] == [cite.id] * len(found)


def test_a_good_file_alone_is_enough(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    cites = load_cites(tmp_path / "cites")
    assert list(cites) == ["testville"]
    assert find_cite("testville", cites) is cites["testville"]


FACT = "  source: here\n  checked_on: 2026-11-22\n"


@pytest.mark.parametrize(
    ("change", "line", "message", "mend"),
    [
        (("id: testville", "id: elsewhere"), 1, "not the name of the file", 'write "testville"'),
        (("id: testville", "id: Test ville"), 1, "id", "lower-case"),
        (("country: FR", "country: France"), 4, "country", "two capital letters"),
        (("timezone: Europe/Paris", "timezone: Europe/Lyon"), 6, "no time zone", "Europe/Paris"),
        (("timezone: Europe/Paris", "timezone: ../../etc/passwd"), 6, "no time zone", "Europe/Paris"),
        (("value: open", "value: opened"), 9, '"opened" is not one of', "probably_open"),
        (("lat: 45.0", "lat: 450.0"), 7, "450.0", "between -90 and 90"),
        (("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 9h-17h"), 13, "not understood", "OpenStreetMap"),
        (("PH off", "SH off"), 13, "school holidays", "as dates"),
        (("PH off", "Jul PH off"), 13, "PH stands among", '"PH off"'),
        (("city: Testville\n", ""), 6, "no city", "city:"),
        (("names:\n  fr: Cité des métiers de Testville\n", ""), 1, '"names" is missing', "names"),
        (("  checked_on: 2026-11-22\nhours", "hours"), 8, '"checked_on" is missing', "checked_on"),
        (("city: Testville", "ctiy: Testville"), 5, 'the key "ctiy" is not known', 'write "city"'),
        (("city: Testville", "city: Testville\nsubdivision: XX"), 6, "public holidays", "holidays package"),
        (("country: FR", "country: XX"), 4, "public holidays", "holidays package"),
        (
            ("city: Testville", "city: Testville\nhelplines:\n  - key: nobody_s\n    number: '112'\n    source: here\n"
             "    checked_on: 2026-11-22"),
            *(7, '"nobody_s" has no words', "data/locales"),
        ),
        (
            ("  checked_on: 2026-11-22\nhours", "  checked_on: soon\nhours"),
            11,
            "checked_on",
            "year-month-day",
        ),
        (
            ("  checked_on: 2026-11-22\nhours", '  checked_on: "2026-02-30"\nhours'),
            *(11, "no date", "calendar"),
        ),
        (("city: Testville", "city: Testville\ncity: Ailleurs"), 6, "stands twice", "keep one"),
        (("city: Testville", f"city: Testville\nphone:\n  value: 04 91\n{FACT}"), 7, "phone", "+33"),
        (("city: Testville", f"city: Testville\nemail:\n  value: nobody\n{FACT}"), 7, "email", "e-mail"),
        (
            ("city: Testville", f"city: Testville\nwebsite:\n  value: testville\n{FACT}"),
            7,
            "website",
            "https://",
        ),
        (
            ("city: Testville", f"city: Testville\naddress:\n  value: here\n{FACT[15:]}"),
            6,
            "missing",
            "source",
        ),
        (
            ("city: Testville", f"city: Testville\nservices:\n  value: [yoga]\n{FACT}"),
            *(7, '"yoga" is not one of', "interviews"),
        ),
        (
            ("city: Testville", f"city: Testville\naccess:\n  value: {{fr: Métro 7}}\n{FACT}"),
            *(7, '"en" is missing', "at least fr and en"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\nagenda:\n  - ics: none.ics\n    source: here\n    checked_on: 2026-11-22",
            ),
            *(7, "no file", "add it"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\nagenda:\n  - source: here\n    checked_on: 2026-11-22",
            ),
            *(7, "lacks a part", "one of: ics, openagenda, schema_org, rss"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\nagenda:\n  - rss: https://example.org/rss\n    openagenda: https://example.org/a\n"
                "    source: here\n    checked_on: 2026-11-22",
            ),
            *(7, "one format only", "keep one of: openagenda, rss"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\nagenda:\n  - openagenda: events.ics\n    source: here\n    checked_on: 2026-11-22",
            ),
            *(7, "does not have the right form", "(.json)"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\nclosures:\n  - from: 2026-12-31\n    to: 2026-12-24\n    source: here\n"
                "    checked_on: 2026-11-22",
            ),
            *(8, "ends before", "exchange"),
        ),
        (
            (
                "city: Testville",
                "city: Testville\npast_hours:\n  - kind: reception\n"
                "    source: here\n    checked_on: 2026-11-22",
            ),
            *(7, "lacks a part", "opening_hours"),
        ),
    ],
)
def test_a_fault_is_named_with_its_line_and_mend(
    tmp_path: Path, change: tuple[str, str], line: int, message: str, mend: str
) -> None:
    assert change[0] in GOOD
    found = faults(tmp_path, GOOD.replace(*change, 1))
    assert any(at == line and message in text and mend in how for at, text, how in found), found


def test_all_the_faults_of_all_the_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("country: FR", "country: fr").replace("value: open", "value: oepn"))
    write(tmp_path, "id: [", "broken")
    with pytest.raises(DataErrors) as caught:
        load_cites(tmp_path / "cites")
    places = [(error.file.name, error.line) for error in caught.value.errors]
    assert places == [("broken.yml", 1), ("testville.yml", 4), ("testville.yml", 9)]


def test_a_folder_without_a_cite_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="no Cité"):
        load_cites(tmp_path)


def test_the_example_of_the_documentation_is_a_good_file(tmp_path: Path) -> None:
    text = (DATA.parent / "docs" / "cites.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "agenda").mkdir()
    shutil.copy(DATA / "agenda" / "demo.ics", tmp_path / "agenda" / "testville.ics")
    found = read_cite(write(tmp_path, example))
    assert isinstance(found, Cite), found
    assert found.closures
    assert found.helplines


def test_every_key_of_the_schema_is_explained_in_the_documentation() -> None:
    schema = yaml.safe_load((DATA / "cites" / "schema.json").read_text(encoding="utf-8"))
    text = (DATA.parent / "docs" / "cites.md").read_text(encoding="utf-8")
    assert [key for key in schema["properties"] if f"`{key}`" not in text] == []


CENTRES = """\
accessibility_page:
  value: https://example.org/access
  source: https://example.org/
  checked_on: 2026-11-22
centres:
  - town: Elsewhere
    coordinates: {lat: 45.5, lon: 3.5, approximate: true, source: by hand, checked_on: 2026-11-22}
    hours:
      value: "Tu 09:00-12:00"
      source: https://example.org/
      checked_on: 2026-11-22
  - town: Nowhere
"""


def test_what_is_known_of_associated_centres(tmp_path: Path) -> None:
    cite = read_cite(write(tmp_path, GOOD + CENTRES))
    assert isinstance(cite, Cite)
    assert cite.accessibility_page is not None
    assert cite.accessibility_page.value == "https://example.org/access"
    elsewhere, nowhere = cite.centres
    assert (elsewhere.town, elsewhere.lat, elsewhere.hours and elsewhere.hours.value) == (
        "Elsewhere", 45.5, "Tu 09:00-12:00",
    )  # fmt: skip
    assert (nowhere.town, nowhere.lat, nowhere.hours) == ("Nowhere", None, None)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("Tu 09:00-12:00", "mardi matin"), 24, "not understood"),
        (("town: Nowhere", "town: ELSEWHERE"), 27, "stands twice"),
        (("lat: 45.5", "lat: 455"), 22, "455"),
        (("https://example.org/access", "sur demande"), 17, "accessibility_page"),
    ],
)
def test_faults_of_associated_centres(tmp_path: Path, change: tuple[str, str], line: int, message: str) -> None:
    ((found, told, _),) = faults(tmp_path, GOOD + CENTRES.replace(*change))
    assert (found, message in told) == (line, True), told
