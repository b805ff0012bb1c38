"""The tags of the desk: worded in every language, and refused with their line when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.errors import DataErrors
from bot.knowledge.tags import load_tags, wording_faults


def test_every_tag_is_worded_in_every_language() -> None:
    assert len(load_tags()) > 5
    assert wording_faults(Catalogue.load()) == []


def test_a_tag_without_words_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "tags.yml"
    file.write_text("tags:\n  - follow_up\n  - no_words\n", "utf-8")
    found = wording_faults(Catalogue.load(), file)
    assert {(each.line, each.mend) for each in found} == {(3, "add desk.tag.no_words to that catalogue")}
    assert len(found) == len(SPOKEN)


@pytest.mark.parametrize("text", ["tags: []", "tags: [a b]", "tags: [one, one]", "other: [one]", "tags: one"])
def test_a_faulty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "tags.yml").write_text(text, "utf-8")
    with pytest.raises(DataErrors, match="tags.yml:1: .*Mend: "):
        load_tags(tmp_path / "tags.yml")
