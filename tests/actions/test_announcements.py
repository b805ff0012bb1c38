"""What a Cité announced at the desk, in the answers on its hours, its way and its telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.cite_fact import CiteFact
from bot.knowledge import notices
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.cites import load_cites

from .conftest import Change, fact
from .test_hours_answers import ask
from .turns import answer, said

Announce = Callable[..., None]
CLOSED = {"kind": "closed", "from": "2026-11-25", "to": "2026-11-26", "announced": "2026-11-24"}
OTHER = {**CLOSED, "kind": "hours", "hours": "10:00-12:00"}
UNKNOWN = Catalogue.load().text("card.unknown_day", "fr")
WORDS = {"fr": "Passez par la cour.", "en": "Come through the yard."}


@pytest.fixture
def announce(change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Announce:
    """A function (*announcements) that announces them for Namur, open from Monday to Friday."""
    folder = tmp_path / "notices"
    folder.mkdir()
    monkeypatch.setattr(notices, "FOLDER", folder)
    change("namur", hours=fact("Mo-Fr 09:00-17:00; PH off"), advisor_hours=fact("Mo-Fr 14:00-17:00; PH off"))

    def written(*announcements: Any) -> None:
        told = {"cite": "namur", "announcements": list(announcements)}
        (folder / "namur.yml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
        load_cites.cache_clear()

    return written


def test_a_day_announced_as_closed_is_closed_and_told_as_announced(announce: Announce) -> None:
    assert ask("ouvert ?", cite="namur").responses[0] == "open_now"
    announce({**CLOSED, "words": WORDS})
    found = ask("ouvert ?", cite="namur")
    assert found.responses[0] == "closed_now"
    assert "vendredi 27 novembre" in found.messages[0].text  # opens again
    told = found.message("closure_announced_note").text
    assert "du 25 novembre au 26 novembre (annoncée par la Cité le 24 novembre). Passez par la cour." in told
    assert ask("ouvert demain ?", cite="namur").responses[0] == "closed_on_next"
    assert "closure_announced_note" not in ask("ouvert vendredi ?", cite="namur").responses


def test_other_hours_are_told_and_counted(announce: Announce) -> None:
    announce(OTHER)
    now = ask("ouvert ?", cite="namur")  # it is 10:00
    assert now.responses[0] == "open_now"
    assert "12 h" in now.messages[0].text and "17 h" not in now.messages[0].text
    told = now.message("notice_hours").text
    assert "du 25 novembre au 26 novembre" in told and "10 h – 12 h" in told and "le 24 novembre" in told
    assert "closed" in ask("ouvert demain à 15h ?", cite="namur").responses[0]
    assert "open" in ask("ouvert vendredi à 15h ?", cite="namur").responses[0]


def test_other_hours_stand_in_the_table_of_the_window(announce: Announce) -> None:
    announce(OTHER)
    (card,) = ask("ouvert ?", cite="namur", channel="widget").cards
    assert [row["hours"][0] for row in card["rows"]][:3] == ["10 h – 12 h", "10 h – 12 h", "9 h – 17 h"]
    assert [row["hours"][1] for row in card["rows"]][1:3] == [UNKNOWN, "14 h – 17 h"]


@pytest.mark.parametrize("language", SPOKEN)
def test_a_word_is_told_in_every_language_with_its_date(announce: Announce, language: str) -> None:
    announce({**CLOSED, "kind": "word", "words": WORDS})
    found = ask({"fr": "ouvert ?", "en": "open?", "es": "¿abierto?", "it": "aperto?", "pt": "aberto?"}[language],
                language, "namur")  # fmt: skip
    assert found.responses[0] == "open_now"
    told = found.message("notice").text
    assert WORDS.get(language, WORDS["en"]) in told and "24" in told


@pytest.mark.parametrize("intent", ["ask_directions", "ask_contact"])
def test_who_asks_for_the_way_or_the_telephone_is_told_too(announce: Announce, intent: str) -> None:
    announce({**CLOSED, "kind": "word", "words": WORDS})
    slots = {"cite": "namur"}
    assert answer(CiteFact(), said(intent, slots=slots)).responses[-1] == "notice"
    later = said(intent, slots=slots, now="2026-11-27T10:00:00+01:00")
    assert "notice" not in answer(CiteFact(), later).responses  # over


def test_it_is_told_even_where_the_hours_are_not_known(announce: Announce, change: Change) -> None:
    change("namur", hours=None, advisor_hours=None)
    announce(OTHER)
    found = ask("ouvert ?", cite="namur")
    assert found.responses == ["hours_unknown", "notice_hours"]
    assert "10 h – 12 h" in found.text
