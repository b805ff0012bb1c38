"""What the channel tells beside a text, read with care."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.context import Context

from .components import message


def test_what_is_told() -> None:
    found = Context.of(message("…", country="CH", expecting="place", now="2026-11-24T10:30", tz="Indian/Reunion"))
    assert (found.country, found.expecting) == ("CH", "place")
    assert found.now.isoformat() == "2026-11-24T10:30:00+04:00"


def test_the_cite_of_the_page_gives_country_and_zone() -> None:
    found = Context.of(message("…", cite="maurice", now="2026-11-24T10:30"))
    assert (found.country, found.now.utcoffset()) == ("MU", timedelta(hours=4))


def test_the_country_told_wins_over_that_of_the_page() -> None:
    assert Context.of(message("…", cite="maurice", country="BE")).country == "BE"


def test_an_offset_is_brought_to_the_zone() -> None:
    assert Context.of(message("…", now="2026-11-24T23:30:00Z")).now.isoformat() == "2026-11-25T00:30:00+01:00"


def test_nothing_is_told() -> None:
    found = Context.of(Message({"text": "…"}))
    assert (found.country, found.expecting) == (None, None)
    assert abs(datetime.now(timezone.utc) - found.now) < timedelta(seconds=5)
    assert str(found.now.tzinfo) == "Europe/Paris"


@pytest.mark.parametrize("wrong", [5, [], {}, ["FR"], "", None, True])
def test_what_is_wrong_is_as_if_it_was_not_told(wrong: Any) -> None:
    metadata = dict.fromkeys(("country", "expecting", "now", "tz", "cite"), wrong)
    found = Context.of(Message({"text": "…", "metadata": metadata}))
    assert found.country in (None, "")
    assert found.expecting in (None, "")
    assert abs(datetime.now(timezone.utc) - found.now) < timedelta(seconds=5)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda more: st.lists(more, max_size=2)
)


@given(st.dictionaries(st.sampled_from(["country", "expecting", "now", "tz", "cite", "language"]), _JSON))
def test_it_never_raises(metadata: dict[str, Any]) -> None:
    found = Context.of(Message({"text": "…", "metadata": metadata}))
    assert found.now.utcoffset() is not None
    assert found.country is None or isinstance(found.country, str)
