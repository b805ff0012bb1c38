"""What the channel tells about a message beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.cites import load_cites

_DEFAULT_TIMEZONE = "Europe/Paris"


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
        country = metadata.get("country") or (cite.country if cite else None)
        timezone = metadata.get("tz") or (cite.timezone if cite else _DEFAULT_TIMEZONE)
        return cls(country, metadata.get("expecting"), _now(metadata.get("now"), str(timezone)))


def _now(told: object, timezone: str) -> datetime:
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(_DEFAULT_TIMEZONE)
    try:
        moment = datetime.fromisoformat(str(told)) if told else datetime.now(zone)
    except ValueError:
        moment = datetime.now(zone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
