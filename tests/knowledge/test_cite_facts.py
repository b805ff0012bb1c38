"""How long each kind of fact stays fresh, what has grown old, and what is missing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from bot.knowledge.cite_facts import facts, missing, stale
from bot.knowledge.cite_types import Centre, Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.facts import FRESH_DAYS, Fact

CITES = load_cites()
CHECKED = date(2026, 11, 22)


def checked(value: str) -> Fact[str]:
    return Fact(value, "https://example.org/", CHECKED)


@pytest.mark.parametrize(
    ("kind", "days"),
    [("hours", 183), ("advisor_hours", 183), ("phone", 365), ("email", 365), ("status", 365), ("address", 730)],
)
def test_each_kind_has_its_time(kind: str, days: int) -> None:
    fact = checked("x")
    assert fact.fresh_until(kind) == CHECKED + timedelta(days=days)
    assert not fact.is_stale(kind, CHECKED + timedelta(days=days))
    assert fact.is_stale(kind, CHECKED + timedelta(days=days + 1))


def test_every_kind_of_fact_has_a_rule() -> None:
    kinds = {field.name for field in fields(Cite) if "Fact[" in str(field.type)} - {"status_fact"}
    assert kinds | {"status", "agenda", "helplines"} <= set(FRESH_DAYS)


def test_the_date_of_the_source_counts_before_that_of_the_check() -> None:
    old = replace(checked("x"), as_of=date(2017, 1, 1), precision="year")
    assert old.is_stale("address", CHECKED)
    assert Fact("x", "somewhere").fresh_until("address") is None
    assert Fact("x", "somewhere").is_stale("opened", CHECKED)


def test_the_oldest_come_first_and_each_is_past_its_time() -> None:
    found = stale(CITES.values(), CHECKED)
    days = [old.fact.dated or date.min for old in found]
    assert found and days == sorted(days)
    assert all(old.until is None or old.until < CHECKED for old in found)


def test_hours_grow_old_before_the_phone_and_the_address() -> None:
    base = CITES["paris"]
    cite = replace(base, status_fact=replace(base.status_fact, as_of=None), hours=checked("Mo-Fr 09:00-17:00"),
                   phone=checked("+33 1"), address=checked("here"), email=None, website=None, poles=None,
                   partners=None, services=None, appointment=None, operator=None, opened=None, access=None,
                   accessibility=None, languages=None, associated_centres=None, place_note=None, agenda=())  # fmt: skip
    keys = [[old.key for old in stale([cite], CHECKED, within)] for within in (0, 183, 184, 366, 731)]
    assert keys == [[], [], ["hours"], ["hours", "phone", "status"], ["address", "hours", "phone", "status"]]


def test_of_what_is_not_offered_only_the_status_and_of_what_is_closed_nothing() -> None:
    found = {(old.cite.id, old.key) for old in stale(CITES.values(), date(2040, 1, 1))}
    assert {key for cite, key in found if CITES[cite].status == "probably_closed"} == {"status"}
    assert not {cite for cite, _ in found if CITES[cite].status == "closed" or CITES[cite].fictional}


def test_what_is_told_of_an_associated_centre_grows_old_too() -> None:
    centre = Centre("Annexeville", phone=checked("+33 1"), hours=checked("Mo 09:00-12:00"))
    base = CITES["paris"]
    found = stale([replace(base, centres=(centre,))], CHECKED, 200)
    assert [(old.centre, old.key) for old in found if old.centre] == [("Annexeville", "hours")]
    gone = replace(base, centres=(centre,), status_fact=replace(base.status_fact, value="probably_closed"))
    assert not [old for old in stale([gone], CHECKED, 2000) if old.centre]


def test_agendas_and_helplines_are_facts_too() -> None:
    assert "agenda" in dict(facts(CITES["demo"]))
    assert next(facts(CITES["paris"]))[0] == "status"


def test_what_is_missing() -> None:
    assert "hours" in missing(CITES["marseille"]) and "phone" not in missing(CITES["geneve"])
    assert {"city", "coordinates"} <= set(missing(CITES["canada"]))
    assert "hours" not in missing(CITES["demo"])
