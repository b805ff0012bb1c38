"""Dates people type: a table by hand in eight languages with a frozen clock, and any text at all."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import dates, named_days
from bot.knowledge.date_words import WEEKDAYS, lexicon
from bot.knowledge.dates import DateSpan, find
from bot.knowledge.errors import DataError

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
TABLE = Path(__file__).parent / "data" / "dates.txt"
ROWS = [
    tuple(part.strip() for part in line.split("|"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FIXED = [
    "demain",
    "lundi",
    "14h",
    "3",
    "mars",
    "tomorrow",
    "à",
    "de",
    "le",
    "au",
    "prochain",
    "mañana",
    "2026",
    "12/03",
]


def written(span: DateSpan) -> str:
    """A span in the notation of the table."""
    habit = "~" if span.kind == "recurring" else ""
    start, end = span.from_, span.to
    if end is None:
        return f"{habit}{day(start)}T{start.hour}:{start.minute:02d}"
    if (start.hour, start.minute) == (0, 0) and (end.hour, end.minute) == (0, 0):
        whole = end.date() - start.date() == timedelta(days=1)
        return habit + (day(start) if whole else f"{day(start)}..{day(end)}")
    last = hour(end, end.hour + 24 * (end.date() - start.date()).days)
    return f"{habit}{day(start)}T{hour(start, start.hour)}..{last}"


def hour(moment: datetime, number: int) -> str:
    return f"{number}:{moment:%M}" if moment.minute else str(number)


def day(moment: datetime) -> str:
    return f"{moment:%m-%d}" if moment.year == NOW.year else f"{moment:%y-%m-%d}"


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 250
    assert {row[0].rstrip("!") for row in ROWS} >= set(dates.LANGUAGES)


@pytest.mark.parametrize(("language", "text", "meant"), ROWS)
def test_table(language: str, text: str, meant: str) -> None:
    code = language.rstrip("!")
    found = find(text, NOW, None if code == "?" else code, expected=language.endswith("!"))
    assert (" ; ".join(map(written, found)) or "-") == meant


@pytest.mark.parametrize(
    ("text", "spanned"),
    [
        ("c'est ouvert le samedi 28 novembre ?", "le samedi 28 novembre"),
        ("je passe demain, à 14h si possible", "demain, à 14h"),
        ("un forum en janvier à Lyon", "en janvier"),
        ("vous êtes ouverts à midi", "à midi"),
        ("rdv mardi prochain svp", "mardi prochain"),
        ("🙂🙂 demain matin", "demain matin"),
    ],
)
def test_what_is_spanned(text: str, spanned: str) -> None:
    (span,) = find(text, NOW, "fr")
    assert span.text == spanned == text[span.start : span.end]


def test_as_dict_is_local_time_with_its_offset() -> None:
    (span,) = find("demain à 14h30", NOW, "fr")
    assert span.as_dict() == {"from": "2026-11-25T14:30:00+01:00", "to": None, "kind": "instant"}


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        *(("fr", "avant le 15 mai", "before"), ("fr", "après le 10", "after"), ("fr", "à partir de lundi", "from")),
        *(("fr", "d'ici vendredi", "until"), ("fr", "jusqu'au 15", "until"), ("fr", "dans les 15 jours", "until")),
        *(("fr", "sous quinze jours", "until"), ("fr", "avant fin mai", "until"), ("fr", "pas avant lundi", "from")),
        *(("en", "before Friday", "before"), ("en", "after 10 December", "after"), ("en", "from Monday", "from")),
        *(("en", "by Friday", "until"), ("en", "within 15 days", "until"), ("en", "until May 15", "until")),
        *(("es", "antes del día 15", "before"), ("es", "tras el viernes", "after"), ("es", "desde el lunes", "from")),
        *(("es", "hasta el viernes", "until"), ("it", "prima del 5 maggio", "before"), ("it", "dal 5 maggio", "from")),
        *(("it", "dopo il 10 dicembre", "after"), ("it", "entro venerdì", "until"), ("pt", "antes de sexta", "before")),
        *(("pt", "depois do dia 10 de maio", "after"), ("pt", "a partir de segunda-feira", "from")),
        *(("pt", "até ao dia 15", "until"), ("nl", "vanaf maandag", "from"), ("nl", "na 10 december", "after")),
        *(("nl", "voor maandag", None), ("de", "vor dem 15. Mai", "before"), ("de", "nach Weihnachten", "after")),
        *(("de", "ab Montag", "from"), ("de", "bis Freitag", "until"), ("ca", "abans del 15 de maig", "before")),
        *(("ca", "després de Nadal", "after"), ("ca", "des de dilluns", "from"), ("ca", "fins divendres", "until")),
        *(("fr", "le 15 décembre", None), ("fr", "après-demain", None), ("fr", "dans 15 jours", None)),
        *(("fr", "du lundi au vendredi", None), ("en", "from 3 to 7 May", None), ("it", "da lunedì a venerdì", None)),
        *(("fr", "vendredi avant 18h", None), ("fr", "avant, vendredi", None), ("fr", "le programme des 5 mai", None)),
    ],
)
def test_a_day_named_to_look_to_one_side_of_it(language: str, text: str, side: str | None) -> None:
    (span,) = find(text, NOW, language)
    assert (span.side, span.as_dict().get("side")) == (side, side)


def test_a_day_of_clock_change_is_a_whole_local_day() -> None:
    (span,) = find("dimanche", datetime(2027, 3, 26, 12, tzinfo=PARIS), "fr")
    assert span.to is not None
    assert span.from_.isoformat() == "2027-03-28T00:00:00+01:00"
    assert span.to.isoformat() == "2027-03-29T00:00:00+02:00"


def test_summer_is_in_january_in_chile() -> None:
    (span,) = find("este verano", datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("America/Santiago")), "es")
    assert (span.from_.date(), span.to and span.to.date()) == (date(2026, 12, 1), date(2027, 3, 1))


def test_an_hour_already_past_is_tomorrow() -> None:
    (span,) = find("à 9h", NOW, "fr")
    assert span.from_ == datetime(2026, 11, 25, 9, tzinfo=PARIS)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        find("demain", datetime(2026, 11, 24, 10, 30), "fr")


def test_easter_feasts_of_2027() -> None:
    assert named_days.in_year("easter", 2027)[0] == date(2027, 3, 28)
    assert named_days.in_year("pentecost_monday", 2027)[0] == date(2027, 5, 17)
    assert named_days.preceding("christmas", NOW.date())[0] == date(2025, 12, 25)


@pytest.mark.parametrize("language", dates.LANGUAGES)
def test_every_language_has_all_weekdays_and_months(language: str) -> None:
    words = lexicon(language).phrases.values()
    assert {word.value for word in words if word.code == "W"} == set(range(len(WEEKDAYS)))
    assert {word.value for word in words if word.code in "Mm"} >= set(range(1, 13))


@pytest.mark.parametrize(
    "text", ["weekdays:\n  lundi: [lundi]\n", "clock:\n  afer: [desde las]\n", "sides:\n  til: [by]\n"]
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "xx.yml").write_text(text, encoding="utf-8")
    lexicon.cache_clear()
    with pytest.raises(DataError) as caught:
        lexicon("xx", tmp_path)
    assert caught.value.line == 2


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.sampled_from([None, *dates.LANGUAGES]), st.booleans())
def test_any_text(text: str, language: str | None, expected: bool) -> None:
    check(text, find(text, NOW, language, expected))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(FIXED), st.integers(0, 99999).map(str), st.text(max_size=4)), max_size=30
    )
)
def test_any_row_of_words_of_dates(parts: list[str]) -> None:
    text = " ".join(parts)
    check(text, find(text, NOW, "fr", expected=True))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_row_of_a_languages_own_words(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(dates.LANGUAGES))
    phrases = sorted(" ".join(phrase) for phrase in lexicon(language).phrases)
    words = data.draw(
        st.lists(st.one_of(st.sampled_from(phrases), st.integers(0, 2100).map(str)), max_size=12)
    )
    now = data.draw(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1))).replace(tzinfo=PARIS)
    check(" ".join(words), find(" ".join(words), now, language, data.draw(st.booleans())))


def check(text: str, spans: list[DateSpan]) -> None:
    """Spans are in order, do not overlap, give the text typed and ranges that run forward."""
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert span.text == text[span.start : span.end]
        assert span.to is None or span.to.timestamp() > span.from_.timestamp()
        assert (span.to is None) == (span.kind == "instant") or span.kind == "recurring"
        last = span.end


@pytest.mark.parametrize(
    "unit",
    [
        "demain ",
        "lundi au ",
        "le 3 ",
        "a",
        "1",
        "12/03 ",
        "à 14h ",
        "le samedi 28 novembre 2026 à 14h ",
        "é'",
    ],
)
@pytest.mark.timeout(60)
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    def calls(length: int) -> int:
        """How many functions are called, Python's and its built-in ones: what time is made of, on any machine."""
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            find((unit * length)[:length], NOW, "fr")
        finally:
            sys.setprofile(None)
        return counted

    assert calls(4000) < 12 * calls(1000)  # less than the square, 16


def test_words_of_the_table_are_unique() -> None:
    keys = [re.sub(r"\s+", " ", f"{row[0]}|{row[1]}") for row in ROWS]
    assert len(keys) == len(set(keys))
