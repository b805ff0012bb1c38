"""When a Cité is open: now, on a day, over several days, on a holiday, or honestly not known."""

from __future__ import annotations

from typing import Any

import pytest

from actions.opening_hours import OpeningHours
from bot.knowledge.catalogue import SPOKEN

from .conftest import Change, fact
from .turns import NOW, Answer, answer, entity, place, said, when, where


def hours(text: str = "", now: str = NOW, cite: str = "demo", language: str = "fr", **more: Any) -> Answer:
    """The answer on the page of `cite`, for the dates that `text` names."""
    dates = when(text, now) if text else []
    slots = {"language": language}
    return answer(OpeningHours(), said("ask_opening_hours", text, dates, slots=slots, cite=cite, now=now, **more))


@pytest.mark.parametrize(
    ("now", "response", "values"),
    [
        ("2026-11-25T10:00:00+01:00", "open_now", {"until": "17 h 30", "today": "9 h 30 – 17 h 30"}),
        ("2026-11-26T18:00:00+01:00", "open_now", {"until": "19 h"}),
        ("2026-11-25T20:00:00+01:00", "closed_now", {"day": "jeudi 26 novembre", "time": "9 h 30"}),
        ("2026-11-28T13:00:00+01:00", "closed_now", {"day": "lundi 30 novembre", "time": "9 h 30"}),
        ("2026-11-25T23:30:00+00:00", "closed_now", {"day": "jeudi 26 novembre"}),
    ],
)
def test_now(now: str, response: str, values: dict[str, str]) -> None:
    found = hours(now=now)
    assert found.responses[0] == response
    assert values.items() <= found.messages[0].values.items()


@pytest.mark.parametrize(
    ("text", "responses", "shown"),
    [
        ("samedi", ["open_on", "hours_advisors"], "samedi 28 novembre (10 h – 13 h)"),
        ("demain", ["open_on", "hours_advisors"], "jeudi 26 novembre (9 h 30 – 19 h)"),
        ("dimanche", ["closed_on_next"], "Prochaine ouverture : lundi 30 novembre"),
        ("le 3 décembre", ["open_on", "hours_advisors"], "jeudi 3 décembre"),
    ],
)
def test_a_day(text: str, responses: list[str], shown: str) -> None:
    found = hours(text)
    assert found.responses == responses
    assert shown in found.text


def test_a_week_gives_one_line_a_day() -> None:
    found = hours("la semaine prochaine")
    assert found.responses[0] == "hours_days"
    lines = found.messages[0].text.splitlines()[1:]
    assert len(lines) == 7
    assert lines[0] == "• lundi 30 novembre : 9 h 30 – 17 h 30 (entretiens : 10 h – 12 h 30 et 13 h 30 – 17 h)"
    assert lines[5].endswith("10 h – 13 h (pas d'entretiens)")
    assert lines[6].endswith("fermé")


def test_a_week_end_gives_two_days() -> None:
    assert len(hours("ce week-end").messages[0].text.splitlines()[1:]) == 2


def test_a_month_gives_its_ordinary_week_and_its_holidays() -> None:
    found = hours("en décembre")
    assert found.responses == ["hours_period", "hours_special", "hours_advisors_week"]
    assert "du 1er décembre au 31 décembre" in found.text
    assert "lundi–mercredi 9 h 30 – 17 h 30, jeudi 9 h 30 – 19 h" in found.text
    assert "• vendredi 25 décembre (Noël) : fermé" in found.text


def test_the_instant_of_the_message_is_now() -> None:
    instant = entity("date", {"from": "2026-11-25T10:00:00+01:00", "to": None})
    found = answer(OpeningHours(), said("ask_opening_hours", "", [instant], cite="demo"))
    assert found.responses == ["open_now", "hours_advisors"]


@pytest.mark.parametrize("language", SPOKEN)
def test_a_public_holiday_is_told(language: str) -> None:
    found = hours("le 25 décembre", language=language)
    named = "holiday" if language in ("fr", "en") else "holiday_unnamed"  # the library names France's in those
    assert found.responses == ["closed_on_next", named]
    assert {message.language for message in found.messages} == {language}


def test_christmas_in_french() -> None:
    assert "Noël" in hours("le 25 décembre").text


def test_a_cite_without_hours_says_so_and_how_to_ask() -> None:
    found = answer(OpeningHours(), said("ask_opening_hours", "", [place("Marseille")]))
    assert found.responses[:1] == ["hours_unknown"]
    assert "https://www.citedesmetiers.fr" in found.messages[0].text
    assert "2017" in found.text
    assert "ask_events" in found.payloads[0]


