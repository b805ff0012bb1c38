"""The JSON-LD of a page of strangers: found wherever a browser would find it, with its lines, in one pass."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.json_ld import last_part, listed, read_page, text_of, types

BLOCK = '<script type="application/ld+json">%s</script>'
PLACE = '{"@type": "Place", "name": "%s"}'


def names(page: str) -> list[Any]:
    return [node.get("name") for node in read_page(page.encode()).nodes]


@pytest.mark.parametrize(
    "page",
    [
        BLOCK % PLACE % "Ici",
        PLACE % "Ici",
        f"\n [{PLACE % 'Ici'}]",
        "<SCRIPT TYPE='Application/LD+JSON; charset=utf-8' >" + PLACE % "Ici" + "</SCRIPT >",
        "<script type=application/ld+json>" + PLACE % "Ici" + "</script>",
        '<script id="a>b"\n data-x type = "application/ld+json"\n>' + PLACE % "Ici" + "</script>",
        "<script type='application/ld+json'>" + PLACE % "Ici",  # a page that was cut off
        '<p title="<!--">' + BLOCK % PLACE % "Ici",
        "<!--> " + BLOCK % PLACE % "Ici",
        "1 < 2 <" + BLOCK % PLACE % "Ici",
        "<script>document.write('<!--')</script>" + BLOCK % PLACE % "Ici",
        BLOCK % f'{{"@graph": [{PLACE % "Ici"}]}}',
    ],
)
def test_a_block_is_found(page: str) -> None:
    assert names(page) == ["Ici"]


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- {BLOCK % PLACE % 'Ici'} -->",
        f"<!-- {BLOCK % PLACE % 'Ici'}",
        f"<textarea>{BLOCK % PLACE % 'Ici'}</textarea>",
        f"<title>{BLOCK % PLACE % 'Ici'}</title>",
        '<script type="application/json">' + PLACE % "Ici" + "</script>",
        '<script data-type="application/ld+json">' + PLACE % "Ici" + "</script>",
        "<script>var a = '<script type=\"application/ld+json\">" + PLACE % "Ici" + "';</script>",
        "<scripts type='application/ld+json'>" + PLACE % "Ici" + "</scripts>",
        "",
        "Maintenance",
    ],
)
def test_what_is_no_block_is_not_read(page: str) -> None:
    found = read_page(page.encode())
    assert (found.nodes, found.documents, found.broken) == ([], 0, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n//<![CDATA[\n", "\n//]]>\n"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
        ("\n<!--\n", "\n-->\n"),
        ("\n// <!--\n", "\n// -->"),
    ],
)
def test_marks_around_a_block_are_taken_off(before: str, after: str) -> None:
    assert names(BLOCK % (before + PLACE % "a --> b" + after)) == ["a --> b"]
    ((line, _),) = read_page(("\n\n" + BLOCK % f'{before}{{"@type": }}{after}').encode()).broken
    assert line == 3 + before.count("\n")


def test_several_blocks_each_with_its_line() -> None:
    blocks = BLOCK % PLACE % "a", BLOCK % "{", BLOCK % "[1,\n2", BLOCK % PLACE % "b"
    page = read_page("<html>\n{}\n{}\n\n{}{}".format(*blocks).encode())
    assert [node["name"] for node in page.nodes] == ["a", "b"]
    assert (page.documents, [line for line, _ in page.broken]) == (2, [3, 6])


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://example.org/a?b=1&amp;c=2">', "https://example.org/a?b=1&c=2"),
        ("<LINK HREF=https://example.org/ REL='alternate canonical'>", "https://example.org/"),
        ('<meta property="og:url" content="https://example.org/">', "https://example.org/"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://b.org/">', "https://b.org/"),
        ('<link rel="canonical" href="https://a.org/"><link rel="canonical" href="https://b.org/">', "https://a.org/"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', None),
        ('<a rel="canonical" href="https://example.org/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<!-- <link rel="canonical" href="https://example.org/"> -->', None),
    ],
)
def test_the_address_that_a_page_says_is_its_own(head: str, address: str | None) -> None:
    assert read_page(f"<html><head>{head}</head></html>".encode()).address == address


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("<div itemscope itemtype='https://schema.org/Place'></div>", True),
        ('<div vocab="http://schema.org/" typeof="Place"></div>', True),
        ('<a href="https://schema.org/Place">', False),
        (BLOCK % '{"@context": "https://schema.org"}', False),
    ],
)
def test_what_is_marked_up_otherwise_is_told(page: str, there: bool) -> None:
    assert read_page(page.encode()).microdata is there


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("latin-1", "<meta charset='iso-8859-1'>"),
        ("cp1252", ""),
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", "<meta charset='iso-8859-1'>"),
        ("iso-8859-2", '<meta http-equiv="content-type" content="text/html; charset=ISO-8859-2">'),
    ],
)
def test_a_page_in_its_own_encoding(encoding: str, declared: str) -> None:
    page = (declared + BLOCK % PLACE % "Cité").encode(encoding)
    assert [node["name"] for node in read_page(page).nodes] == ["Cité"]


def test_what_is_named_by_its_id_is_put_in_its_place_once() -> None:
    ring = [
        {"@id": "a", "@type": "Event", "location": [{"@id": "b"}, {"@id": "elsewhere"}]},
        {"@id": "b", "@type": "Place", "name": "Ici", "event": {"@id": "a"}},
    ]
    event, named, absent, place, back = read_page(json.dumps(ring).encode()).nodes
    assert event["location"] == [ring[1], {"@id": "elsewhere"}]
    assert place["event"] == ring[0]
    assert (named, absent, back) == ({"@id": "b"}, {"@id": "elsewhere"}, {"@id": "a"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a\n b ", "a b"),
        ({"@value": "a", "@language": "fr"}, "a"),
        ([{"@value": "a"}, "b"], "a"),
        ({"name": "a", "@id": "b"}, "a"),
        ({"@id": "b"}, "b"),
        ({"name": ["a"], "@id": "b"}, "b"),
        (4.5, "4.5"),
        (0, "0"),
        *((nothing, None) for nothing in (None, "", " ", True, [], {}, {"@value": None}, [[1]], {"url": "a"})),
    ],
)
def test_the_text_of_a_value(value: Any, text: str | None) -> None:
    assert text_of(value, "name", "@id") == text


def test_types_and_lists() -> None:
    assert types({"@type": ["https://schema.org/Place", "schema:Thing", "x#Y", {"@id": "a/B"}]}) == {
        *("Place", "Thing", "Y", "B")
    }
    assert (types({}), types({"@type": 3})) == (set(), {"3"})
    assert (listed(None), listed("a"), listed(["a"])) == ([], ["a"], ["a"])
    assert last_part("EventCancelled") == "EventCancelled"


# Whatever stands in a page

NOISE = ["<p>", "</p>", "<!--x-->", "<br/>", "1<2", "<img\talt='>'>", "\r\n", "é", "</>", "<script>1<2</script>"]
NAMES = st.text("aé \"'</>-\\\n", min_size=1, max_size=8)


def block(name: str | None) -> str:
    """A block with a place of that name; None: one whose second line is broken."""
    text = '{"@type": "Place",\n]' if name is None else json.dumps({"@type": "Place", "name": name}, ensure_ascii=False)
    return BLOCK % text.replace("</", "<\\/")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(NOISE) | st.tuples(st.none() | NAMES), max_size=12))
def test_all_blocks_of_a_page_come_back_with_their_lines(parts: list[str | tuple[str | None]]) -> None:
    page, wanted, lines = "<html>", [], []
    for part in parts:
        if isinstance(part, tuple) and part[0] is None:
            lines.append(page.count("\n") + 2)
        elif isinstance(part, tuple):
            wanted.append(part[0])
        page += part if isinstance(part, str) else block(part[0])
    assert names(page) == wanted
    assert [line for line, _ in read_page(page.encode()).broken] == lines


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text("<>/!-\"'= a", max_size=80).map(lambda text: ("<script type=application/ld+json" + text).encode())
)
def test_any_page_is_survived(content: bytes) -> None:
    read_page(content)


MANY = 100_000
LONG = {
    "tags": "<a " * MANY,
    "quotes": '<a b="' * MANY,
    "quotes of two kinds": "<a b='x' c=\"" * MANY,
    "attributes": "<a " + "b=c " * MANY,
    "equals": "<a " + "=" * MANY,
    "spaces": "<link rel=" + " " * MANY + ">",
    "names": "<link " + "rel" * MANY + ">",
    "scripts": "<script>" * MANY,
    "comments": "<!--" * MANY,
    "blocks": BLOCK % "{}" * MANY,
    "spaces in a block": BLOCK % (" " * MANY + "x"),
    "marks in a block": BLOCK % ("//" * MANY),
    "deep": "[" * MANY,
    "deep objects": '{"a":' * MANY,
}


@pytest.mark.timeout(60)  # a reader that looked for each end from the start again would take hours
@pytest.mark.parametrize("name", LONG)
def test_a_page_made_to_be_slow_ends(name: str) -> None:
    assert read_page(LONG[name].encode()).nodes == []
