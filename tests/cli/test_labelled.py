"""Labelled messages: how they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.labelled import Labelled, Span, read

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
