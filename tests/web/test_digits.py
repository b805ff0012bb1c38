"""Numbers that come from outside: read in one way, wherever they come in."""

from __future__ import annotations

import pytest

from bot.web.conversations.errors import Refused
from bot.web.digits import whole
from bot.web.pages import written_judgement


@pytest.mark.parametrize(
    ("raw", "number"),
    [("0", 0), ("007", 7), ("999999999", 999_999_999), ("1000000000", None), ("", None), ("-1", None), (" 1", None),
     ("1.0", None), ("²", None), ("٣", None)],
)  # fmt: skip
def test_only_plain_digits_are_a_number(raw: str, number: int | None) -> None:
    assert whole(raw) == number


def test_a_judgement_of_too_long_a_number_is_not_one_of_another_message() -> None:
    with pytest.raises(Refused):
        written_judgement.read("1234567890 yes")
