"""Text made even."""

import pytest

from bot.knowledge.text import clean


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("  bonjour\u200b   à\ttous ", "bonjour à tous"),
        ("heeeelp", "heelp"),
        ("JE CHERCHE UN STAGE", "je cherche un stage"),
        ("sono [name] e vorrei cambiare mestiere", "sono e vorrei cambiare mestiere"),
        ("[phone]", "[phone]"),
        ("[name] [phone] !", "[name] [phone] !"),
    ],
)
def test_what_people_type_is_made_even(text: str, even: str) -> None:
    """One form for each character, no shouting, and no masks where there are words beside them."""
    assert clean(text) == even
