"""The widget's types, and that what browsers load is what its source gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deploy import widget

NAMES = ("loader.js", "main.js", "widget.css")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source, to be changed."""
    return Path(shutil.copytree(widget.SOURCE, tmp_path / "widget"))


def test_the_types_of_the_source_hold() -> None:
    widget.check_types()


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("api.js", "new Refused('429', '', '', 0);", "Argument of type 'string' is not assignable"),
        ("dom.js", "export const untyped = (x) => x;", "Parameter 'x' implicitly has an 'any' type"),
        ("words.js", "new Words({}).say('close').missing;", "Property 'missing' does not exist"),
    ],
)
def test_a_type_that_does_not_hold_is_told_with_its_place(copy: Path, module: str, line: str, fault: str) -> None:
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(widget.Faulty, match=fault) as raised:
        widget.check_types(copy)
    lines = len((copy / module).read_text("utf-8").splitlines())
    assert f"{module}({lines}," in str(raised.value)


def test_no_type_is_silenced() -> None:
    silenced = [path.name for path in widget.SOURCE.glob("*.js") if "@ts-" in path.read_text("utf-8")]
    assert silenced == []


def test_what_browsers_load_is_what_the_source_gives(tmp_path: Path) -> None:
    widget.build(target=tmp_path)
    assert sorted(path.name for path in widget.BUILT.iterdir()) == sorted(NAMES)
    stale = [name for name in NAMES if (tmp_path / name).read_bytes() != (widget.BUILT / name).read_bytes()]
    assert stale == [], "run `make widget`, and commit bot/web/static/built with the source"


def test_a_source_that_is_no_javascript_is_refused(copy: Path, tmp_path: Path) -> None:
    (copy / "dom.js").write_text("export function (", encoding="utf-8")
    with pytest.raises(widget.Faulty, match=r"Expected identifier[^:]+dom\.js:1:16"):
        widget.build(copy, tmp_path / "built")


def test_a_tool_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(widget, "ROOT", tmp_path)
    monkeypatch.setattr(widget, "_TOOLS", tmp_path / "var" / "tools")
    with pytest.raises(widget.Faulty, match="deploy/bootstrap.py tools"):
        widget.check_types()


def test_every_module_is_short() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in widget.SOURCE.glob("*.js")}
    assert lengths
    assert {name: length for name, length in lengths.items() if length >= 300} == {}
