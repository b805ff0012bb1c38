"""What is said for which a person is to be offered at once, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.needs_person import load_phrases, said_in

SAID = [
    "Ma fille est déscolarisée depuis janvier, que faire ?",
    "j'ai arrêté le lycée en première",
    "mon fils a décroché du lycée",
    "il ne va plus en cours",
    "DECROCHAGE SCOLAIRE",
    "I dropped out of school last year",
    "dejé el instituto a los 16",
    "mio figlio ha lasciato la scuola",
    "abandonei a escola no nono ano",
    "j'ai été viré du lycée",
    "mon fils est exclu du collège",
    "il ne veut plus aller au lycée",
    "i got kicked out of school",
    "me echaron del instituto",
    "he dejado de estudiar",
    "ho smesso di andare a scuola",
    "desisti da escola",
]
OTHER = [
    "je cherche une formation de soudeur",
    "j'ai décroché un entretien",
    "j'ai quitté mon travail",
    "je vais au lycée Victor Hugo",
    "ils ne décrochent jamais le téléphone",
    "I left my job",
    "ho lasciato il lavoro",
    "j'ai été viré de mon boulot",
    "deixei de fumar",
    "",
]


@pytest.mark.parametrize("text", SAID)
def test_who_has_left_school_early_is_heard(text: str) -> None:
    assert said_in(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_subjects_are_not(text: str) -> None:
    assert not said_in(text)


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert said_in(text) in (True, False)


@pytest.mark.parametrize(
    ("content", "fault"), [("fr: []", "fr"), ("french: [décrochage]", "french"), ('fr: ["((bad"]', "bad"), ("[]", "")]
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, content: str, fault: str) -> None:
    file = tmp_path / "needs_person.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises((DataError, DataErrors)) as raised:
        load_phrases(file)
    assert "needs_person.yml" in str(raised.value)
    assert fault in str(raised.value)
