"""`python -m bot nearest|hours|events` as another program calls them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import events, hours, nearest, outside
from bot.cli.main import main
from bot.knowledge.cites import load_cites
from bot.knowledge.paths import DATA, ROOT

Capture = pytest.CaptureFixture[str]
SATURDAY = "2026-11-28T11:00"
SAINT_FLOUR = """\
id: saint-flour
names: {fr: Cité des métiers de Saint-Flour}
also_called: [Atelier des possibles]
country: FR
city: Saint-Flour
timezone: Europe/Paris
coordinates: {lat: 45.0336, lon: 3.0929, approximate: true, source: town centre}
status: {value: open, source: https://example.org/, checked_on: 2026-11-22}
hours: {value: "Mo-Fr 09:00-17:00; PH off", source: https://example.org/, checked_on: 2026-11-22, as_of: 2026-11}
closures: [{from: 2026-12-24, to: 2027-01-03, source: the door of the Cité, checked_on: 2026-11-22}]
agenda: [{ics: saint-flour.ics, lang: fr, source: the Cité itself, checked_on: 2026-11-22}]
"""


def printed(capsys: Capture, *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def many(monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str, *lines: str) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
    assert main([command, "--jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_nearest_gives_the_place_and_the_cites(capsys: Capture) -> None:
    found = printed(capsys, "nearest", "près d'Annemasse", "--country", "fr")
    assert found["asked"] == {"place": "près d'Annemasse", "country": "FR"}
    assert (found["place"]["name"], found["place"]["country"], found["place"]["kind"]) == ("Annemasse", "FR", "town")
    assert (found["candidates"], found["asks"]) == ([], None)
    first = found["cites"][0]
    assert (first["id"], first["status"], first["border_crossed"], first["far"]) == (
        "geneve", "probably_open", True, False,
    )  # fmt: skip
    assert first["kilometres"] == pytest.approx(7, abs=1)
    assert (first["status_source"], first["status_as_of"]) == ("tdg.ch 2019-10", "2019-10")
    assert len(found["cites"]) >= 3
    kilometres = [cite["kilometres"] for cite in found["cites"]]
    assert kilometres == sorted(kilometres)


def test_what_the_bot_names_is_told_apart_from_what_is_further(capsys: Capture) -> None:
    from_near = printed(capsys, "nearest", "Marseille")["cites"]
    assert [cite["told"] for cite in from_near] == [True, False, False]
    assert all(cite["told"] and cite["far"] for cite in printed(capsys, "nearest", "Brest", "--country", "FR")["cites"])


def test_the_associated_centre_of_that_town_is_told() -> None:
    found = nearest.answer({"place": "Meyrin", "country": "CH"})
    assert [found["centre"][key] for key in ("cite", "town", "as_of")] == ["geneve", "Meyrin", "2019-10"]
    assert "Meyrin: an associated centre of geneve · tdg.ch 2019-10" in nearest._told(found)
    assert nearest.answer({"place": "Nice"})["centre"] is None


def test_homonyms_are_asked_about(capsys: Capture) -> None:
    found = printed(capsys, "nearest", "Saint-Denis")
    assert (found["place"], found["asks"], found["cites"]) == (None, "which_place", [])
    assert {place["territory"] for place in found["candidates"]} == {"RE", "FR"}


@pytest.mark.parametrize(
    ("place", "country", "asks", "cites"),
    [
        ("xqzt", None, "place", []),
        ("Porta22", None, None, ["barcelona"]),
        ("Montréal", "CA", None, []),
        ("Le Tampon", "FR", None, ["la-reunion"]),
    ],
)
def test_no_place_a_cite_none_and_an_island(place: str, country: str | None, asks: str, cites: list[str]) -> None:
    found = nearest.answer({"place": place, "country": country})
    assert (found["asks"], [cite["id"] for cite in found["cites"] if cite["told"]]) == (asks, cites)


def test_a_country_with_many_needs_a_town_and_a_cite_without_address_is_told() -> None:
    found = nearest.answer({"place": "France"})
    assert found["asks"] == "town"
    assert {cite["told"] for cite in found["cites"]} == {False}
    assert {cite["country"] for cite in found["cites"]} == {"FR"}
    assert [cite["id"] for cite in nearest.answer({"place": "Montréal", "country": "CA"})["unplaced"]] == ["canada"]


def test_a_closed_cite_is_said_and_the_next_best_comes() -> None:
    found = nearest.answer({"place": "Gênes"})
    assert (found["closed"]["id"], found["closed"]["status"]) == ("genova", "closed")
    assert found["cites"][0]["id"] == "milano"


def test_a_closed_cite_that_is_named_gives_the_next_best_from_its_town() -> None:
    found = nearest.answer({"place": "Réseau des métiers des Pays gardois"})
    assert (found["place"], found["asks"]) == (None, None)
    assert (found["closed"]["id"], found["closed"]["kilometres"]) == ("nimes", 0)
    assert found["cites"][0]["id"] == "marseille"
    assert "a Cité" in nearest._told(found)


@pytest.mark.parametrize("status", ["closed", "probably_closed", "planned"])
def test_a_cite_that_cannot_be_gone_to_is_told_and_the_next_best_comes(saint_flour: Path, status: str) -> None:
    saint_flour.write_text(SAINT_FLOUR.replace("value: open", f"value: {status}"), "utf-8")
    load_cites.cache_clear()
    for place in ("à l'atelier des possibles", "Saint-Flour"):
        found = nearest.answer({"place": place})
        assert (found["closed"]["id"], found["closed"]["status"], found["asks"]) == ("saint-flour", status, None)
        assert found["cites"] and found["cites"][0]["id"] != "saint-flour"
        assert f": {status.replace('_', ' ')}" in nearest._told(found)


def test_one_that_is_gone_from_nobody_knows_where_leaves_the_place_to_ask(saint_flour: Path) -> None:
    lines = SAINT_FLOUR.replace("value: open", "value: planned").splitlines()
    saint_flour.write_text("\n".join(line for line in lines if not line.startswith("coordinates")), "utf-8")
    load_cites.cache_clear()
    found = nearest.answer({"place": "à l'atelier des possibles"})
    assert (found["asks"], found["cites"], found["closed"]["kilometres"]) == ("place", [], None)
    assert found["closed"]["status"] == "planned"
    told = nearest._told(found)
    assert "planned" in told and "ask for the place" in told and "not known" not in told


def test_hours_open_closed_and_a_holiday() -> None:
    saturday = hours.answer({"cite": "demo", "at": SATURDAY})
    assert (saturday["state"], saturday["until"]) == ("open", "2026-11-28T13:00:00+01:00")
    assert saturday["day"] == [
        {"from": "2026-11-28T10:00:00+01:00", "to": "2026-11-28T13:00:00+01:00", "sure": True, "comment": None}
    ]
    assert (saturday["source"], saturday["checked_on"], saturday["as_of"], saturday["stale"]) == (
        "fictional, for demonstration", "2026-11-22", None, False,
    )  # fmt: skip
    assert saturday["hours"].startswith("Mo-We,Fr 09:30-17:30")
    assert saturday["advisors"]["state"] == "closed"
    may = hours.answer({"cite": "demo", "at": "2027-05-01T10:00"})
    assert (may["state"], may["next_opening"], may["day"]) == ("closed", "2027-05-03T09:30:00+02:00", [])
    assert may["holiday"] == {"day": "2027-05-01", "name": "Labor Day"}


def test_the_ordinary_week_and_what_is_to_come() -> None:
    assert hours.answer({"cite": "demo", "at": "2027-05-01T10:00"})["ahead"] is None
    answered = hours.answer({"cite": "demo", "at": "2027-05-01T10:00", "ahead": True})
    found = answered["ahead"]
    assert (found["from"], found["to"], found["reception"]["changes"]) == ("2027-05-01", "2027-05-28", None)
    assert found["reception"]["days"]["thursday"] == [{"from": "09:30", "to": "19:00", "sure": True, "comment": None}]
    assert found["reception"]["days"]["sunday"] == []
    assert [each["from"] for each in found["advisors"]["days"]["monday"]] == ["10:00", "13:30"]
    assert [each["day"] for each in found["next_holidays"]] == ["2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17"]
    assert found["next_holidays"][3] == {"day": "2027-05-17", "name": "Whit Monday", "ranges": []}
    told = hours._told(answered)
    assert "thursday 09:30-19:00" in told
    assert "holiday 2027-05-17 (Whit Monday): closed" in told


def test_hours_unknown_say_why_and_what_was_once() -> None:
    marseille = hours.answer({"cite": "Cité des métiers de Marseille", "at": SATURDAY, "ahead": True})
    assert (marseille["state"], marseille["reason"], marseille["stale"]) == ("unknown", "no_hours", None)
    assert (marseille["hours"], marseille["source"], marseille["day"]) == (None, None, None)
    ahead = marseille["ahead"]
    assert (ahead["reception"], ahead["next_holidays"][0]["ranges"], ahead["closures"]) == (None, None, [])
    assert (marseille["past_hours"][0]["hours"], marseille["past_hours"][0]["as_of"]) == ("Mo-Fr 10:00-18:00", "2017")
    genova = hours.answer({"cite": "genova", "at": SATURDAY})
    assert (genova["state"], genova["reason"], genova["cite"]["status"]) == ("unknown", "not_open", "closed")


@pytest.fixture
def saint_flour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a Cité that stands in it and nowhere else, with an agenda of its own."""
    shutil.copytree(DATA / "cites", tmp_path / "cites")
    shutil.copytree(DATA / "agenda", tmp_path / "agenda")
    shutil.copy(DATA / "agenda" / "demo.ics", tmp_path / "agenda" / "saint-flour.ics")
    (tmp_path / "cites" / "saint-flour.yml").write_text(SAINT_FLOUR, "utf-8")
    monkeypatch.setattr(load_cites.__wrapped__, "__defaults__", (tmp_path / "cites",))
    load_cites.cache_clear()
    yield tmp_path / "cites" / "saint-flour.yml"
    load_cites.cache_clear()


@pytest.mark.usefixtures("saint_flour")
def test_a_cite_added_by_its_file_alone_is_measured_like_any_other() -> None:
    assert nearest.answer({"place": "Aurillac"})["cites"][0]["id"] == "saint-flour"
    found = hours.answer({"cite": "Cité de Saint-Flour", "at": "2027-05-03T10:00"})
    assert (found["state"], found["until"], found["stale"]) == ("open", "2027-05-03T17:00:00+02:00", False)
    assert (found["checked_on"], found["as_of"]) == ("2026-11-22", "2026-11")
    assert events.answer({"cite": "saint flour", "from": "2026-12-01"})["events"]


@pytest.mark.usefixtures("saint_flour")
def test_old_hours_and_closures_are_said_to_be_so() -> None:
    assert hours.answer({"cite": "saint-flour", "at": "2027-07-01T10:00"})["stale"] is True
    closed = hours.answer({"cite": "saint-flour", "at": "2026-12-28T10:00"})
    assert (closed["state"], closed["next_opening"]) == ("closed", "2027-01-04T09:00:00+01:00")
    assert closed["closure"] | {"note": None} == {
        "from": "2026-12-24", "to": "2027-01-03", "note": None,
        "source": "the door of the Cité", "checked_on": "2026-11-22", "as_of": None,
    }  # fmt: skip
    assert "closed from 2026-12-24 to 2027-01-03" in hours._told(closed)
    before = hours.answer({"cite": "saint-flour", "at": "2026-11-28T10:00", "ahead": True})
    assert (before["closure"], [each["from"] for each in before["ahead"]["closures"]]) == (None, ["2026-12-24"])
    assert before["ahead"]["next_holidays"][0]["day"] == "2027-03-29"  # those of the closure are closed anyway
    assert "closure from 2026-12-24 to 2027-01-03" in hours._told(before)


def test_an_instant_with_an_offset_is_told_in_the_cites_own_time() -> None:
    assert hours.answer({"cite": "la-reunion", "at": "2026-11-28T10:00Z"})["at"] == "2026-11-28T14:00:00+04:00"


def test_events_by_sense_in_another_language() -> None:
    found = events.answer({"cite": "demo", "from": " 2026-12-01 ", "to": "2026-12-07", "theme": "creación de empresa"})
    assert [event["title"] for event in found["events"]] == ["Créer son entreprise : les premiers pas"]
    assert events.answer({"cite": "demo", "from": "2026-12-01", "theme": "física cuántica"})["events"] == []


def test_a_blank_theme_is_none() -> None:
    request = {"cite": "demo", "from": "2026-12-01", "to": "2026-12-07"}
    assert events.answer({**request, "theme": "  "})["events"] == events.answer(request)["events"] != []


def test_events_by_day_and_theme() -> None:
    found = events.answer({"cite": "demo", "from": "2026-12-01", "to": "2026-12-07", "theme": "cv"})
    assert (found["from"], found["to"]) == ("2026-12-01T00:00:00+01:00", "2026-12-08T00:00:00+01:00")
    first = found["events"][0]
    assert (first["title"], first["start"]) == ("Atelier CV et lettre de motivation", "2026-12-01T10:00:00+01:00")
    assert first["themes"] == ["prepare_application"] and first["place"]
    assert len(events.answer({"cite": "demo", "from": "2026-12-01", "to": "2026-12-07"})["events"]) > 3
    (source,) = found["sources"]
    assert (source["agenda"], source["ok"], source["fresh"]) == ("demo.ics", True, True)


def test_a_day_ends_at_its_midnight_an_instant_where_it_is() -> None:
    monday = {"cite": "demo", "from": "2026-12-07"}
    assert [len(events.answer({**monday, "to": to})["events"]) for to in ("2026-12-07", "2026-12-07T12:00")] == [1, 0]


def test_blanks_around_what_is_asked_do_not_matter() -> None:
    told = events.answer({"cite": " demo ", "from": " 2026-12-01", "to": "2026-12-01 ", "theme": " "})
    assert told["events"] and told["to"] == "2026-12-02T00:00:00+01:00"
    assert hours.answer({"cite": "demo\n", "at": " 2027-05-01T10:00 "})["holiday"]
    assert nearest.answer({"place": " Genève ", "country": " fr "})["asked"] == {"place": "Genève", "country": "FR"}


def test_a_cite_without_agenda_has_no_source() -> None:
    found = events.answer({"cite": "marseille", "from": "2026-12-01"})
    assert (found["events"], found["sources"], found["to"]) == ([], [], "2026-12-31T00:00:00+01:00")


def test_json_lines_are_answered_in_order_the_bad_ones_too(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    found = many(
        monkeypatch, capsys, "nearest",
        '{"place": "Marseille", "country": "FR"}', "", "{", "[1]", '{"place": 3}', '{"town": "Lille"}',
        '{"place": "Namur", "country": 5}', '{"place": "\\ud800"}', '{"place": "Namur", "country": null}',
    )  # fmt: skip
    assert [one["cites"][0]["id"] for one in (found[0], found[-1])] == ["marseille", "namur"]
    assert [one["line"] for one in found if "error" in one] == [3, 4, 5, 6, 7]
    assert found[3]["asked"] == {"place": 3}
    assert found[-2]["asks"] == "place"


@pytest.mark.parametrize(
    ("command", "request_", "told"),
    [
        ("hours", {"cite": "saint quentinn en"}, "did you mean saint-quentin-"),
        ("hours", {"cite": "marseile-"}, None),
        ("hours", {"cite": "Narnia"}, "give its id"),
        ("hours", {"cite": "paris ou marseille"}, "give one id, marseille or paris"),
        ("nearest", {"place": "Lille", "country": "France"}, 'no code of a country: "France"'),
        ("hours", {"cite": "demo", "at": "demain"}, '"at": "demain" is no time: write it as 2027-05-01'),
        ("hours", {"cite": "demo", "at": "9999-12-31"}, "too far away"),
        ("hours", {"cite": "demo", "ahead": "yes"}, "neither true nor false"),
        ("events", {"cite": "demo", "from": "2026-12-02", "to": "2026-12-01"}, "not after"),
        ("events", {"cite": "demo", "from": "2026-01-01", "to": "2028-01-01"}, "400 days"),
        ("events", {"cite": "demo", "theme": ["cv"]}, '"theme" is not text'),
    ],
)
def test_what_cannot_be_answered_is_told_with_its_mend(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str, request_: dict[str, Any], told: str | None
) -> None:
    (found,) = many(monkeypatch, capsys, command, json.dumps(request_))
    assert told in found["error"] if told else found["cite"]["id"] == "marseille"


def test_one_question_that_cannot_be_answered_ends_in_an_error(capsys: Capture) -> None:
    for arguments in (["hours", "Lyon"], ["nearest"], ["events", "demo", "--from", "x", "--json"]):
        assert main(arguments) == 2
        out, error = capsys.readouterr()
        assert not out and error


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nearest", "Annemasse"], "Cité des métiers du Grand Genève [geneve]: about 7.0 km, probably open, across"),
        (["nearest", "Saint-Denis"], "perhaps Saint-Denis, La Réunion, RE"),
        (["nearest", "Gênes"], "Città dei Mestieri di Genova: closed"),
        (["nearest", "France"], "ask for the town"),
        (["nearest", "xqzt"], "not known"),
        (["nearest", "Montréal", "--country", "CA"], "no address known"),
        (["hours", "demo", "--at", "2027-05-01T10:00"], "reception: closed until 2027-05-03T09:30:00+02:00"),
        (["hours", "marseille"], "unknown (no_hours)"),
        (["events", "demo", "--from", "2026-12-01", "--to", "2026-12-01"], "2026-12-01 10:00 Atelier CV"),
        (["events", "marseille"], "no agenda on file"),
    ],
)
def test_the_same_in_words(capsys: Capture, arguments: list[str], told: str) -> None:
    assert main(arguments) == 0
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("cite", load_cites())
def test_every_cite_can_be_asked(cite: str) -> None:
    told = hours.answer({"cite": cite, "at": SATURDAY})
    assert told["state"] in ("open", "closed", "unknown")
    assert told["hours"] or told["reason"]
    assert json.dumps(events.answer({"cite": cite, "from": "2026-12-01"}))
    assert hours._told(told)


def keys(found: Any) -> set[str]:
    if isinstance(found, dict):
        return set(found).union(*map(keys, found.values()))
    return set().union(*map(keys, found)) if isinstance(found, list) else set()


def test_every_key_of_an_answer_is_explained_in_the_documentation() -> None:
    told = (ROOT / "docs" / "commands.md").read_text("utf-8")
    marseille = hours.answer({"cite": "marseille", "at": SATURDAY})
    found = [
        marseille["past_hours"],
        nearest.answer({"place": "Gênes"}),
        nearest.answer({"place": "Saint-Denis"}),
        hours.answer({"cite": "demo", "at": "2027-05-01T10:00"}),
        hours.answer({"cite": "demo", "at": SATURDAY}),
        events.answer({"cite": "demo", "from": "2026-12-01"}),
    ]
    assert [key for key in sorted(keys(found)) if f"`{key}`" not in told and f'"{key}"' not in told] == []


@given(st.text())
def test_any_line_gets_one_answer(line: str) -> None:
    found = list(outside.answers([line], hours.answer))
    assert len(found) == (1 if line.strip() else 0)
    assert all("error" in one for one in found)


@given(st.text(min_size=1))
def test_any_text_is_answered_as_a_place(text: str) -> None:
    (found,) = outside.answers([json.dumps({"place": text})], nearest.answer)
    assert json.loads(json.dumps(found)) == found
    assert "error" in found or found["place"] or found["asks"] or found["cites"]


def test_a_caller_gets_each_answer_before_asking_the_next() -> None:
    """In a process of its own, whatever the terminal's encoding."""
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "nearest", "--jsonl"],
        cwd=ROOT,
        env={"PATH": "", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with running:
        assert running.stdin and running.stdout
        for place, cite in (("Liège", "liege"), ("Genève", "geneve")):
            running.stdin.write(json.dumps({"place": place}, ensure_ascii=False).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["cites"][0]["id"] == cite
        running.stdin.write(b'{"place": "Li\xe8ge"}\n')
        running.stdin.close()
        assert json.loads(running.stdout.readline())["asked"]["place"] == "Li\N{REPLACEMENT CHARACTER}ge"
    assert running.returncode == 0
