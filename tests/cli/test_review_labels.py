"""`review-labels` on a few dozen examples, one of them planted under the wrong intent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from bot.cli import examples, main
from bot.cli.examples import Example

TEXTS = {
    "find_job": [
        f"{how} un {what}"
        for how in ("je cherche", "où trouver", "qui propose")
        for what in ("emploi de vendeur", "travail de nuit", "poste de cuisinier", "job d'été")
    ],
    "greet": ["bonjour", "bonjour madame", "salut", "salut à tous", "bonsoir", "bonsoir monsieur", "coucou", "hello"],
    "thank": ["merci", "merci beaucoup", "mille mercis", "un grand merci", "merci à vous", "je vous remercie"],
}
PLANTED = Example("je cherche un emploi de cuisinier de nuit", "greet", "fr", Path("nlu/fr/greet.yml"), 99)


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """The command sets variables for Rasa: other tests are not to find them."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    rows = [
        Example(text, intent, "fr", Path(f"nlu/fr/{intent}.yml"), line)
        for intent, texts in TEXTS.items()
        for line, text in enumerate(texts, start=5)
    ]
    twice = Example("Salut !", "greet", "fr", Path("nlu/fr/greet.yml"), 98)
    monkeypatch.setattr(examples, "read", lambda: [*rows, PLANTED, twice])
    return rows


def test_the_planted_one_is_found_and_the_double(known: list[Example], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["review-labels", "--folds", "3"]) == 0
    printed = capsys.readouterr().out
    suspect, twice, _, templates = printed.strip().split("\n\n")
    assert "fr/greet.yml:99  greet → find_job" in suspect.splitlines()[1]
    assert twice.splitlines()[1:] == ["fr/greet.yml:7 salut  fr/greet.yml:98 Salut !"]
    assert "fr/find_job.yml" in templates


def test_another_language_is_learnt_from_and_not_shown(
    known: list[Example], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*examples.read(), Example("hallo daar", "greet", "nl", Path("nlu/nl/greet.yml"), 5)]
    monkeypatch.setattr(examples, "read", lambda: rows)
    assert main.main(["review-labels", "--folds", "3", "--language", "nl"]) == 0
    assert "fr/" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--folds", "1"], "--folds: two or more."),
        (["--language", "nl"], "--language nl: no examples; there are some in fr."),
    ],
)
def test_a_wrong_option_is_told_at_once(
    known: list[Example], arguments: list[str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["review-labels", *arguments]) == 2
    assert capsys.readouterr().out.strip() == fault
