"""The report: one file, readable without seeing it, asking nothing of any server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.cli.evaluation import charts, page, tables
from bot.cli.evaluation.results import Scores
from tests.cli.evaluation.judging import judged
from tests.cli.evaluation.made import HEARD, results


class Read(HTMLParser):
    """The tags of a page with their attributes, and the headers of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.tags if tag in names)


@pytest.fixture(params=[True, False], ids=["whole", "without folds"])
def text(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    found = results(whole=request.param)
    path = tmp_path / "new folder" / "report.html"
    page.write(path, found, tables.of(found))
    return path.read_text("utf-8")


def test_it_asks_nothing_of_any_server(text: str) -> None:
    assert "://" not in text
    assert not re.search(r"url\(|@import", text)
    assert not set(Read(text).tags and [tag for tag, _ in Read(text).tags]) & {"script", "link", "img", "iframe"}


def test_what_people_wrote_is_shown_as_text(text: str) -> None:
    assert "<b>" not in text
    assert "&lt;b&gt;|&lt;/b&gt;" in text


def test_a_screen_reader_finds_its_way(text: str) -> None:
    found = Read(text)
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert next(found.all("html"))["lang"] == "en"
    assert len(list(found.all("h1"))) == 1
    assert all(attributes.get("scope") in ("row", "col") for attributes in found.all("th"))
    links = [str(attributes["href"]).removeprefix("#") for attributes in found.all("a")]
    assert set(links) <= set(ids)
    for _, attributes in found.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name, ids[0]) in ids


def test_every_chart_has_words_and_draws_within_its_frame(text: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(drawings) == 1 + ("chart-curve" in text)
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert root.get("role") == "img"
        assert root.get("aria-describedby")
        for line in root.findall("polyline"):
            for point in str(line.get("points")).split():
                x, y = map(float, point.split(","))
                assert 60 <= x <= 360, point
                assert 20 <= y <= 320, point


def test_the_matrix_holds_every_message_once() -> None:
    found = page.matrix(Scores.of([*HEARD, judged("greet/thank", "thank"), judged("greet", "deny")]))
    assert sum(cell.messages for _, cells in found.rows for cell in cells) == 6
    row = dict(found.rows)["greet"]
    assert {name: cell.messages for name, cell in zip(found.names, row) if cell.messages} == {"greet": 1, "deny": 1}
    assert all(0 <= cell.shade <= 10 for _, cells in found.rows for cell in cells)


def test_the_curve_goes_from_the_fewest_examples_to_the_most() -> None:
    found = charts.learning_curve(results().curve)
    assert found.lines[0].points == [(0.0, 0.0), (1.0, 0.5)]
    assert found.across_ticks == [(0.0, "100"), (1.0, "800")]
    assert "0.500 with 100 examples" in found.words
