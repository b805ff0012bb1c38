"""The figures as tables, and those of the documentation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.evaluation import docs, tables
from bot.cli.evaluation.results import Phrases, watched
from bot.knowledge.errors import DataError
from tests.cli.evaluation.judging import judged
from tests.cli.evaluation.made import results


def table(name: str) -> tables.Table:
    return next(one for one in tables.of(results()) if one.name == name)


def test_every_row_has_a_cell_for_each_column() -> None:
    for one in tables.of(results()):
        assert one.rows, one.name
        assert {len(row) for row in one.rows} == {len(one.columns)}, one.name


def test_what_was_not_measured_has_no_table() -> None:
    names = {one.name for one in tables.of(results(whole=False))}
    assert names == {"languages", "watched", "entities", "intents", "confusions", "calibration", "cost"}
    assert "F1 by cross-validation" not in next(iter(tables.of(results(whole=False)))).columns


def test_scores_are_shown_with_their_bounds() -> None:
    assert table("languages").rows[-1][:2] == ("all", "4")
    assert table("curve").rows[0] == (
        "100", "1/8", "0.500 (0.400–0.600)", "0.750 (0.600–0.900)", "0.500 (0.400–0.600)"
    )  # fmt: skip
    assert table("entities").rows[0][-1] == "1.000 of 1"
    assert table("compare").rows[0][-3:] == ("40", "21.8", "90")


def test_what_could_not_be_measured_is_not_shown_as_a_score() -> None:
    rows = {row[0]: row for row in table("watched").rows}
    assert rows["it"] == ("it", "– / – (0)", "– / – (0)", "– / – (0)")
    heard = watched([judged("greet", "express_distress")])
    assert tables.of_watched(heard, Phrases(0, 0, 0)).rows[0][1] == "– / 0.00 (0)", "a false alarm is shown"
    rows = {row[0]: row for row in table("languages").rows}
    assert rows["it"][4:] == ("–", "–", "–", "–")
    assert {row[0]: row for row in table("intents").rows}["<b>|<"][2:5] == ("0.00", "–", "0.00")
    assert table("compare").rows[0][3] == "–"


def test_what_the_phrases_hear_is_told() -> None:
    note = tables.of_watched({}, Phrases(104, 50, 2)).note
    assert note.endswith("hear 50 of 104 messages of distress, and 2 others.")


def test_the_mean_over_the_intents_is_told() -> None:
    assert table("intents").note.startswith("Mean F1 of the intents, each counting the same: 0.667; by cross-val")


def test_on_the_terminal_a_table_has_its_title_and_lines_of_one_row_each() -> None:
    lines = table("cost").as_text().splitlines()
    assert lines[0] == "Cost"
    assert lines[-1].split()[-2:] == ["90", "s"]


def test_a_bar_does_not_break_a_table_of_the_documentation() -> None:
    (row,) = [line for line in table("confusions").as_markdown().splitlines() if "<b>" in line]
    assert row.replace("\\|", "").count("|") == 5


def test_the_documentation_keeps_what_is_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "understanding.md"
    path.write_text(
        "By hand.\n\n<!-- evaluate:cost -->\nfigures of before\n<!-- /evaluate:cost -->\n\nAgain.\n\n"
        "<!-- evaluate:folds -->\nkept\n<!-- /evaluate:folds -->\n",
        "utf-8",
    )
    docs.write(tables.of(results(whole=False)), path)
    text = path.read_text("utf-8")
    assert "21.8 MB" in text
    assert "figures of before" not in text
    assert text.startswith("By hand.\n\n<!-- evaluate:cost -->\n\n| what")
    assert text.endswith("Again.\n\n<!-- evaluate:folds -->\nkept\n<!-- /evaluate:folds -->\n")
    docs.write(tables.of(results(whole=False)), path)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("before", ["By hand.\n", "<!-- /evaluate:cost -->\n"])
def test_a_place_left_open_is_refused(tmp_path: Path, before: str) -> None:
    with pytest.raises(DataError, match=r"understanding.md:2: evaluate:cost is not closed"):
        docs.renewed(f"{before}<!-- evaluate:cost -->\n", tables.of(results()), tmp_path / "understanding.md")


def test_the_documentation_asks_for_tables_that_exist() -> None:
    names = {one.name for one in tables.of(results())}
    asked = docs.asked_for(docs.UNDERSTANDING.read_text("utf-8"))
    assert asked
    assert set(asked) <= names


def test_all_figures_are_in_the_json() -> None:
    found = json.loads(results().as_json())
    assert found["cost"]["model"] == 21.8
    assert found["development"]["languages"][-1]["first"]["value"] == 0.75
    assert found["curve"][0]["french"] == {"value": 0.5, "low": 0.4, "high": 0.6}
