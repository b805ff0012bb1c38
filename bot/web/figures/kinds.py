"""What is counted of a conversation: one category of each kind, from lists that are fixed in advance.

Lists are fixed so that a category nobody is in looks like one with a few people in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.knowledge.concerns import CONCERNS
from bot.web.conversations.models import Reason
from bot.web.words import LANGUAGES

NO_CITE = "none"
"""Stands for the Cité of conversations that are of none."""
NETWORK = "all"
"""Stands for all the Cités together."""
ALL = "all"
"""The only category of the kinds that count everybody."""
OTHER = "other"


@dataclass(frozen=True)
class Kind:
    """A table: `of` is the kind whose people it sorts, None for all people.

    `whole`: everybody of that kind is in one of the categories, so that what is not shown of them can be narrowed down.
    Else some may be in none, and nothing tells how many.
    """

    name: str
    categories: tuple[str, ...]
    of: str | None = "conversations"
    whole: bool = False


WAITING_LIMITS = (1, 2, 5, 10, 30, 60, 240)
"""Minutes at which the classes of the time before an advisor comes end."""
HANDLING_LIMITS = (2, 5, 10, 20, 40, 60)
"""Minutes at which the classes of the time with an advisor end."""
NOT_TAKEN = "not_taken"
CHANNELS = ("widget", "page", "telegram", "whatsapp", "messenger", "sms", OTHER)
OUTCOMES = (
    "answered", "oriented", "appointment", "callback", "given_back", "closed", "left", "lapsed", "abuse", OTHER, "open",
)  # fmt: skip
"""What came of a handoff: the code an advisor gave, else how it ended (`lapsed`: nobody spoke any more)."""


def classes(limits: tuple[int, ...]) -> tuple[str, ...]:
    """The names of classes that end at these minutes: (1, 2) gives "under_1", "1_2", "over_2"."""
    between = (f"{low}_{high}" for low, high in zip(limits, limits[1:]))
    return f"under_{limits[0]}", *between, f"over_{limits[-1]}"


def class_of(minutes: float, limits: tuple[int, ...]) -> str:
    """The class in which a time falls; one that is a limit belongs to the class above."""
    return classes(limits)[sum(minutes >= limit for limit in limits)]


_ALL = (
    Kind("conversations", (ALL,), of=None),
    Kind("concern", CONCERNS),
    Kind("language", (*LANGUAGES, OTHER), whole=True),
    Kind("channel", CHANNELS, whole=True),
    Kind("weekday", tuple(map(str, range(1, 8))), whole=True),
    Kind("hour", tuple(map(str, range(24))), whole=True),
    Kind("unsure", (ALL,)),
    Kind("rating", ("useful", "not_useful")),
    Kind("reason", tuple(Reason.values)),
    Kind("handoff", (ALL,)),
    Kind("outcome", OUTCOMES, of="handoff", whole=True),
    Kind("waiting", (*classes(WAITING_LIMITS), NOT_TAKEN), of="handoff", whole=True),
    Kind("handling", (*classes(HANDLING_LIMITS), NOT_TAKEN), of="handoff", whole=True),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
