"""Any value comes back as it was written, alone or between braces, on one line."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.yaml_scalar import Scalar, scalar

_TEXT = st.text(st.characters(blacklist_categories=("Cs",)))


@given(_TEXT | st.integers() | st.booleans() | st.none() | st.dates() | st.floats(allow_nan=False))
def test_any_value_comes_back(value: Scalar) -> None:
    written = scalar(value)
    assert "\n" not in written
    assert yaml.safe_load(f"{{a: {written}, b: 1}}") == {"a": value, "b": 1}
    assert yaml.safe_load(f"a:\n  b: {written}\nc: 1\n") == {"a": {"b": value}, "c": 1}


def test_what_needs_no_quotes_gets_none() -> None:
    assert [scalar(value) for value in ("Gare du Nord", "3114", "no", True, date(2026, 11, 22))] == [
        "Gare du Nord", "'3114'", "'no'", "true", "2026-11-22",
    ]  # fmt: skip
