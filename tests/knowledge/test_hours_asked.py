"""What questions about hours ask for, in the asker's words, by the Cité's own clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge import public_holidays
from bot.knowledge.dates import LANGUAGES, find
from bot.knowledge.hours_asked import MOST_DAYS, Asked, asked, read_at

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)  # a Wednesday


def read(text: str, language: str, now: datetime = NOW) -> Asked:
    return asked(text, [span.as_dict() for span in find(text, now, language)], now, language)


def told(found: Asked) -> str:
    """The kind and the span in short: "part 28T06:00..28T12:00"."""
    ends = [f"{moment:%dT%H:%M}" for moment in (found.start, found.end) if moment]
    return " ".join([found.kind, "..".join(ends)]).strip()


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("fr", "vous ouvrez quand ?", "now"),
        ("fr", "jusqu'à quelle heure vous êtes ouverts ?", "now"),
        ("fr", "c'est ouvert maintenant ?", "now"),
        ("fr", "c'est ouvert à midi ?", "moment 25T12:00"),
        ("fr", "ouvert dans deux heures ?", "moment 25T12:00"),
        ("fr", "ouvert demain à 18h ?", "moment 26T18:00"),
        ("fr", "ouvert demain ?", "days 26T00:00..27T00:00"),
        ("fr", "ouvert ce week-end ?", "days 28T00:00..30T00:00"),
        ("fr", "c'est ouvert le 1er mai ?", "days 01T00:00..02T00:00"),
        ("fr", "ouvert lundi de Pentecôte ?", "days 17T00:00..18T00:00"),
        ("fr", "ouvert samedi matin ?", "part 28T06:00..28T12:00"),
        ("fr", "ouvert ce soir ?", "part 25T18:00..26T00:00"),
        ("fr", "ouvert après 18h ?", "part 25T18:00..26T00:00"),
        ("fr", "ouvert cette nuit ?", "part 25T21:00..26T06:00"),
        ("fr", "vous ouvrez le soir ?", "daily 25T18:00..26T00:00"),
        ("fr", "ouvert entre midi et deux ?", "daily 25T12:00..25T14:00"),
        ("fr", "vous ouvrez tôt le matin ?", "daily 26T06:00..26T09:00"),
        ("fr", "ouvert le jeudi soir ?", "part 26T18:00..27T00:00"),
        ("fr", "ouvert en août ?", "period 01T00:00..01T00:00"),
        ("fr", "ouvert pendant les vacances ?", "school_holidays"),
        ("fr", "et pendant les vacances de Noël ?", "days 24T00:00..02T00:00"),
        ("fr", "vous ouvrez les jours fériés ?", "public_holidays"),
        ("fr", "ouvert lundi, jour férié ?", "days 30T00:00..01T00:00"),
        ("en", "are you open at noon?", "moment 25T12:00"),
        ("en", "open after 6pm?", "part 25T18:00..26T00:00"),
        ("en", "are you open in the evening?", "daily 25T18:00..26T00:00"),
        ("en", "open during the school holidays?", "school_holidays"),
        ("en", "open on bank holidays?", "public_holidays"),
        ("en", "open this weekend?", "days 28T00:00..30T00:00"),
        ("es", "¿abren por la tarde?", "daily 25T12:00..25T18:00"),
        ("es", "¿está abierto a mediodía?", "moment 25T12:00"),
        ("es", "¿abren en vacaciones?", "school_holidays"),
        ("es", "¿abren los festivos?", "public_holidays"),
        ("es", "¿abren el sábado por la mañana?", "part 28T06:00..28T12:00"),
        ("it", "aperti la sera?", "daily 25T18:00..26T00:00"),
        ("it", "aperto dopo le 18?", "part 25T18:00..26T00:00"),
        ("it", "aperti durante le vacanze?", "school_holidays"),
        ("it", "aperti nei giorni festivi?", "public_holidays"),
        ("it", "aperto a mezzogiorno?", "moment 25T12:00"),
        ("pt", "abrem à noite?", "daily 25T18:00..26T00:00"),
        ("pt", "abrem durante as férias?", "school_holidays"),
        ("pt", "abrem nos feriados?", "public_holidays"),
        ("pt", "abertos depois das 18h?", "part 25T18:00..26T00:00"),
        ("pt", "abrem ao meio-dia?", "moment 25T12:00"),
        ("nl", "bent u morgen open?", "days 26T00:00..27T00:00"),
        ("nl", "open in de schoolvakantie?", "school_holidays"),
        ("nl", "open op feestdagen?", "public_holidays"),
        ("nl", "open op de middag?", "moment 25T12:00"),
        ("de", "am Samstagmorgen offen?", "part 28T06:00..28T12:00"),
        ("de", "in den Ferien geöffnet?", "school_holidays"),
        ("de", "an Feiertagen geöffnet?", "public_holidays"),
        ("ca", "obert al vespre?", "daily 25T18:00..26T00:00"),
        ("ca", "obriu durant les vacances?", "school_holidays"),
        ("ca", "obriu els festius?", "public_holidays"),
    ],
)
def test_the_asker_s_words(language: str, text: str, meant: str) -> None:
    assert told(read(text, language)) == meant


def test_every_language_has_words_for_kinds_of_days() -> None:
    words = {"fr": "vacances", "en": "half term", "es": "vacaciones", "it": "vacanze", "pt": "férias"}
    words |= {"nl": "vakantie", "de": "Ferien", "ca": "vacances"}
    assert set(words) == set(LANGUAGES)
    assert {asked(f"?? {word} !", [], NOW, language).kind for language, word in words.items()} == {"school_holidays"}


def test_days_and_periods() -> None:
    assert len(read("du 22 au 28 décembre", "fr").days) == 7
    christmas = read("entre Noël et le jour de l'an", "fr")
    assert (christmas.kind, len(christmas.days)) == ("days", 8)
    assert len(read("en décembre", "fr").days) == 31 > MOST_DAYS
    assert read("vous ouvrez quand ?", "fr").days == []
    assert [day.day for day in read("demain à midi", "fr").days] == [26]


def test_an_hour_is_that_of_the_cite_whatever_the_offset_it_came_with() -> None:
    """In May the clock of Paris is two hours ahead: midnight written with winter's offset is midnight all the same."""
    value = {"from": "2027-05-01T00:00:00+01:00", "to": "2027-05-02T00:00:00+01:00", "kind": "day"}
    found = asked("", [value], NOW, "fr")
    assert (found.kind, [day.isoformat() for day in found.days]) == ("days", ["2027-05-01"])


