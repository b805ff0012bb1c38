"""The page of figures, its file, its charts, and what they add up."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from html import unescape

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.cites import load_cites
from bot.web.desk.access import may
from bot.web.figures import charts, naming
from bot.web.figures.csv_file import COLUMNS
from bot.web.figures.kinds import KINDS, NETWORK, NO_CITE
from bot.web.figures.models import ClosedMonth, Figure
from bot.web.figures.periods import read_period
from bot.web.figures.report import Cell, report
from bot.web.figures.scope import cites_for
from bot.web.words import LANGUAGES

from .helpers import account

pytestmark = pytest.mark.django_db(transaction=True)


def closed(month: int, cite: str = "marseille", **kinds: dict[str, int]) -> None:
    """Figures as closing makes them, of a month of 2026."""
    day = date(2026, month, 1)
    ClosedMonth.objects.get_or_create(month=day)
    for kind, cells in kinds.items():
        for category, at_least in cells.items():
            assert category in (*KINDS[kind].categories, "")
            Figure.objects.create(month=day, cite=cite, kind=kind, category=category, at_least=at_least)


def spring() -> None:
    closed(4, conversations={"all": 20}, language={"": 0}, handoff={"all": 10}, waiting={"2_5": 10})
    closed(5, conversations={"all": 40}, language={"fr": 30, "it": 5}, unsure={"all": 10}, concern={"find_job": 25},
           handoff={"all": 15}, waiting={"under_1": 5, "10_30": 10}, rating={"useful": 15, "not_useful": 5},
           hour={"9": 10, "14": 15}, weekday={"1": 20})  # fmt: skip
    closed(5, "paris", conversations={"all": 10}, language={"fr": 10})


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(account("Marc", "marseille", language="en"))
    return client


def page(client: Client, query: str, status: int = 200) -> str:
    answer = client.get(f"/desk/figures/{query}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def fact(shown: str, label: str) -> str:
    found = re.search(rf"<dt>{re.escape(label)}</dt><dd>(.*?)</dd>", shown)
    assert found, label
    return found[1]


def test_a_month() -> None:
    spring()
    may = report("marseille", read_period("2026-05"))
    assert may.count("conversations") == Cell("all", 40, 44)
    assert may.tables["language"].cells[:2] == (Cell("fr", 30, 34), Cell("en", 0, 4))
    assert may.percentiles == {"waiting": {50: "10_30", 90: None}, "handling": {50: None, 90: None}}
    assert may.shares == {"unsure": 25, "handoff": 38, "rating": 75}
    assert may.trend == ((date(2026, 5, 1), 40), (date(2026, 4, 1), 20))[::-1]


def test_longer_periods_only_add_up_months() -> None:
    spring()
    quarter = report("marseille", read_period("2026-Q2"))
    assert [month.month for month in quarter.closed] == [4, 5]
    assert [month.month for month in quarter.open] == [6]
    assert quarter.count("conversations") == Cell("all", 60, 68)
    assert quarter.tables["language"].kept_back == 1
    assert quarter.tables["language"].cells[0] == Cell("fr", 30, None)
    assert quarter.percentiles["waiting"] == {50: "2_5", 90: "10_30"}


def test_the_network_only_adds_up_cites_and_tells_no_upper_end() -> None:
    spring()
    network = report(NETWORK, read_period("2026"))
    assert network.count("conversations") == Cell("all", 70, None)
    assert dict(network.trend)[date(2026, 5, 1)] == 50


def test_one_cannot_tell_a_cite_where_nobody_wrote_from_one_where_four_people_did() -> None:
    spring()
    nobody = report("porto", read_period("2026-05"))
    assert nobody.count("conversations") == Cell("all", 0, 4)
    assert all(cell.at_most == 4 for table in nobody.tables.values() for cell in table.cells)


def test_the_page(desk: Client) -> None:
    spring()
    shown = page(desk, "?cite=marseille&period=2026-05")
    assert "Cité des métiers de Marseille" in shown
    assert fact(shown, "People who wrote") == "40 to 44"
    assert fact(shown, "Share of “useful” opinions") == "about 75%"
    assert fact(shown, "Waiting: half wait at most") == "10 to 30 min"
    assert fact(shown, "Exchange: half last at most") == "not shown"
    assert '<th scope="row">Français</th><td>30 to 34</td>' in shown
    assert '<th scope="row">English</th><td>under 5</td>' in shown
    assert "No figures yet for" not in shown
    assert "No figures yet for: June 2026" in page(desk, "?cite=marseille&period=2026-Q2")
    assert "in which this table is not shown because there are too few people to go into detail: 1." in page(
        desk, "?cite=marseille&period=2026"
    )


def test_the_page_begins_with_the_last_month(desk: Client) -> None:
    spring()
    assert re.search(r"<h2>[^<]*Marseille[^<]*, May 2026</h2>", page(desk, ""))


def test_a_tenant_sees_its_own_figures_only(desk: Client) -> None:
    spring()
    for path in "", "figures.csv":
        for cite in "paris", NETWORK, NO_CITE:
            assert desk.get(f"/desk/figures/{path}?cite={cite}&period=2026-05").status_code == 404
        assert desk.get(f"/desk/figures/{path}?cite=marseille&period=2026-05").status_code == 200
    assert re.findall(r'<option value="([a-z-]+)"', page(desk, "").split('name="period"')[0])[len(LANGUAGES) :] == [
        "marseille"
    ]


@pytest.mark.parametrize(
    ("cites", "role"), [((), "advisor"), (("marseille", "paris"), "coordinator"), (("",), "administrator")]
)
def test_the_list_agrees_with_the_rule_of_the_desk(cites: tuple[str, ...], role: str) -> None:
    spring()
    ana = account("Ana", *cites, role=role)
    seen = cites_for(ana)
    assert [cite for cite in load_cites() if may(ana, "figures", cite)] == [
        cite for cite in seen if cite in load_cites()
    ]
    assert (NETWORK in seen, NO_CITE in seen) == (role == "administrator",) * 2
    assert may(ana, "figures", "") == (NETWORK in seen)


def test_who_belongs_to_no_cite_sees_nothing() -> None:
    client = Client()
    client.force_login(account("Ana"))
    assert client.get("/desk/figures/").status_code == 404


@pytest.mark.parametrize("query", ["?period=2026-05-01", "?period=x", "?period=%3Cscript%3E", "?period=1999-01"])
def test_no_other_period_can_be_asked_for(desk: Client, query: str) -> None:
    spring()
    shown = page(desk, query, 400)
    assert "There is no such period." in shown
    assert "May 2026" in shown
    assert desk.get(f"/desk/figures/figures.csv{query}").status_code == 404


def test_unknown_cites_and_strangers_get_nothing(desk: Client) -> None:
    spring()
    for path in "", "figures.csv":
        assert desk.get(f"/desk/figures/{path}?cite=atlantis").status_code == 404
        answer = Client().get(f"/desk/figures/{path}?cite=marseille&period=2026-05")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/desk/login?next=")
        assert desk.post(f"/desk/figures/{path}").status_code == 405


def test_each_chart_has_a_title_and_words_and_a_table_and_nothing_inline(desk: Client) -> None:
    spring()
    answer = desk.get("/desk/figures/?cite=marseille&period=2026-05")
    assert "no-store" in answer["Cache-Control"]
    shown = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", shown)
    drawings = re.findall(r"<svg.*?</svg>", shown, re.DOTALL)
    assert len(drawings) == shown.count("<caption>") == 7
    for drawing in drawings:
        tree = ElementTree.fromstring(drawing)
        ids = {element.get("id"): element.text for element in tree if element.get("id")}
        assert tree.get("role") == "img"
        assert all(ids[name] for name in str(tree.get("aria-labelledby")).split())
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_words_in_every_language(language: str) -> None:
    spring()
    client = Client()
    client.force_login(account("Ana", "marseille", language=language))
    shown = page(client, "?cite=marseille&period=2026")
    assert f'<html lang="{language}">' in shown
    for kind in KINDS.values():
        words = [naming.category(kind.name, category, language) for category in kind.categories]
        assert len(set(words)) == len(words)
        assert "_" not in "".join(words)


def test_the_file(desk: Client) -> None:
    spring()
    answer = desk.get("/desk/figures/figures.csv?cite=marseille&period=2026-Q2")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="figures-marseille-2026-Q2.csv"'
    assert "no-store" in answer["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["month"] for row in rows} == {"2026-04", "2026-05"}
    assert all(int(row["at_least"] or 0) % 5 == 0 for row in rows)
    found = {(row["month"], row["table"], row["category"]): row for row in rows}
    french = found["2026-05", "language", "fr"]
    assert (french["label"], french["at_least"], french["at_most"]) == ("Français", "30", "34")
    kept_back = found["2026-04", "language", ""]
    assert (kept_back["label"], kept_back["at_least"], kept_back["at_most"]) == ("", "", "")
    assert ("2026-04", "language", "fr") not in found


ROWS = st.lists(st.tuples(st.text(max_size=20), st.integers(0, 10**6)), max_size=40)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.sampled_from([charts.lying, charts.standing]))
def test_bars_stay_inside_and_are_as_long_as_their_numbers(rows: list[charts.Row], draw: object) -> None:
    chart = draw("any", rows)  # type: ignore[operator]
    assert len(chart.bars) == len(rows)
    lengths = [bar.width if chart.lying else bar.height for bar in chart.bars]
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= chart.width + 0.1
        assert bar.y >= 0
        assert bar.y + bar.height <= chart.height + 0.1
    for (_, one), long in zip(rows, lengths):
        for (_, other), longer in zip(rows, lengths):
            assert one > other or long <= longer


def test_the_desk_has_a_way_to_the_figures(desk: Client) -> None:
    assert 'href="/desk/figures/"' in desk.get("/desk/").content.decode()
