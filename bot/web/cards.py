"""What a person reads on a card, for those who see it as text: an advisor, a terminal.

Only what is listed here is read: the rest of a card (its id, addresses behind a link, figures said in words besides) is
for the widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_READ = {
    "cite": ("name", "city", "distance", "address", "hours", "phone", "website"),
    "event": ("title", "when", "cite", "place", "details", "booking", "url"),
}


def lines(card: Mapping[str, Any]) -> list[str]:
    """The texts of a card in the order in which they are read; of a week, its title, then a day a line."""
    if card.get("kind") == "week":
        days = (f"{row['day']}: {' / '.join(row['hours'])}" for row in card.get("rows", ()))
        return [str(card.get("caption", "")), *days]
    return [str(card[name]) for name in _READ.get(str(card.get("kind")), ()) if card.get(name)]
