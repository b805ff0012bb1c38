"""The report: one file, readable without seeing it, asking nothing of any server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    assert not {tag for tag, _ in Read(text).tags} & {"script", "link", "img", "iframe"}


def test_what_people_wrote_is_shown_as_text(text: str) -> None:
    assert "<b>" not in text
    assert "&lt;b&gt;|&lt;/b&gt;" in text


def test_whatever_stands_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    """Titles, notes, heads and cells alike: names of config files and intents come from outside too."""
    evil = "<script>alert('\"&\")</script>"
    page.write(tmp_path / "report.html", results(), [tables.Table("evil", evil, (evil,), [(evil,)], evil)])
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(&#39;&#34;&amp;&#34;)&lt;/script&gt;") == 5, "the title in the contents too"


def test_what_people_wrote_is_read_aloud_in_their_language(text: str) -> None:
    assert '<span lang="fr">&lt;b&gt;|&lt;/b&gt;?</span>' in text


def test_a_screen_reader_finds_its_way(text: str) -> None:
    found = Read(text)
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert next(found.all("html"))["lang"] == "en"
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    assert all("aria-labelledby" in attributes for attributes in found.all("table"))
    regions = [attributes["aria-labelledby"] for _, attributes in found.tags if attributes.get("role") == "region"]
    assert len(regions) == len(set(regions)) == len(list(found.all("table")))
    assert all(attributes["tabindex"] == "0" for _, attributes in found.tags if attributes.get("role") == "region")
    assert all(attributes.get("scope") in ("row", "col") for attributes in found.all("th"))
    links = [str(attributes["href"]).removeprefix("#") for attributes in found.all("a")]
    assert set(links) <= set(ids)
    for _, attributes in found.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name, ids[0]) in ids


def test_the_figures_of_each_chart_stand_in_a_table_that_it_links_to(text: str) -> None:
    sections = re.findall(r"<section>\s*<h2 id=\"chart-.*?</section>", text, re.DOTALL)
    assert len(sections) == 1 + ("chart-curve" in text)
    for section in sections:
        named = re.findall(r'href="#(\w+)"', section)
        assert named
        assert all(f'<table aria-labelledby="{name}"' in text for name in named)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_from_their_ground(text: str, scheme: int) -> None:
    """WCAG 2.1: 4.5 to 1 for words, on the darkest cell too, and 3 to 1 for lines."""
    found = re.findall(r"--(\w+): (#\w+|\d+ \d+ \d+)", text)
    colours = dict(found[: len(found) // 2] if scheme == 0 else found[len(found) // 2 :])
    ground, ink = _colour(colours["ground"]), _colour(colours["ink"])
    share = max(int(percent) for percent in re.findall(r"rgb\(var\(--shade\) / (\d+)%\)", text)) / 100
    shade = [share * over + (1 - share) * under for over, under in zip(_colour(colours["shade"]), ground)]
    assert min(_contrast(ink, ground), _contrast(ink, shade), _contrast(_colour(colours["first"]), ground)) >= 4.5
    assert min(_contrast(_colour(colours[name]), ground) for name in ("line", "first", "second")) >= 3


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


def _colour(written: str) -> list[float]:
    """Red, green, blue from 0 to 255, of "#abc", "#aabbcc" or "170 187 204"."""
    if not written.startswith("#"):
        return [float(part) for part in written.split()]
    digits = written[1:] if len(written) == 7 else "".join(2 * digit for digit in written[1:])
    return [float(int(digits[start : start + 2], 16)) for start in (0, 2, 4)]


def _contrast(one: Sequence[float], other: Sequence[float]) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Sequence[float]) -> float:
    parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
