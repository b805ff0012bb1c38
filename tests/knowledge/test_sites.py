"""The sites that may carry the widget."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.sites import load_sites


def written(folder: Path, text: str) -> Path:
    (folder / "sites.yml").write_text(text, "utf-8")
    return folder


def test_the_file_of_the_house_is_good() -> None:
    assert load_sites()["http://localhost:8080"] == {"demo"}


def test_a_site_may_carry_several_cites(tmp_path: Path) -> None:
    text = "marseille: [https://a.example]\nparis:\n  - https://a.example\n  - https://b.example:8443\n"
    sites = load_sites(written(tmp_path, text))
    assert dict(sites) == {"https://a.example": {"marseille", "paris"}, "https://b.example:8443": {"paris"}}


@pytest.mark.parametrize(
    "origin",
    [
        "https://a.example/",
        "https://a.example/chat",
        "http://a.example",
        "a.example",
        "https://*.example",
        "https://A.example",
        "https://a.example:https",
        "null",
        "'*'",
    ],
)
def test_what_is_no_origin_is_refused_with_its_line_and_mend(tmp_path: Path, origin: str) -> None:
    with pytest.raises(DataErrors) as faults:
        load_sites(written(tmp_path, f"paris:\n  - https://b.example\n  - {origin}\n"))
    assert "sites.yml:3: paris.1" in str(faults.value)
    assert "https://www.example.org" in str(faults.value)


def test_an_unknown_cite_and_a_list_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match='there is no Cité "atlantis"'):
        load_sites(written(tmp_path, "atlantis: [https://a.example]\n"))
    with pytest.raises(DataErrors, match="write a list of sites"):
        load_sites(written(tmp_path, "paris: https://a.example\n"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"sites\.yml"):
        load_sites(tmp_path)