def test_hours_that_are_not_known_are_never_invented() -> None:
    for town in ("Marseille", "Liège", "Genève", "Porto", "Barcelona"):
        found = answer(OpeningHours(), said("ask_opening_hours", "", [place(town)]))
        assert not {"open_now", "closed_now", "open_on", "closed_on"} & set(found.responses), town


def test_the_place_is_asked_for_and_the_question_kept() -> None:
    found = answer(OpeningHours(), said("ask_opening_hours", "vous ouvrez quand ?"))
    assert found.responses == ["ask_place"]
    asked = {"ask": "place", "intent": "ask_opening_hours", "said": "vous ouvrez quand ?"}
    assert found.slots["pending"] == asked


def test_the_place_told_before_is_enough() -> None:
    slots = {"place": where("Marseille")}
    assert "ask_place" not in answer(OpeningHours(), said("ask_opening_hours", "quand ?", slots=slots)).responses


def test_old_hours_come_with_their_date(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00", as_of="2024-05"))
    found = hours(cite="namur")
    assert found.responses == ["open_now", "hours_week", "hours_stale"]
    assert "mai 2024" in found.messages[2].text


def test_fresh_hours_do_not(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00"))
    assert hours(cite="namur").responses == ["open_now", "hours_week"]


def test_a_day_of_which_the_hours_say_nothing_is_not_said_to_be_closed(change: Change) -> None:
    """No rule for public holidays: on that day nothing is known."""
    change("namur", hours=fact("Mo-Sa 09:00-17:00"))
    found = hours("le 25 décembre", cite="namur")
    assert found.responses == ["hours_unknown_day", "holiday"]


def test_nor_within_a_week(change: Change) -> None:
    change("namur", hours=fact("Mo-Sa 09:00-17:00"))
    found = hours("la semaine du 21 décembre 2026", cite="namur")
    christmas = next(line for line in found.messages[0].text.splitlines() if "25 décembre" in line)
    assert "fermé" not in christmas
    assert "9 h" not in christmas


def test_nor_now(change: Change) -> None:
    change("namur", hours=fact("Mo-Sa 09:00-17:00"))
    found = hours(cite="namur", now="2026-12-25T10:00:00+01:00")
    assert "closed_now" not in found.responses
    assert found.responses[0] in ("hours_unknown", "hours_unknown_day")


def test_a_cite_overseas_has_its_own_day(change: Change) -> None:
    """23:30 in Paris is the next day in Réunion."""
    change("la-reunion", hours=fact("Mo-We 08:00-16:00; Th 02:00-16:00"))
    slots = {"cite": "la-reunion"}
    found = answer(OpeningHours(), said("ask_opening_hours", "ouvert ?", slots=slots, now="2026-11-25T23:30:00+01:00"))
    assert found.responses[0] == "open_now"
    assert found.messages[0].values["today"] == "2 h – 16 h"


def test_an_exceptional_closure(change: Change) -> None:
    closure = {"from": "2026-11-25", "to": "2026-11-27", "source": "https://example.org/", "checked_on": "2026-11-22"}
    change("namur", hours=fact("Mo-Fr 09:00-17:00"), closures=[closure])
    found = hours("jeudi", cite="namur")
    assert found.responses == ["closed_on_next", "closure"]
    assert "lundi 30 novembre" in found.text
    assert "du 25 novembre au 27 novembre" in found.text


def test_days_listed_are_told_each() -> None:
    found = hours("les 3 et 7 décembre")
    assert found.responses[0] == "hours_days"
    lines = found.messages[0].values["days"]
    assert all(day in lines for day in ("jeudi 3", "lundi 7")) and "vendredi 4" not in lines


def test_parts_of_several_days_are_told_each() -> None:
    found = hours("mardi et jeudi aprem")
    assert found.responses[0] == "hours_days"
    assert [line.split(" :")[0] for line in found.messages[0].text.splitlines()[1:]] == [
        "• jeudi 26 novembre",
        "• mardi 1er décembre",
    ]


def test_a_feast_of_the_region_alone_is_a_day_asked_for(change: Change) -> None:
    change("demo", country="CH", subdivision="GE", timezone="Europe/Zurich")
    text, slots = "vous êtes ouverts au Jeûne genevois ?", {"language": "fr"}
    found = answer(OpeningHours(), said("ask_opening_hours", text, slots=slots, cite="demo", now=NOW))
    assert found.responses[:2] == ["closed_on_next", "holiday"]
    assert "jeudi 9 septembre 2027" in found.text and "Jeûne genevois" in found.text
