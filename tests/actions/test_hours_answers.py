"""Answers on hours: at a moment, in a part of a day, in general, over a period; two sets of hours, closures, tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from actions.opening_hours import OpeningHours
from actions.reply import Reply
from bot.knowledge import cites, dates
from bot.knowledge.catalogue import SPOKEN

from .conftest import Change, fact
from .turns import NOW, Answer, answer, place, said

ALL_KINDS = ["ouvert ?", "demain ?", "à midi ?", "ce soir ?", "le soir ?", "ce week-end ?", "fériés ?", "vacances ?"]
SOURCED = {"source": "https://example.org/", "checked_on": "2026-11-22"}


def ask(text: str, language: str = "fr", cite: str = "demo", now: str = NOW, **metadata: Any) -> Answer:
    """The answer to a question typed on the page of `cite`, its dates read as Rasa reads them."""
    found = dates.find(text, datetime.fromisoformat(now), language)
    entities = [{"entity": "date", "start": each.start, "end": each.end, "value": each.as_dict()} for each in found]
    slots = {"language": language}
    return answer(
        OpeningHours(), said("ask_opening_hours", text, entities, slots=slots, cite=cite, now=now, **metadata)
    )


# the demonstration: Mo-We,Fr 09:30-17:30; Th 09:30-19:00; Sa 10:00-13:00; it is Wednesday, 10:00
@pytest.mark.parametrize(
    ("text", "response", "shown"),
    [
        ("ouvert à midi ?", "open_at", "mercredi 25 novembre à 12 h, c'est ouvert, jusqu'à 17 h 30"),
        ("jeudi à 18h30 c'est ouvert ?", "open_at", "jusqu'à 19 h"),
        ("ouvert à 18h ?", "closed_at_next", "Prochaine ouverture : jeudi 26 novembre à 9 h 30"),
        ("ouvert demain à 8h ?", "closed_at", "à 8 h, c'est fermé. Horaires du jour : 9 h 30 – 19 h"),
        ("ouvert dimanche à 15h ?", "closed_on_next", "fermé dimanche 29 novembre"),
        ("ouvert samedi matin ?", "open_within", "samedi 28 novembre, entre 6 h et 12 h, c'est ouvert : 10 h – 13 h"),
        ("ouvert ce soir ?", "closed_within", "après 18 h, c'est fermé. Horaires du jour : 9 h 30 – 17 h 30"),
        ("ouvert après 18h ?", "closed_within", "après 18 h, c'est fermé"),
        ("ouvert jeudi soir ?", "open_within", "jeudi 26 novembre, après 18 h, c'est ouvert : 9 h 30 – 19 h"),
        ("ouvert demain avant 9h ?", "closed_within", "avant 9 h, c'est fermé"),
        ("vous ouvrez le soir ?", "open_daily", "après 18 h, c'est en général ouvert ces jours-là : jeudi 9 h 30 – 19"),
        ("vous ouvrez tôt le matin ?", "closed_daily", "entre 6 h et 9 h, c'est en général fermé. La semaine : lundi"),
        ("ouvert entre midi et deux ?", "open_daily", "entre 12 h et 14 h"),
        ("ouvert pendant les vacances ?", "hours_school", "je ne connais pas les horaires pendant les vacances"),
        ("vous ouvrez les jours fériés ?", "hours_holidays", "• vendredi 25 décembre (Noël) : fermé"),
        ("ouvert en août ?", "hours_period", "du 1er août 2027 au 31 août 2027 : en général, lundi–mercredi"),
        ("ouvert lundi de Pentecôte ?", "closed_on_next", "Prochaine ouverture : mardi 18 mai 2027"),
        ("ouvert entre Noël et le jour de l'an ?", "hours_days", "• vendredi 25 décembre (Noël) : fermé"),
    ],
)
def test_what_is_asked_is_answered(text: str, response: str, shown: str) -> None:
    found = ask(text)
    assert found.responses[0] == response
    assert shown in found.text


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "are you open at noon?", "open on Wednesday 25 November at 12:00, until 17:30"),
        ("en", "open on Thursday evening?", "Thursday 26 November, after 18:00: open, 9:30–19:00"),
        ("en", "are you open in the evening?", "usually open after 18:00 on these days: Thursday 9:30–19:00"),
        ("es", "¿está abierto a mediodía?", "el miércoles 25 de noviembre a las 12:00, está abierto, hasta las 17:30"),
        ("es", "¿abren por la noche?", "después de las 18:00, suele abrir estos días: jueves 9:30–19:00"),
        ("it", "aperto domani dopo le 18?", "giovedì 26 novembre, dopo le 18:00, è aperto: 9:30–19:00"),
        ("it", "siete aperti la sera?", "dopo le 18:00 di solito è aperto in questi giorni: giovedì 9:30–19:00"),
        ("pt", "abrem à noite?", "depois das 18:00, costuma abrir nestes dias: quinta-feira 9:30–19:00"),
        ("pt", "estão abertos ao meio-dia?", "às 12:00, está aberto, até às 17:30"),
    ],
)
def test_in_the_asker_s_language(language: str, text: str, shown: str) -> None:
    assert shown in ask(text, language).text


@pytest.mark.parametrize("language", SPOKEN)
def test_school_holidays_are_not_known_in_any_language(language: str) -> None:
    words = {"fr": "vacances", "en": "school holidays", "es": "vacaciones", "it": "vacanze", "pt": "férias"}
    found = ask(words[language], language)
    assert found.responses == ["hours_school"]
    assert "https://www.reseaucitesdesmetiers.org" in found.text


def test_a_moment_between_two_ranges(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-12:00,14:00-17:00; PH off"))
    assert "9 h – 12 h et 14 h – 17 h" in ask("ouvert à 13h ?", cite="namur").message("closed_at").text
    assert "c'est ouvert : 14 h – 17 h." in ask("ouvert jeudi après-midi ?", cite="namur").text


def test_hours_that_do_not_end_and_hours_that_end_far_away(change: Change) -> None:
    change("namur", hours=fact("24/7; PH 00:00-24:00"))
    assert ask("ouvert ?", cite="namur").responses[0] == "open_always"
    change("namur", hours=fact("24/7; PH off"))
    assert "Fermeture : vendredi 25 décembre, 0 h" in ask("ouvert ?", cite="namur").message("open_until_day").text
    change("namur", hours=fact("Mo-Su 20:00-02:00; PH off"))
    assert "jusqu'à 2 h" in ask("ouvert maintenant ?", cite="namur", now="2026-11-25T23:00:00+01:00").text
    change("namur", hours=fact("Mo-Su 20:00-24:00; PH off"))
    assert "jusqu'à 24 h" in ask("ouvert maintenant ?", cite="namur", now="2026-11-25T23:00:00+01:00").text
    change("namur", hours=fact("2020 Mo-Fr 09:00-17:00; PH off"))
    assert ask("ouvert maintenant ?", cite="namur").responses == ["closed_no_next"]


def test_reception_and_advisors_are_told_apart() -> None:
    assert "mercredi 25 novembre : 10 h – 12 h 30 et 13 h 30 – 17 h" in ask("ouvert ?").message("hours_advisors").text
    assert "pas d'entretiens" in ask("ouvert samedi ?").message("hours_advisors").text
    week = "lundi–vendredi 10 h – 12 h 30 et 13 h 30 – 17 h"
    assert week in ask("vous ouvrez le soir ?").message("hours_advisors_week").text


def test_the_same_hours_are_told_once(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), advisor_hours=fact("Mo-Fr 09:00-17:00; PH off"))
    assert ask("demain ?", cite="namur").responses == ["open_on"]


def test_advisors_alone_are_known(change: Change) -> None:
    change("namur", advisor_hours=fact("We 14:00-17:00; PH off"), hours=None)
    found = ask("ouvert ?", cite="namur")
    assert found.responses[0] == "hours_unknown"
    assert "14 h – 17 h" in found.message("hours_advisors").text
    assert "mercredi 14 h – 17 h" in ask("en décembre", cite="namur").message("hours_advisors_week").text


def test_a_closure_with_its_notice(change: Change) -> None:
    note = {"fr": "Travaux dans le bâtiment.", "en": "Building works."}
    closure = {"from": "2026-11-25", "to": "2026-11-27", "note": note, **SOURCED}
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), closures=[closure])
    now = ask("ouvert ?", cite="namur")
    assert now.responses[:2] == ["closed_now", "hours_week"]
    assert "nov.." not in now.text
    assert "Travaux dans le bâtiment." in now.message("closure_note").text
    assert "Building works." in ask("open on Thursday?", "en", "namur").message("closure_note").text
    assert "fermeture exceptionnelle" in ask("cette semaine", cite="namur").message("hours_days").text
    assert "closure_note" in ask("ouvert en novembre ?", cite="namur").responses
    assert "closure_note" in ask("pendant les vacances ?", cite="namur").responses


def test_a_closure_is_told_even_where_the_hours_are_not_known(change: Change) -> None:
    change("namur", hours=None, closures=[{"from": "2026-11-27", "to": "2026-12-01", **SOURCED}])
    assert ask("ouvert ?", cite="namur").responses[-1] == "closure"
    assert "du 27 novembre au 1er décembre" in ask("ouvert vendredi ?", cite="namur").message("closure").text
    assert "closure" not in ask("ouvert demain ?", cite="namur").responses


def test_by_appointment_in_the_language_of_the_answer(change: Change) -> None:
    change("namur", hours=fact('Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 "sur rendez-vous"; PH off'))
    assert "9 h – 12 h et 14 h – 17 h (sur rendez-vous)" in ask("demain ?", cite="namur").text
    assert "14:00–17:00 (by appointment)" in ask("tomorrow?", "en", "namur").text
    assert "14:00–17:00 (su appuntamento)" in ask("domani?", "it", "namur").text


def test_by_appointment_is_told_with_every_moment(change: Change) -> None:
    change("namur", hours=fact('Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 "sur rendez-vous"; PH off'))
    open_then = ask("open tomorrow at 3 pm?", "en", "namur").message("open_at").text
    assert "at 15:00 (by appointment), until 17:00" in open_then
    noon = "2026-11-25T12:30:00+01:00"
    assert "Next opening: Wednesday 25 November at 14:00 (by appointment)." in ask("open?", "en", "namur", noon).text
    change("namur", hours=fact('Mo-Fr 09:00-17:00 "sur rendez-vous"; PH off'))
    later = ask("ouvert à 18h ?", cite="namur").message("closed_at_next")
    assert "jeudi 26 novembre à 9 h (sur rendez-vous)" in later.text


def test_what_is_to_be_confirmed_is_not_left_out_of_a_day(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 unknown; PH off"))
    wanted = "9 h – 12 h et 14 h – 17 h (à confirmer)"
    assert wanted in ask("ouvert ?", cite="namur").message("open_now").text
    assert wanted in ask("ouvert demain à 12h30 ?", cite="namur").text
    assert wanted in ask("la semaine prochaine", cite="namur").message("hours_days").text


def test_the_week_in_words_comes_with_its_holidays_and_closures(change: Change) -> None:
    closure = {"from": "2026-12-28", "to": "2026-12-31", **SOURCED}
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), closures=[closure])
    found = ask("ouvert ?", cite="namur", now="2026-12-22T10:00:00+01:00")
    assert found.responses == ["open_now", "hours_week", "holiday", "closure"]
    assert "vendredi 25 décembre" in found.message("holiday").text
    window = ask("ouvert ?", cite="namur", now="2026-12-22T10:00:00+01:00", channel="widget")
    assert window.responses == ["open_now"]
    assert ask("ouvert ?", cite="namur", now="2026-12-08T10:00:00+01:00").responses == ["open_now", "hours_week"]


def test_all_the_holidays_of_a_period_are_told() -> None:
    found = ask("du 1er avril 2027 au 31 août 2027").message("hours_special")
    days = [line.split(" : ")[0] for line in found.text.splitlines()[1:]]
    assert len(days) == 6
    assert any("14 juillet" in each for each in days)


def test_hours_to_be_confirmed_are_told_as_such(change: Change) -> None:
    change("namur", hours=fact('Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 unknown "sur rendez-vous"; PH off'))
    found = ask("ouvert demain à 15h ?", cite="namur").message("hours_uncertain")
    assert "9 h – 12 h et 14 h – 17 h (sur rendez-vous)" in found.text
    change("namur", hours=fact("Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 unknown; PH off"))
    assert "14 h – 17 h (à confirmer)" in ask("ouvert demain ?", cite="namur").message("hours_uncertain").text


def test_hours_that_change_within_the_period(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; 2026 Dec 14-2026 Dec 23 Mo-Fr 09:00-12:00; PH off"))
    lines = ask("en décembre", cite="namur").message("hours_changes").text.splitlines()
    assert lines[1:] == [
        "• à partir du lundi 14 décembre : lundi–vendredi 9 h – 12 h",
        "• à partir du jeudi 24 décembre : lundi–vendredi 9 h – 17 h",
    ]


def test_of_a_period_that_has_begun_what_is_to_come_is_told(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; 2026 Nov 16+ Mo-Fr 10:00-15:00; PH off"))
    found = ask("ouvert du 1er novembre au 31 décembre ?", cite="namur")
    assert found.responses == ["hours_period", "hours_special"]
    assert "du 1er novembre au 31 décembre : en général, lundi–vendredi 10 h – 15 h" in found.text
    assert "11 novembre" not in found.text


def test_more_changes_than_can_be_told(change: Change) -> None:
    months = ("Dec", "Jan", "Feb", "Mar", "Apr", "May")
    seasons = (f"{month} Mo 09:00-1{number}:00" for number, month in enumerate(months))
    change("namur", hours=fact("; ".join([*seasons, "PH off"])))
    lines = ask("open from 1 December 2026 to 31 May 2027?", "en", "namur").message("hours_changes").text.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "• from Monday 5 April 2027: other hours, please ask"


CHANGING = "Mo-Fr 09:00-17:00; 2026 Dec 01+ Mo-Fr 10:00-15:00; PH off"


@pytest.mark.parametrize("text", ["vous ouvrez quand ?", "vous ouvrez l'après-midi ?", "pendant les vacances ?"])
def test_hours_about_to_change_are_told_with_those_that_follow(change: Change, text: str) -> None:
    """It is Wednesday: Monday is the last day of the old hours, Tuesday the first of the new."""
    change("namur", hours=fact(CHANGING), advisor_hours=fact(CHANGING))
    found = ask(text, cite="namur")
    assert "lundi–vendredi 9 h – 17 h" in found.text
    assert "• à partir du mardi 1er décembre : lundi–vendredi 10 h – 15 h" in found.message("hours_changes").text


def test_the_advisors_week_changes_too(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 08:00-20:00; PH off"), advisor_hours=fact(CHANGING))
    found = ask("en décembre", cite="namur")
    assert "lundi–vendredi 10 h – 15 h" in found.message("hours_advisors_week").text
    assert "hours_changes" not in found.responses
    soon = ask("du 26 novembre au 20 décembre", cite="namur")
    assert soon.responses[-2:] == ["hours_advisors_week", "hours_changes"]


def test_one_week_in_two_is_told_by_its_dates(change: Change) -> None:
    change("namur", hours=fact("Tu-Fr 09:00-17:00; week 1-53/2 Mo 09:00-12:00; PH off"))
    found = ask("vous ouvrez quand ?", cite="namur", now="2026-11-25T10:00:00+01:00")
    assert "lundi selon les semaines, mardi–vendredi 9 h – 17 h" in found.message("hours_week").text
    assert "• lundi 7 décembre : fermé" in found.message("hours_dates").text
    assert "• lundi 14 décembre : 9 h – 12 h" in found.message("hours_dates").text


def test_many_odd_dates_are_said_to_be_the_first_ones(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00, Sa[1] 10:00-13:00; PH off"))
    found = ask("du 1er janvier 2027 au 31 décembre 2027", cite="namur")
    assert "lundi–vendredi 9 h – 17 h." in found.message("hours_period").text
    assert len(found.message("hours_first_dates").text.splitlines()) == 9


def test_two_evenings_are_no_range(change: Change) -> None:
    change("namur", hours=fact("Mo,We,Fr 09:00-17:00; Tu,Th 12:00-20:00; PH off"))
    found = ask("vous ouvrez le soir ?", cite="namur").message("open_daily")
    assert "mardi 12 h – 20 h, jeudi 12 h – 20 h." in found.text


def test_no_week_is_told_where_no_ordinary_day_is_near(change: Change) -> None:
    closure = {"from": "2026-11-20", "to": "2027-01-31", **SOURCED}
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), closures=[closure])
    assert ask("ouvert ?", cite="namur").responses == ["closed_now", "closure"]


def test_a_cite_that_may_be_gone_is_said_to_be(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), status={"value": "unknown", **SOURCED})
    assert ask("ouvert demain ?", cite="namur").responses == ["open_on", "status_unknown"]


@pytest.mark.parametrize("text", [*ALL_KINDS, "en août ?"])
def test_old_hours_are_dated_in_every_answer(change: Change, text: str) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off", as_of="2024-05-12"))
    assert "dimanche 12 mai 2024" in ask(text, cite="namur").message("hours_stale").text


@pytest.mark.parametrize("text", ALL_KINDS)
def test_hours_that_the_library_refuses_break_no_answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    broken = {**cites.load_cites()}
    namur = broken["namur"]
    hours = cites.Fact("tous les jours", "https://example.org/", namur.status_fact.checked_on)
    broken["namur"] = replace(namur, hours=hours, advisor_hours=hours)
    for module in ("actions.turn", "actions.near_words"):
        monkeypatch.setattr(f"{module}.load_cites", lambda: broken)
    found = ask(text, cite="namur")
    assert not {"open_now", "closed_now", "open_on", "closed_on", "open_at", "closed_at"} & set(found.responses)
    assert found.messages


@pytest.mark.parametrize("channel", ["widget", "page"])
def test_the_window_shows_a_table_of_seven_days(channel: str) -> None:
    found = ask("vous ouvrez quand ?", channel=channel)
    assert found.responses == ["open_now"]
    (card,) = found.cards
    assert card["kind"] == "week"
    assert card["columns"] == ["Jour", "Accueil", "Entretiens"]
    assert [row["day"] for row in card["rows"]][:2] == ["mercredi 25 novembre", "jeudi 26 novembre"]
    assert [row["today"] for row in card["rows"]] == [True, *[False] * 6]
    assert card["rows"][3]["hours"] == ["10 h – 13 h", "pas d'entretiens"]
    assert card["rows"][4]["hours"][0] == "fermé"


def test_the_table_names_holidays_and_closures(change: Change) -> None:
    closure = {"from": "2026-12-24", "to": "2026-12-24", **SOURCED}
    change("namur", hours=fact("Mo-Fr 09:00-17:00"), closures=[closure])
    found = ask("ouvert ?", "en", "namur", "2026-12-23T10:00:00+01:00", channel="widget")
    rows = {row["day"]: row["hours"] for row in found.cards[0]["rows"]}
    assert found.cards[0]["columns"] == ["Day", "Hours"]
    assert rows["Thursday 24 December"] == ["exceptional closure"]
    assert rows["Friday 25 December (Christmas Day)"] == ["hours not confirmed"]


def test_the_days_asked_for_are_the_rows_of_the_table() -> None:
    found = ask("ce week-end ?", channel="widget")
    assert found.responses == ["hours_table"]
    assert [row["day"] for row in found.cards[0]["rows"]] == ["samedi 28 novembre", "dimanche 29 novembre"]


def test_elsewhere_the_week_is_told_in_words() -> None:
    found = ask("vous ouvrez quand ?", channel="telegram")
    assert found.cards == []
    assert "lundi–mercredi 9 h 30 – 17 h 30, jeudi 9 h 30 – 19 h" in found.message("hours_week").text


def test_noon_is_noon_at_the_cite(change: Change) -> None:
    """Asked from Paris at 23:30, when it is 02:30 of the next day in Réunion."""
    change("la-reunion", hours=fact("Mo-Fr 08:00-16:00; PH off"))
    slots = {"cite": "la-reunion", "language": "fr"}
    late = "2026-11-25T23:30:00+01:00"
    for text, shown in (("ouvert à midi ?", "jeudi 26 novembre à 12 h"), ("ouvert demain ?", "vendredi 27 novembre")):
        spans = dates.find(text, datetime.fromisoformat(late), "fr")
        entities = [{"entity": "date", "start": each.start, "end": each.end, "value": each.as_dict()} for each in spans]
        found = answer(OpeningHours(), said("ask_opening_hours", text, entities, slots=slots, now=late))
        assert shown in found.text


def test_the_day_asked_for_is_not_forgotten_while_the_place_is_asked(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"))
    text = "vous êtes ouverts jeudi soir ?"
    spans = dates.find(text, datetime.fromisoformat(NOW), "fr")
    entities = [{"entity": "date", "start": each.start, "end": each.end, "value": each.as_dict()} for each in spans]
    first = answer(OpeningHours(), said("ask_opening_hours", text, entities))
    assert first.responses == ["ask_place"]
    unclear = answer(Reply(), said("inform", "chez moi", slots=first.slots))
    assert unclear.responses == ["place_unknown", "choose_area"]
    assert unclear.slots["pending"]["said"] == text
    found = answer(Reply(), said("inform", "Namur", [place("Namur", "BE")], slots=unclear.slots))
    assert "jeudi 26 novembre, après 18 h, c'est fermé" in found.text
