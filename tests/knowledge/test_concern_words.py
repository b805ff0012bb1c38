"""Guidance on the concerns: its words, in every language."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.knowledge.catalogue import SPOKEN, Catalogue, parity_faults
from bot.knowledge.concerns import CONCERNS, load_concerns
from bot.knowledge.paths import ROOT

LENGTHS = {"label": 60, "know": 320, "know_FR": 320, "next_step": 260}
SENTENCES = {"know": {2, 3}, "know_FR": {1, 2}, "next_step": {2, 3}}
FAMILIAR = {
    "fr": r"tu|te|toi|ton|ta|tes|tien|tienne",
    "es": r"tú|tu|te|ti|tus|tuyo|tuya|contigo",
    "it": r"tu|te|ti|tuo|tua|tuoi|tue",
    "pt": r"tu|te|ti|teu|tua|teus|tuas|contigo",
}
GENDER_SIGNS = re.compile(
    r"[·•@]|\w\((?:e|s|es|ne|nes|a|as|o|os|trice|euse)\)|\w\.e(?:\.?s)?\b|\w/-?(?:e|a|as|o|os|trice|euse)\b"
)


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    """Language → key → text, of the catalogues of concerns only."""
    return {
        language: {key: entry.text for key, entry in entries.items() if entry.file.parent.name == "concerns"}
        for language, entries in Catalogue.load().entries.items()
    }


def texts(words: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(language, key, text) for language, entries in words.items() for key, text in entries.items()]


def intents() -> list[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_body_listed_has_its_line_in_every_language(
    words: dict[str, dict[str, str]], language: str
) -> None:
    wanted = {
        f"bodies.{body.id}.{name}"
        for name, concern in load_concerns().items()
        for bodies in concern.bodies.values()
        for body in bodies
    }
    assert {key for key in words[language] if key.startswith("bodies.")} == wanted


@pytest.mark.parametrize("language", SPOKEN)
def test_every_concern_and_every_intent_is_worded(words: dict[str, dict[str, str]], language: str) -> None:
    told = {f"concerns.{name}.{part}" for name in CONCERNS for part in LENGTHS}
    assert {key for key in words[language] if key.startswith("concerns.")} == told
    readings = {key for key in words[language] if key.startswith("readings.")}
    assert readings == {f"readings.{intent}" for intent in intents()}
    assert len(readings) == 44


def test_the_languages_have_the_same_keys_and_placeholders() -> None:
    assert [str(fault) for fault in parity_faults(Catalogue.load()) if fault.file.parent.name == "concerns"] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_readings_can_be_told_apart(words: dict[str, dict[str, str]], language: str) -> None:
    readings = [text for key, text in words[language].items() if key.startswith("readings.")]
    assert len(set(readings)) == len(readings)


def test_a_line_of_a_body_or_a_reading_is_short(words: dict[str, dict[str, str]]) -> None:
    limits = {"bodies": 90, "readings": 40}
    for language, key, text in texts(words):
        limit = limits.get(key.split(".")[0])
        assert limit is None or len(text) <= limit, (language, key, len(text))


def test_a_line_of_a_body_follows_its_name(words: dict[str, dict[str, str]]) -> None:
    for language, key, text in texts(words):
        if key.startswith("bodies."):
            assert text[0].islower() and text[-1] not in ".:;!?", (language, key)


def test_what_is_told_of_a_concern_is_short(words: dict[str, dict[str, str]]) -> None:
    for language, key, text in texts(words):
        part = key.split(".")[-1]
        if key.startswith("concerns."):
            assert len(text) <= LENGTHS[part], (language, key, len(text))
            sentences = len(re.findall(r"[.?!](?=\s|$)", text))
            assert part == "label" or sentences in SENTENCES[part], (language, key, sentences)


def test_nothing_is_told_in_figures(words: dict[str, dict[str, str]]) -> None:
    assert [(language, key) for language, key, text in texts(words) if re.search(r"[\d€$£%]", text)] == []


def test_no_sign_of_gender(words: dict[str, dict[str, str]]) -> None:
    assert [(language, key) for language, key, text in texts(words) if GENDER_SIGNS.search(text)] == []


@pytest.mark.parametrize("language", FAMILIAR)
def test_people_are_addressed_politely(words: dict[str, dict[str, str]], language: str) -> None:
    familiar = re.compile(rf"\b(?:{FAMILIAR[language]})\b|\bt['’]", re.IGNORECASE)
    assert [key for key, text in words[language].items() if familiar.search(text)] == []


@pytest.mark.parametrize("text", ["salarié·e", "salarié(e)s", "salarié.e.s", "étudiant/e", "alumno/a", "alumn@s"])
def test_signs_of_gender_are_seen(text: str) -> None:
    assert GENDER_SIGNS.search(text)


def test_what_is_told_of_france_names_france(words: dict[str, dict[str, str]]) -> None:
    country = {"fr": "France", "en": "France", "es": "Francia", "it": "Francia", "pt": "França"}
    for language, key, text in texts(words):
        if key.endswith(".know_FR"):
            assert country[language] in text, (language, key)
