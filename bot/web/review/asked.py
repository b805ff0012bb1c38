"""What somebody looks for among past exchanges: read from the address, wrong values left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

_LONGEST = 100  # characters of a text looked for
_FIELDS = ("from", "to", "cite", "language", "concern", "outcome", "rating", "unsure", "text", "flag", "state")


@dataclass(frozen=True)
class Asked:
    """The fields as they were given, stripped; an empty one asks for nothing."""

    fields: Mapping[str, str]

    @staticmethod
    def of(given: Mapping[str, str]) -> Asked:
        """Read the query of an address."""
        return Asked({name: " ".join(given.get(name, "").split())[:_LONGEST] for name in _FIELDS})

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    @property
    def since(self) -> datetime | None:
        """The first moment of the first day, on the clock of who asks, or None."""
        return _midnight(self["from"], 0)

    @property
    def until(self) -> datetime | None:
        """The first moment after the last day, or None."""
        return _midnight(self["to"], 1)

    @property
    def query(self) -> str:
        """What was asked as part of an address, to go on to another page of it."""
        return urlencode({name: value for name, value in self.fields.items() if value})


def _midnight(day: str, more: int) -> datetime | None:
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(day) + timedelta(days=more), time()))
    except (ValueError, OverflowError):
        return None
