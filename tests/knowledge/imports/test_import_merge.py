"""Merging: the newest fact of each key wins, nothing checked later is touched, and every disagreement is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.imports import values
from bot.knowledge.imports.merge import Claim, checked_on, merge
from bot.knowledge.imports.values import RefusedError, same

OLD, SAME, NEW = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def claim(field: str, value: Any, day: date = NEW, origin: str = "a:1", refused: str | None = None) -> Claim:
    return Claim(field, value, "data.inclusion x/1", day, origin, refused)


def fact(value: Any, day: Any = SAME, **more: Any) -> dict[str, Any]:
    return {"value": value, "source": "https://www.example.org/", "checked_on": day, **more}


PHONE, OTHER = "+33 1 99 00 00 00", "+33 1 99 00 00 01"


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        (None, claim("phone", PHONE), "new"),
        (fact(PHONE), claim("phone", OTHER, NEW), "changed"),
        (fact(PHONE, "2026-06-01"), claim("phone", OTHER, NEW), "changed"),
        (fact(PHONE), claim("phone", OTHER, SAME), "conflict"),
        (fact(PHONE), claim("phone", OTHER, OLD), "conflict"),
        (fact(PHONE), claim("phone", PHONE, NEW), "confirmed"),
        (fact(PHONE), claim("phone", PHONE, SAME), "kept"),
        (fact(PHONE), claim("phone", PHONE, OLD), "kept"),
        (fact(PHONE), claim("phone", "call us", NEW, refused="not a phone number"), "refused"),
    ],
)
def test_what_becomes_of_a_claim(ours: dict[str, Any] | None, theirs: Claim, outcome: str) -> None:
    changes, (finding,) = merge({"phone": ours} if ours else {}, [theirs])
    assert finding.outcome == outcome
    assert set(changes) == ({"phone"} if outcome in ("new", "changed", "confirmed") else set())


def test_a_changed_fact_has_its_source_its_day_and_no_note_of_the_old_value() -> None:
    ours = fact(PHONE, as_of=2019, note={"fr": "Accueil.", "en": "Reception."})
    changes, (finding,) = merge({"phone": ours}, [claim("phone", OTHER)])
    assert changes == {
        "phone": {"value": OTHER, "source": "data.inclusion x/1", "checked_on": NEW, "as_of": NEW},
    }
    assert (finding.ours, finding.ours_on) == (PHONE, SAME)
    assert "note" in (finding.why or "")


def test_a_confirmed_fact_keeps_its_value_and_note_and_gets_the_later_day() -> None:
    ours = fact("1 rue Haute, 99000 Testville (cour)", note={"fr": "Sonnez.", "en": "Ring."})
    changes, _ = merge({"address": ours}, [claim("address", "1 Rue Haute 99000 TESTVILLE")])
    assert changes["address"] == {**ours, "source": "data.inclusion x/1", "checked_on": NEW}


def test_the_newest_of_two_sources_wins_and_the_other_is_told() -> None:
    changes, findings = merge({}, [claim("phone", PHONE, OLD, "a:1"), claim("phone", OTHER, NEW, "b:2")])
    assert changes["phone"]["value"] == OTHER
    assert [(f.outcome, f.claim.value) for f in findings] == [("new", OTHER), ("disagreement", PHONE)]
    assert "b:2" in (findings[1].why or "")


def test_two_sources_of_one_day_that_differ_write_nothing() -> None:
    changes, findings = merge({}, [claim("phone", PHONE, origin="a:1"), claim("phone", OTHER, origin="b:2")])
    assert changes == {}
    assert [finding.outcome for finding in findings] == ["conflict", "conflict"]
    assert "a:1 and b:2" in (findings[0].why or "")


POINT = {"lat": 45.0, "lon": 3.0}


@pytest.mark.parametrize(
    ("more", "theirs", "outcome"),
    [
        ({"approximate": True}, {"lat": 45.01, "lon": 3.0}, "changed"),
        ({"approximate": True}, {"lat": 45.0005, "lon": 3.0}, "confirmed"),
        ({"approximate": True}, {"lat": 46.0, "lon": 3.0}, "conflict"),
        ({"approximate": False}, {"lat": 45.01, "lon": 3.0}, "conflict"),
        ({"approximate": False, "checked_on": OLD}, {"lat": 45.01, "lon": 3.0}, "changed"),
        ({"approximate": True, "checked_on": NEW}, {"lat": 45.01, "lon": 3.0}, "conflict"),
    ],
)
def test_degrees(more: dict[str, Any], theirs: dict[str, float], outcome: str) -> None:
    ours = {**POINT, "source": "by hand", **more}
    changes, (finding,) = merge({"coordinates": ours}, [claim("coordinates", theirs)])
    assert finding.outcome == outcome
    if outcome == "changed":
        assert changes["coordinates"] == {
            **theirs, "approximate": True, "source": "data.inclusion x/1", "checked_on": NEW,
        }  # fmt: skip


DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))
VALUES = st.sampled_from(["a@example.org", "b@example.org", "A@example.org"])
FACTS = st.builds(
    lambda value, day, as_text, more: fact(value, day.isoformat() if as_text else day, **more),
    VALUES,
    DAYS,
    st.booleans(),
    st.sampled_from([{}, {"as_of": 2019}, {"note": {"fr": "a.", "en": "b."}}]),
)
DOCUMENTS = st.dictionaries(st.sampled_from(["email", "website", "phone", "opened"]), FACTS)
CLAIMS = st.lists(
    st.builds(claim, st.sampled_from(["email", "website", "phone"]), VALUES, DAYS, st.sampled_from(["a:1", "b:2"])),
    max_size=6,
)


@settings(deadline=None)
@given(DOCUMENTS, CLAIMS)
def test_no_check_is_put_back_no_key_is_lost_and_a_second_time_changes_nothing(
    document: dict[str, Any], claims: list[Claim]
) -> None:
    changes, findings = merge(document, claims)
    merged = {**document, **changes}
    assert document.keys() <= merged.keys()
    for key, old in document.items():
        before, after = checked_on(old), checked_on(merged[key])
        assert before is not None and after is not None and after >= before
        assert merged[key] == old or after > before
        assert old.keys() - {"note"} <= merged[key].keys()
    assert len(findings) <= len(claims)
    again, _ = merge(merged, claims)
    assert again == {}


@settings(deadline=None)
@given(DOCUMENTS, CLAIMS)
def test_every_value_that_differs_from_what_stands_in_the_end_is_told(
    document: dict[str, Any], claims: list[Claim]
) -> None:
    changes, findings = merge(document, claims)
    merged = {**document, **changes}
    told = {(finding.claim.field, finding.claim.value.lower()) for finding in findings}
    for one in claims:
        if one.field not in merged or not same(one.field, merged[one.field]["value"], one.value):
            assert (one.field, one.value.lower()) in told


@pytest.mark.parametrize(
    ("text", "region", "wanted"),
    [
        ("01 99 00 00 00", "FR", "+33 1 99 00 00 00"),
        ("+33199000000", "FR", "+33 1 99 00 00 00"),
        ("0262.99.00.00", "RE", "+262 262 99 00 00"),
        ("(514) 555-0123", "CA", "+1 514 555 0123"),
        ("3949", "FR", None),
        ("01 99 00 00 00 / 01 99 00 00 01", "FR", None),
        ("à l'accueil", "FR", None),
    ],
)
def test_a_phone_number_is_written_as_from_abroad(text: str, region: str, wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(RefusedError):
            values.phone(text, region)
    else:
        assert values.phone(text, region) == wanted
        assert values.phone(wanted, region) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (("Bâtiment B", "1 place de la Gare", "99000", "Testville"), "Bâtiment B, 1 place de la Gare, 99000 Testville"),
        ((None, "1 place de la Gare, 99000 Testville", "99000", "Testville"), "1 place de la Gare, 99000 Testville"),
        ((None, None, "99000", "Testville"), None),
        ((None, "1 place de la Gare", None, None), None),
        ((None, "x" * 300, "99000", "Testville"), None),
    ],
)
def test_an_address_is_a_street_and_a_town(parts: tuple[str | None, ...], wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(RefusedError):
            values.address(*parts)
    else:
        assert values.address(*parts) == wanted


@pytest.mark.parametrize("point", [("x", "3"), (None, "3"), ("0", "0"), ("91", "3"), ("45", "181"), ("nan", "3")])
def test_degrees_that_are_none(point: tuple[Any, Any]) -> None:
    with pytest.raises(RefusedError):
        values.coordinates(*point)


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "wanted"),
    [
        ("website", "https://www.example.org", "http://example.org/", True),
        ("website", "https://www.example.org/a", "https://www.example.org/b", False),
        ("hours", "Mo,Tu,We 09:00-12:00; PH off", "Mo-We 09:00-12:00;PH closed", True),
        ("hours", "Mo-We 09:00-12:00", "Mo-We 09:00-12:30", False),
        ("address", "1 rue Haute, 99000 Testville (au fond)", "1 rue haute 99000 TESTVILLE", True),
        ("address", "11 rue Haute, 99000 Testville", "1 rue Haute, 99000 Testville", False),
    ],
)
def test_when_two_values_say_the_same(field: str, ours: str, theirs: str, wanted: bool) -> None:
    assert same(field, ours, theirs) is wanted


def test_sites_and_mail() -> None:
    assert values.website("www.example.org") == "https://www.example.org"
    assert values.email("mailto:a@example.org?subject=x") == "a@example.org"
    for refused in ("javascript:alert(1)", "ftp://example.org/", "un site"):
        with pytest.raises(RefusedError):
            values.website(refused)
    for refused in ("a@example.org, b@example.org", "accueil", "a b@example.org"):
        with pytest.raises(RefusedError):
            values.email(refused)


def test_days_are_compared_as_days() -> None:
    later = (SAME + timedelta(days=1)).isoformat()
    assert merge({"phone": fact(PHONE, later)}, [claim("phone", OTHER, SAME)])[1][0].outcome == "conflict"
