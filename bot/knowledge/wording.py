"""Days, times, distances, lists and countries in the words of a language (Babel's locale data, CLDR).

The languages spoken are French, English, Spanish, Italian and Portuguese; another one is worded in the
nearest of them. Spaces are plain ones, so that a text message stays in its short alphabet. Sentences are
the catalogues'.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

# The networks' English and Portuguese are European: "28 November", "9:30" on 24 hours.
_LOCALES = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "it": "it_IT", "pt": "pt_PT"}
_NEAREST = {"nl": "en", "de": "en", "ca": "es"}
_DAY = {
    "fr": "EEEE d MMMM",
    "en": "EEEE d MMMM",
    "es": "EEEE d 'de' MMMM",
    "it": "EEEE d MMMM",
    "pt": "EEEE, d 'de' MMMM",
}
_YEAR = {"fr": " y", "en": " y", "es": " 'de' y", "it": " y", "pt": " 'de' y"}
_HALVES_BELOW = 10  # km


def spoken(lang: str) -> str:
    """Return `lang` when it is spoken, else the nearest spoken language (English when none is near)."""
    return lang if lang in SPOKEN else _NEAREST.get(lang, "en")


def day(date_: dt.date, lang: str, today: dt.date) -> str:
    """Return a day in words, "samedi 28 novembre"; the year only when it is not that of `today`."""
    lang = spoken(lang)
    pattern = _DAY[lang] + (_YEAR[lang] if date_.year != today.year else "")
    return _first(format_date(date_, pattern, locale=_LOCALES[lang]), date_, lang)


def date_long(date_: dt.date, lang: str, today: dt.date) -> str:
    """Return a day without its weekday: "28 novembre"; the year only when it is not that of `today`."""
    lang = spoken(lang)
    pattern = _DAY[lang].partition(" ")[2] + (_YEAR[lang] if date_.year != today.year else "")
    return _first(format_date(date_, pattern, locale=_LOCALES[lang]), date_, lang)


def month_year(date_: dt.date, lang: str) -> str:
    """Return the month of a day with its year: "novembre 2026", "noviembre de 2026"."""
    lang = spoken(lang)
    return format_date(date_, "LLLL" + _YEAR[lang], locale=_LOCALES[lang])


def time(moment: dt.time | dt.datetime, lang: str) -> str:
    """Return a time of day on 24 hours: "9 h 30" or "9 h" in French, "9:30" elsewhere."""
    if spoken(lang) != "fr":
        return f"{moment.hour}:{moment.minute:02d}"
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def hours_range(start: dt.time | dt.datetime, end: dt.time | dt.datetime, lang: str) -> str:
    """Return opening hours: "9 h – 12 h 30", "9:00–12:30"; an end at midnight is 24:00."""
    dash = " – " if spoken(lang) == "fr" else "–"
    return f"{time(start, lang)}{dash}{end_time(end, lang)}"


def end_time(end: dt.time | dt.datetime, lang: str) -> str:
    """Return the time at which something ends, as `time`; midnight is 24:00."""
    return _midnight(lang) if (end.hour, end.minute) == (0, 0) else time(end, lang)


def distance(km: float, lang: str) -> str:
    """Return a distance: to the half kilometre below 10 km ("2,5 km"), whole above ("12 km")."""
    rounded = round(km * 2) / 2 if km < _HALVES_BELOW else float(round(km))
    if km > 0 and rounded == 0:
        rounded = 0.5
    return f"{format_decimal(rounded, '#,##0.#', locale=_LOCALES[spoken(lang)])} km".replace(
        "\u202f", " "
    ).replace("\xa0", " ")


def join(items: Sequence[str], lang: str, word: str = "and") -> str:
    """Return a list in words, "a, b et c"; `word` is "and" or "or". Raises ValueError on another word."""
    if word not in {"and", "or"}:
        raise ValueError(f'word is "and" or "or", not "{word}"')
    worded = format_list(
        list(items), style="standard" if word == "and" else "or", locale=_LOCALES[spoken(lang)]
    )
    return _spanish_vowels(worded, items[-1]) if spoken(lang) == "es" and len(items) > 1 else worded


def country_name(code: str, lang: str) -> str:
    """Return the name of a country or territory (ISO 3166-1 alpha-2): "Suisse"; the code itself when it is
    unknown."""
    return str(Locale.parse(_LOCALES[spoken(lang)]).territories.get(code, code))


def in_country(code: str, lang: str) -> str:
    """Return "in" a country as the language says it, "en Suisse"; where the data has none, its name in
    brackets."""
    worded = _in_countries().get(code, {}).get(spoken(lang))
    return worded or f"({country_name(code, lang)})"


def _first(worded: str, date_: dt.date, lang: str) -> str:
    """French says "1er mai" and Italian "1º maggio", which CLDR does not write."""
    ordinal = {"fr": "1er ", "it": "1º "}.get(lang)
    if date_.day != 1 or ordinal is None:
        return worded
    words = worded.split(" ")
    return " ".join(ordinal.strip() if word == "1" else word for word in words)


def _spanish_vowels(worded: str, last: str) -> str:
    """Spanish says "e Inés" and "u otros", which CLDR does not write."""
    before = worded[: -len(last)] if last else worded
    if before.endswith(" y ") and re.match(r"h?[ií](?![aeo])", last, re.IGNORECASE):
        return f"{before[:-3]} e {last}"
    if before.endswith(" o ") and re.match(r"h?[oó]", last, re.IGNORECASE):
        return f"{before[:-3]} u {last}"
    return worded


def _midnight(lang: str) -> str:
    return "24 h" if spoken(lang) == "fr" else "24:00"


@lru_cache(maxsize=1)
def _in_countries() -> dict[str, dict[str, str]]:
    return dict(read_yaml(DATA / "countries.yml").value["in_country"])
