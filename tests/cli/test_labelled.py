"""Labelled messages: how they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.labelled import Labelled, Span, read
from bot.knowledge.errors import DataError, DataErrors

TEXT = "vers [Genf](place) dès [lundi](date)"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "fr_more.yml"
    path.write_text("\n".join(["- intent: find_job", "  messages:", *lines]) + "\n", "utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, f'    - text: "{TEXT}"', "      or: find_training"))
    assert found == Labelled(
        "vers Genf dès lundi", "fr", ("find_job", "find_training"), (Span("place", 5, 9), Span("date", 14, 19))
    )
    assert [found.text[span.start : span.end] for span in found.spans] == ["Genf", "lundi"]


@pytest.mark.parametrize(
    ("told", "towns"), [("Genève CH", ("Genève CH",)), ("[Aix FR, Aix BE]", ("Aix FR", "Aix BE"))]
)
def test_which_town_is_meant_is_read(tmp_path: Path, told: str, towns: tuple[str, ...]) -> None:
    (found,) = read(written(tmp_path, f'    - text: "{TEXT}"', f"      towns: {{Genf: {told}}}"))
    assert found.spans == (Span("place", 5, 9, towns), Span("date", 14, 19))


def test_several_fair_readings_keep_their_order(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, '    - text: "du travail"', "      or: [find_training, ask_events]"))
    assert found.intents == ("find_job", "find_training", "ask_events")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    - txt: bonjour", "write text: before the message"),
        ("    - bonjour", "write text: before the message"),
        ("    - text: 12", "write text, in quotes"),
        ('    - text: "vers [Genf](plce)"', "what is marked is a [town](place)"),
        ('    - {text: "bonjour", or: Find Job}', "write the name of an intent"),
        ('    - {text: "vers [Genf](place)", towns: {Genf: Genève}}', 'as in "Genève CH"'),
        ('    - {text: "vers [Genf](place)", towns: {Genève: Genève CH}}', '"Genève" is not marked as a place'),
    ],
)
def test_a_fault_is_told_with_its_line_and_its_mend(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(DataErrors) as caught:
        read(written(tmp_path, '    - text: "bonjour"', line))
    assert "fr_more.yml:4: " in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize("text", ["- intent: [", "greet: bonjour", ""])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fr.yml"
    path.write_text(text, "utf-8")
    with pytest.raises((DataError, DataErrors), match=r"fr.yml:1"):
        read(path)