def test_read_again_by_another_clock() -> None:
    """It is 23:30 in Paris and tomorrow already in Réunion: "demain" is the day after."""
    late = datetime(2026, 11, 25, 23, 30, tzinfo=PARIS)
    (value,) = read_at("ouvert demain ?", late, "Indian/Reunion", "fr")
    assert value["from"] == "2026-11-27T00:00:00+04:00"
    (noon,) = read_at("ouvert à midi ?", late, "Indian/Reunion", "fr")
    assert noon["from"] == "2026-11-26T12:00:00+04:00"


def test_a_language_that_is_not_read_is_no_fault() -> None:
    assert asked("отпуск", [], NOW, "ru").kind == "now"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ouverts les 24, 25 et 31 décembre ?", [24, 25, 31]),
        ("ouverts le 31 ou le 24 décembre ?", [24, 31]),
        ("ouvert demain, jeudi 26 novembre ?", [26]),
        ("ouvert samedi, sinon lundi à 10h ?", [28, 30]),
        ("ouverts mardi et jeudi aprem ?", [26, 1]),
        ("ouvert samedi matin et lundi ?", [28, 30]),
        ("ouvert lundi à 10h ou mardi à 14h ?", [30, 1]),
        ("ouvert ce week-end et mardi ?", [28, 29, 1]),
        ("le 24 et le 31 vous êtes ouverts ?", [24, 31]),
        ("ouvert cette nuit ou samedi ?", [25, 28]),
    ],
)
def test_several_days_named_are_all_asked_about(text: str, days: list[int]) -> None:
    found = read(text, "fr")
    assert found.kind == "days" and [day.day for day in found.days] == days


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "are you open on Tuesday and Thursday afternoon?"),
        ("es", "¿abren el martes y el jueves por la tarde?"),
        ("it", "siete aperti martedì e giovedì pomeriggio?"),
        ("pt", "abrem terça e quinta à tarde?"),
    ],
)
def test_a_part_of_several_days_is_asked_about_for_each(language: str, text: str) -> None:
    assert [day.isoformat() for day in read(text, language).days] == ["2026-11-26", "2026-12-01"]


def test_parts_of_one_day_are_no_several_days() -> None:
    found = read("ouvert demain matin ou demain après-midi ?", "fr")
    assert (found.kind, [day.day for day in found.days]) == ("part", [26])


def test_no_more_days_than_can_be_told_one_by_one() -> None:
    found = read("du 1er au 9 décembre, le 12, le 14 et le 15 décembre", "fr")
    assert (found.kind, len(found.days)) == ("days", MOST_DAYS)


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        *(("ouvert au Jeûne genevois ?", "CH GE", "2027-09-09"), ("ouvert au Jeûne genevois ?", "CH TI", None)),
        *(("siete aperti a Sant'Ambrogio?", "IT MI", "2026-12-07"), ("siete aperti a Sant'Ambrogio?", "IT RM", None)),
        *(("aperti per i Santi Pietro e Paolo?", "CH TI", "2027-06-29"), ("a San Giuseppe?", "CH TI", "2027-03-19")),
        *(("le jour de l'abolition de l'esclavage ?", "FR RE", "2026-12-20"), ("open on Divali?", "MU", "2027-10-29")),
        *(("le jour de l'abolition de l'esclavage", "FR GP", "2027-05-27"), ("on Canada Day?", "CA BC", "2027-07-01")),
        *(("pour la fête nationale ?", "FR", "2027-07-14"), ("pour la fête nationale ?", "BE", "2027-07-21")),
        *(("abrem no Santo António?", "PT 11", "2027-06-13"), ("abrem no Santo António?", "PT 13", None)),
        *(("vous ouvrez quand ?", "FR", None), ("c'est ouvert le dimanche ?", "FR", None)),
    ],
)
def test_a_feast_of_the_region_is_known_by_its_name(text: str, region: str, day: str | None) -> None:
    country, _, subdivision = region.partition(" ")
    found = public_holidays.named(text, country, subdivision or None, date(2026, 11, 25))
    assert (found and found.isoformat()) == day
