"""Names that two Cités share: neither would be found, so they are refused, both files named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.cites import find_cite, load_cites, readable
from bot.knowledge.errors import DataErrors

FILE = """\
id: {id}
names: {{fr: {name}}}
also_called:
  - {other}
country: FR
city: Testville
timezone: Europe/Paris
status: {{value: open, source: https://example.org/, checked_on: 2026-11-22}}
"""


def write(folder: Path, id: str, name: str, other: str) -> Path:
    file = folder / f"{id}.yml"
    file.write_text(FILE.format(id=id, name=name, other=other), "utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "other", "line", "known"),
    [
        ("Cité de TESTVILLE", "Le Sud", 2, "nord.yml:2"),
        ("Cité du Sud", "Le Nôrd", 4, "nord.yml:4"),
        ("Le nord", "Sud", 2, "nord.yml:4"),
        ("Cité du Sud", "nord", 4, "nord.yml:1"),
    ],
)
def test_a_shared_name_is_refused_with_both_files(
    tmp_path: Path, name: str, other: str, line: int, known: str
) -> None:
    write(tmp_path, "nord", "Cité de Testville", "Le Nord")
    file = write(tmp_path, "sud", name, other)
    with pytest.raises(DataErrors) as caught:
        load_cites(tmp_path)
    (fault,) = caught.value.errors
    assert (fault.file, fault.line) == (file, line)
    assert known in fault.message and "another name" in fault.mend


def test_two_of_one_town_under_different_names_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "nord", "Cité de Testville Nord", "Testville")
    write(tmp_path, "sud", "Cité de Testville Sud", "Testville")
    cites = load_cites(tmp_path)
    assert [find_cite(name, cites) for name in ("testville sud", "Testville", "nord ou sud")] == [
        cites["sud"], None, None,
    ]  # fmt: skip


def test_one_may_say_its_own_name_twice_and_a_faulty_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, "nord", "Nord", "nord")
    (tmp_path / "est.yml").write_text("id: [", "utf-8")
    assert [cite.id for cite in readable(tmp_path)] == ["nord"]
