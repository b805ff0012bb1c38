"""The file of a new Cité: whatever its names are, it says what was told and can be read."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.cites import Cite, read_cite
from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.new_cite import NewCite, write

NEW = NewCite("testville", "Cité de Testville", "fr", "FR", "Testville", "Europe/Paris", "by hand", date(2026, 11, 22),
              lat=45.0, lon=3.0)  # fmt: skip
_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=4)


def written(new: NewCite) -> Cite:
    with tempfile.TemporaryDirectory() as folder:
        found = read_cite(write(new, Path(folder)))
    assert isinstance(found, Cite), found
    return found


@given(name=_TEXT, city=_TEXT, source=_TEXT, address=_TEXT)
def test_any_text_comes_back_as_it_was_told(name: str, city: str, source: str, address: str) -> None:
    new = replace(NEW, name=name, city=city, source=source, facts={"address": address})
    found = written(new)
    assert (found.names["fr"], found.city) == (name, city)
    assert found.address is not None
    assert (found.address.value, found.address.source) == (address, source)


@pytest.mark.parametrize(
    "text", ["null", "yes", "3114", "2026-11-22", "# x: y", "- a", "a: b", "'a", '"a', "{a}", "é\n\u2028b"]
)
def test_what_yaml_would_take_for_something_else_stays_text(text: str) -> None:
    assert written(replace(NEW, city=text)).city == text


def test_without_coordinates_the_file_tells_what_that_means() -> None:
    assert written(replace(NEW, lat=None, lon=None)).lat is None


def test_norwegian_is_not_no() -> None:
    assert written(replace(NEW, language="no")).names == {"no": NEW.name}


def test_a_fault_is_told_under_the_name_the_file_would_have_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match=r"testville.yml:\d+: status") as caught:
        write(replace(NEW, status="opened"), tmp_path)
    assert {fault.file for fault in caught.value.errors} == {tmp_path / "testville.yml"}
    assert not list(tmp_path.iterdir())


def test_what_exists_is_never_written_over(tmp_path: Path) -> None:
    file = write(NEW, tmp_path)
    before = file.read_text("utf-8")
    with pytest.raises(DataError, match="already"):
        write(replace(NEW, city="Ailleurs"), tmp_path)
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("name", ["", "a/b", "..", "Test", "é", "a--b", "-a", "a\n"])
def test_an_id_is_a_name_of_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="no id"):
        write(replace(NEW, id=name), tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        write(NEW, tmp_path / "none")
