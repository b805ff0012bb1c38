"""The words that leave no doubt, as a file and in messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import distress, phrase
from bot.knowledge.errors import DataError
from bot.knowledge.language import UNDERSTOOD
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

MESSAGES = read_yaml(Path(__file__).parent / "data" / "distress.yml").value
LISTED = read_yaml(DATA / "distress.yml").value
EMPTY = "fr:\n  same: {}\n  harmless: []\n  heard: []\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(distress, "_FILE", tmp_path / "distress.yml")
    distress.load_phrases.cache_clear()
    return tmp_path / "distress.yml"


@pytest.fixture
def forget() -> object:
    yield
    distress.load_phrases.cache_clear()


def test_every_language_that_is_understood_has_some() -> None:
    assert set(LISTED) == set(MESSAGES) == set(UNDERSTOOD)
    assert all(len(parts["heard"]) >= 40 for parts in LISTED.values())
    assert all(len(messages) >= 12 for parts in MESSAGES.values() for messages in parts.values())


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_every_phrase_is_heard_in_a_sentence_and_no_harmless_one_stops_it(language: str) -> None:
    unheard = [
        " ".join(form)
        for each in LISTED[language]["heard"]
        for form in phrase.forms(each)
        if not distress.is_said(f"… ; {' '.join(form).upper()} !")
    ]
    assert unheard == []


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_despair_is_heard_inside_an_ordinary_request(language: str) -> None:
    assert [message for message in MESSAGES[language]["heard"] if not distress.is_said(message)] == []


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_strong_feelings_and_metaphors_are_not_despair(language: str) -> None:
    assert [message for message in MESSAGES[language]["calm"] if distress.is_said(message)] == []


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_no_example_of_another_intent_is_despair(language: str) -> None:
    files = [path for path in (DATA / "nlu" / language).glob("*.yml") if path.stem != "express_distress"]
    lines = [line.strip() for path in files for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 1000
    assert [line for line in lines if line.startswith("- ") and distress.is_said(line)] == []


@pytest.mark.parametrize("text", ["", "je veux mourirai", "emballer", "🙂", "x" * 2000, "+ + +"])
def test_other_words_are_not(text: str) -> None:
    assert not distress.is_said(text)


@given(st.text(max_size=300))
def test_any_text_can_be_listened_to_and_hides_nothing(text: str) -> None:
    assert distress.is_said(f"{text} . zzz . mon mari me frappe") is True
    assert distress.is_said(text) in (True, False)


def test_harmless_words_are_struck_out_and_leave_a_hole(file: Path, forget: None) -> None:
    file.write_text("fr:\n  same: {veux: [veu]}\n  harmless: [vivre à]\n  heard: [veux plus vivre, veux plus Paris]\n")
    assert distress.is_said("je VEU plus vivre")
    assert not distress.is_said("je veux plus vivre à Paris")
    assert distress.is_said("je veux plus vivre à Paris, je veux plus vivre")


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("[]", 1),
        ("fr: je veux mourir", 1),
        ("fr: {heard: [je veux mourir]}", 1),
        (EMPTY.replace("heard: []", "heard: [1]"), 4),
        (EMPTY.replace("heard: []", "heard: ['…']"), 4),
        (EMPTY.replace("heard: []", "heard:\n  - mourir\n  - (ne"), 6),
        (EMPTY.replace("heard: []", "heard: [(ne) (plus)]"), 4),
        (EMPTY.replace("harmless: []", "harmless: rire"), 3),
        (EMPTY.replace("{}", "[veu]"), 2),
        (EMPTY.replace("{}", "{veux: [je veu]}"), 2),
        (EMPTY.replace("{}", "{veux: [ve], vais: [ve]}"), 2),
    ],
)
def test_a_wrong_file_says_where_and_how_to_mend_it(file: Path, forget: None, wrong: str, line: int) -> None:
    file.write_text(wrong + "\n", "utf-8")
    with pytest.raises(DataError, match=rf"distress.yml:{line}: .*Mend"):
        distress.load_phrases()
