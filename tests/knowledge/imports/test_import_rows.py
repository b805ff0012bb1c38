"""Rows of a dataset: the same from JSON, JSON lines and CSV, and every fault with its line."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.errors import DataError
from bot.knowledge.imports import json_stream
from bot.knowledge.imports.rows import read_rows

DATA = Path(__file__).parents[1] / "data" / "imports"


def rows(folder: Path, content: str | bytes, name: str = "rows"):  # type: ignore[no-untyped-def]
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(row.line, dict(row.values)) for row in read_rows(file)]


def fault(folder: Path, content: str | bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        rows(folder, content)
    assert caught.value.mend
    return caught.value


def test_json_and_csv_of_one_dataset_hold_the_same() -> None:
    from_json = list(read_rows(DATA / "structures.json"))
    from_csv = list(read_rows(DATA / "structures.csv"))
    assert len(from_json) == len(from_csv) == 12
    for one, other in zip(from_json, from_csv):
        for column in ("id", "nom", "date_maj", "latitude", "horaires_accueil", "telephone"):
            assert one.text(column) == other.text(column)
    assert (from_json[1].line, from_csv[1].line) == (25, 3)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('[{"a": 1}, {"a": 2}]', [(1, {"a": 1}), (1, {"a": 2})]),
        ('[\n {"a": 1},\n {\n"a": "x\\n"}\n]\n', [(2, {"a": 1}), (3, {"a": "x\n"})]),
        ('{"a": 1}\n{"a": 2}\n', [(1, {"a": 1}), (2, {"a": 2})]),
        ("\ufeff[]", []),
        ('a,b\n1,"x\ny"\n\n2,z\n', [(2, {"a": "1", "b": "x\ny"}), (5, {"a": "2", "b": "z"})]),
        ("\ufeffa;b\r\n1;2,5\r\n", [(2, {"a": "1", "b": "2,5"})]),
        ("", []),
    ],
)
def test_each_row_with_its_line(tmp_path: Path, content: str, wanted: list[object]) -> None:
    assert rows(tmp_path, content) == wanted


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('[\n{"a": 1}\n{"a": 2}]', 3, "comma"),
        ('[{"a": 1},\n{"a" 2}]', 2, "not valid JSON"),
        ('[{"a": 1}', 1, "not closed|missing"),
        ('[{"a": 1}] x', 1, "after the array"),
        ('[{"a": 1},\n3]', 2, "row 2: not an object"),
        ("[" * 100_000, 1, "nested"),
        pytest.param('[{"a": 1},\n{"a": ' + "1" * 5_000 + "}]", 2, "digits", id="digits"),
        (b'[{"a": "\xe9"}]', 1, "UTF-8"),
        (b'{"a": 1}\n{"a": "\xe9"}', 2, "UTF-8"),
        (b"a,b\n1,2\n3,\xe9\n", 3, "UTF-8"),
        ("a,b\n1,2\n1,2,3\n", 3, "3 cells where the header has 2"),
        ('a,b\n1,2\n1,"2\n3,4\n', 3, "not valid CSV"),
        (b"PAR1\x15\x04", 1, "not valid Parquet"),
    ],
)
def test_a_fault_has_its_line(tmp_path: Path, content: str | bytes, line: int, message: str) -> None:
    error = fault(tmp_path, content)
    assert error.line == line
    assert any(part in error.message for part in message.split("|")), error.message


def as_parquet(tmp_path: Path, select: str, name: str = "structures.parquet") -> Path:
    """A Parquet file of what a SQL query gives."""
    file = tmp_path / name
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{tmp_path / 'made'}' (FORMAT parquet)")
    return (tmp_path / "made").rename(file)


def test_parquet_gives_the_same_cells_as_json(tmp_path: Path) -> None:
    file = as_parquet(
        tmp_path,
        "SELECT 'a' AS id, DATE '2026-03-01' AS date_maj, ['x', 'y'] AS thematiques, "
        "45.5 :: DOUBLE AS latitude, NULL AS siret "
        "UNION ALL SELECT 'b', NULL, [], NULL, NULL",
        "l'offre [2026]*.parquet",
    )
    first, second = read_rows(file)
    assert first.values == {
        "id": "a", "date_maj": "2026-03-01", "thematiques": ["x", "y"], "latitude": 45.5, "siret": None
    }  # fmt: skip
    assert second.values["id"] == "b" and second.values["thematiques"] == [] and second.number == 2


def test_parquet_of_any_size_is_read_whole(tmp_path: Path) -> None:
    file = as_parquet(tmp_path, "SELECT range AS id FROM range(2500)")
    assert [row.text("id") for row in read_rows(file)] == [str(number) for number in range(2500)]


def test_parquet_cut_short_is_refused(tmp_path: Path) -> None:
    file = as_parquet(tmp_path, "SELECT range AS id FROM range(10)")
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(DataError, match="not valid Parquet"):
        list(read_rows(file))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(read_rows(tmp_path / "nowhere.json"))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
JSON = st.dictionaries(
    TEXTS, st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS, max_size=3), max_size=4
)


@settings(max_examples=50, deadline=None)
@given(st.lists(JSON, max_size=8), st.sampled_from([None, 1]), st.integers(1, 40))
def test_what_is_written_is_read_whatever_the_size_of_a_piece(
    tmp_path_factory: pytest.TempPathFactory, values: list[object], indent: int | None, piece: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_text(json.dumps(values, indent=indent, ensure_ascii=bool(piece % 2)), "utf-8")
    kept = json_stream._CHUNK
    json_stream._CHUNK = piece
    try:
        assert [dict(row.values) for row in read_rows(file)] == values
    finally:
        json_stream._CHUNK = kept
