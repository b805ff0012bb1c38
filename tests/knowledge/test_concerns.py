"""Guidance on the concerns: what the files hold, and every refusal named where it stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import themes
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.concerns import CONCERNS, Concern, guidance, load_concerns, wording_faults
from bot.knowledge.errors import DataErrors
from bot.knowledge.facts import Fact
from bot.knowledge.helplines import FRENCH_OVERSEAS
from bot.knowledge.paths import DATA, ROOT

COUNTRIES = {"FR", "BE", "CH", "IT", "ES", "PT", "CA", "CL", "MU"}


@pytest.fixture(scope="module")
def concerns() -> dict[str, Concern]:
    return dict(load_concerns())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "concerns", tmp_path / "concerns"))


def edit(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def refusals(folder: Path) -> list[str]:
    with pytest.raises(DataErrors) as caught:
        load_concerns(folder)
    return str(caught.value).splitlines()


def intents() -> list[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]]


# What the files hold


def test_all_the_concerns_are_there_in_their_order(concerns: dict[str, Concern]) -> None:
    assert tuple(concerns) == CONCERNS
    assert len(CONCERNS) == 16
    assert set(CONCERNS) <= set(intents())


@pytest.mark.parametrize("name", CONCERNS)
def test_france_has_several_points_of_view_on_each_concern(concerns: dict[str, Concern], name: str) -> None:
    bodies = guidance(concerns[name], "FR")
    assert len(bodies) >= 2
    assert len({body.name for body in bodies}) == len(bodies)


def test_every_country_of_the_network_is_served(concerns: dict[str, Concern]) -> None:
    assert {country for concern in concerns.values() for country in concern.bodies} == COUNTRIES


def test_a_body_is_of_the_country_it_is_listed_for(concerns: dict[str, Concern]) -> None:
    for concern in concerns.values():
        for country, bodies in concern.bodies.items():
            assert {body.country for body in bodies} == {country}
            assert concern.sources[country].value == tuple(body.id for body in bodies)


def test_everything_says_where_it_comes_from_and_when(concerns: dict[str, Concern]) -> None:
    for concern in concerns.values():
        facts: list[Fact[Any]] = [body.fact for bodies in concern.bodies.values() for body in bodies]
        for fact in [*facts, *concern.sources.values()]:
            assert fact.source and isinstance(fact.checked_on, date)


def test_no_body_is_left_without_a_concern(concerns: dict[str, Concern]) -> None:
    listed = set(yaml.safe_load((DATA / "concerns" / "bodies.yml").read_text(encoding="utf-8")))
    assert listed == {body.id for concern in concerns.values() for bodies in concern.bodies.values() for body in bodies}


def test_where_ones_own_case_decides_a_person_is_needed_soon(concerns: dict[str, Concern]) -> None:
    soon = {name for name, concern in concerns.items() if concern.advisor == "soon"}
    assert soon == {"know_work_rights", "get_disability_support", "recognise_foreign_diploma"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("prepare_application", "Atelier CV et lettre de motivation"),
        ("validate_experience", "Réunion d'information sur la VAE"),
        ("create_business", "La création d'entreprise, premiers pas"),
        ("find_job", "Job dating de la logistique"),
        ("change_job", "Reconversion : par où commencer ?"),
    ],
)
def test_a_theme_finds_its_event_by_any_of_its_words(concerns: dict[str, Concern], name: str, title: str) -> None:
    agenda = [title, "Visite guidée de la bibliothèque"]
    found = [themes.matching(word, agenda) for word in concerns[name].theme["fr"]]
    assert set().union(*found) == {0}


# Guidance by country


@pytest.mark.parametrize("country", sorted(FRENCH_OVERSEAS))
def test_overseas_has_the_bodies_of_france(concerns: dict[str, Concern], country: str) -> None:
    assert guidance(concerns["find_job"], country) == guidance(concerns["find_job"], "FR")


@given(st.one_of(st.none(), st.text(max_size=3)))
def test_an_unknown_country_has_no_body(country: str | None) -> None:
    if country not in COUNTRIES | FRENCH_OVERSEAS:
        assert guidance(load_concerns()["find_job"], country) == ()


def test_a_country_without_anything_known_on_a_concern_has_no_body(concerns: dict[str, Concern]) -> None:
    assert "MU" not in concerns["assess_skills"].bodies
    assert guidance(concerns["assess_skills"], "MU") == ()


def test_what_is_loaded_cannot_be_changed(concerns: dict[str, Concern]) -> None:
    with pytest.raises(TypeError):
        concerns["find_job"].bodies["FR"] = ()  # type: ignore[index]


def test_a_body_without_a_line_is_told(folder: Path) -> None:
    edit(folder / "know_work_rights.yml", "bodies: [fr-inspection-travail", "bodies: [fr-adie, fr-inspection-travail")
    load_concerns(folder)
    (fault,) = wording_faults(Catalogue.load(), folder)
    assert "bodies.fr-adie.know_work_rights" in fault.message
    assert (fault.file.name, fault.line) == ("know_work_rights.yml", 11)
    assert wording_faults(Catalogue.load()) == []


# Refusals


def in_schema(folder: Path) -> None:
    edit(folder / "find_job.yml", "advisor: usual", "advisor: later")


def unknown_key(folder: Path) -> None:
    edit(folder / "find_job.yml", "advisor: usual", "adviser: usual")


def unknown_body(folder: Path) -> None:
    edit(folder / "find_job.yml", "fr-apec", "fr-anpe")


def foreign_body(folder: Path) -> None:
    edit(folder / "find_job.yml", "fr-apec", "be-siep")


def twice(folder: Path) -> None:
    edit(folder / "find_job.yml", "fr-apec", "fr-france-travail")


def wrong_name(folder: Path) -> None:
    edit(folder / "find_job.yml", "concern: find_job", "concern: change_job")


def no_source(folder: Path) -> None:
    edit(folder / "find_job.yml", "    source:", "    sauce:")


def impossible_day(folder: Path) -> None:
    edit(folder / "find_job.yml", "checked_on: 2026-11-22", 'checked_on: "2026-13-22"')


def missing_file(folder: Path) -> None:
    (folder / "find_job.yml").unlink()


def stranger(folder: Path) -> None:
    (folder / "find_love.yml").write_text("concern: find_love\n", encoding="utf-8")


def body_of_elsewhere(folder: Path) -> None:
    edit(folder / "bodies.yml", "country: CL", "country: PE")


def body_without_source(folder: Path) -> None:
    edit(folder / "bodies.yml", "  source:", "  origin:")


@pytest.mark.parametrize(
    ("harm", "where", "message", "mend"),
    [
        (in_schema, "find_job.yml:2", '"later" is not one of the values known', "soon, usual"),
        (unknown_key, "find_job.yml:2", 'the key "adviser" is not known', 'write "advisor"'),
        (unknown_body, "find_job.yml:11", '"fr-anpe" is not in bodies.yml', "correct its id"),
        (foreign_body, "find_job.yml:11", '"be-siep" is a body of BE, listed for FR', "move it to BE"),
        (twice, "find_job.yml:11", "non-unique", "list each body once"),
        (wrong_name, "find_job.yml:1", "is not the name of the file", 'write "find_job"'),
        (no_source, "find_job.yml:10", '"source" is missing', 'add "source:"'),
        (impossible_day, "find_job.yml:13", "is no date", "year-month-day"),
        (missing_file, "find_job.yml:1", "cannot be read", "check its name"),
        (stranger, "find_love.yml:1", "is no concern", "choose_career"),
        (body_of_elsewhere, "bodies.yml", "is not of the country", 'begin the id with "pe-"'),
        (body_without_source, "bodies.yml", '"source" is missing', 'add "source:"'),
    ],
)
def test_a_fault_is_told_with_its_place_and_mend(
    folder: Path, harm: Callable[[Path], None], where: str, message: str, mend: str
) -> None:
    harm(folder)
    assert any(where in line and message in line and mend in line for line in refusals(folder)), refusals(folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    (folder / "work_abroad.yml").write_text("concern: [\n", encoding="utf-8")
    unknown_body(folder)
    body_of_elsewhere(folder)
    edit(folder / "change_job.yml", "advisor: usual\n", "")
    told = {line.rsplit("/", 1)[-1].split(":")[0] for line in refusals(folder) if "concerns/" in line}
    assert told >= {"work_abroad.yml", "find_job.yml", "bodies.yml", "change_job.yml"}


def test_a_broken_list_of_bodies_does_not_hide_the_rest(folder: Path) -> None:
    (folder / "bodies.yml").write_text("- fr-cio\n", encoding="utf-8")
    wrong_name(folder)
    lines = refusals(folder)
    assert any("bodies.yml" in line for line in lines) and any("find_job.yml:1" in line for line in lines)
    assert len(lines) == 2
