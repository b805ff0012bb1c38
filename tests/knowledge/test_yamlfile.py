"""YAML with lines: values, lines, and every refusal named where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.errors import DataError, DataErrors, raise_all
from bot.knowledge.yamlfile import Node, read_yaml


def read(tmp_path: Path, text: str | bytes) -> Node:
    file = tmp_path / "file.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(file)


def refusal(tmp_path: Path, text: str | bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    return caught.value


def test_values_and_lines(tmp_path: Path) -> None:
    text = (
        "# a remark\nname: Liège\nhours:\n  value: Mo-Fr 09:00-17:00\n  on_line: 5\nlist:\n  - a\n  - b: 1\n"
    )
    root = read(tmp_path, text)
    assert root.value == {
        "name": "Liège",
        "hours": {"value": "Mo-Fr 09:00-17:00", "on_line": 5},
        "list": ["a", {"b": 1}],
    }
    assert root["name"].line == 2
    assert root["hours"].line == 3
    assert root["hours"]["on_line"].line == 5
    assert root["list"][1]["b"].line == 8
    assert [child.value for child in root["list"]] == ["a", {"b": 1}]


def test_a_value_on_the_line_after_its_key_is_named_by_its_key(tmp_path: Path) -> None:
    assert read(tmp_path, "note: >\n  long\n  text\nb: 1\n")["note"].line == 1


def test_dates_are_dates(tmp_path: Path) -> None:
    assert read(tmp_path, "checked_on: 2026-11-22\n")["checked_on"].value == date(2026, 11, 22)


def test_empty_file(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing\n").value is None


def test_at_gives_the_deepest_node_there_is(tmp_path: Path) -> None:
    root = read(tmp_path, "a:\n  b:\n    - x\n")
    assert root.at("a", "b", 0).value == "x"
    assert root.at("a", "c", "d").line == 1
    assert root.get("z") is None
    assert "a" in root


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, '"a" stands twice'),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("a: [", 1, "not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("a: &x 1\nb: *x\n", 2, "alias"),
        ("a: 1\nno: 2\n", 2, "not plain text"),
        ("a: 1\nd: 2026-02-30\n", 2, "not a value"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML"),
        ("a: 1\nb: \x07\n", 1, "not valid YAML"),
        (b"a: 1\nb: \xe9\n", 2, "UTF-8"),
        ("a: 1\nb: !!python/name:os.system\n", 2, "not valid YAML"),
    ],
)
def test_refusals_name_the_line(tmp_path: Path, text: str | bytes, line: int, word: str) -> None:
    error = refusal(tmp_path, text)
    assert (error.line, word in error.message) == (line, True), str(error)
    assert error.mend


def test_a_recursive_alias_is_refused(tmp_path: Path) -> None:
    assert "alias" in refusal(tmp_path, "a: &x\n  b: *x\n").message


def test_a_very_deep_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[" * 500 + "]" * 500).line == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.yml:1: .*cannot be read.*Mend:"):
        read_yaml(tmp_path / "none.yml")


def test_an_error_says_file_line_message_and_mend() -> None:
    assert str(DataError("data/x.yml", 3, "no name", "add one")) == "data/x.yml:3: no name. Mend: add one"


def test_errors_are_told_together_in_the_order_of_the_files() -> None:
    errors = [DataError(file, line, "m", "n") for file, line in (("b.yml", 1), ("a.yml", 9), ("a.yml", 2))]
    with pytest.raises(DataErrors) as caught:
        raise_all(errors)
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "a.yml:2",
        "a.yml:9",
        "b.yml:1",
    ]
    raise_all([])


TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]))
KEYS = st.text("abcxyz", min_size=1)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(PLAIN)
def test_what_yaml_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    file = tmp_path_factory.mktemp("yaml") / "file.yml"
    file.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    assert read_yaml(file).value == yaml.safe_load(yaml.safe_dump(value, allow_unicode=True))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("yaml") / "file.yml"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        assert read_yaml(file).line >= 1
    except DataError as error:
        assert 1 <= error.line <= max(1, len(text.splitlines()))
