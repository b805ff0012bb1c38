"""What the channel tells about a message beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.cites import load_cites
from bot.knowledge.moment import moment


@dataclass(frozen=True)
class Context:
    """The metadata of a message, read with care: whatever is missing or wrong is None or a default.

    `country` is an ISO 3166-1 code, `expecting` the slot just asked for ("place", "date"…), `now` an aware time.
    """

    country: str | None
    expecting: str | None
    now: datetime

    @classmethod
    def of(cls, message: Message) -> Context:
        """Read the metadata of `message`: country, expecting, now, tz and cite."""
        metadata = message.get("metadata") or {}
        cite = load_cites().get(str(metadata.get("cite")))
        country = _text(metadata.get("country")) or (cite.country if cite else None)
        timezone = metadata.get("tz") or (cite.timezone if cite else None)
        return cls(country, _text(metadata.get("expecting")), moment(metadata.get("now"), timezone))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
