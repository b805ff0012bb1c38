"""What a messaging platform is to the door: verify, parse, render, send. One module a platform fulfils it.

`docs/messaging.md` tells how to write one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any, ClassVar

import httpx
from django.conf import settings

from bot.web.channels.capabilities import Capabilities
from bot.web.channels.rendering import Part


class Malformed(Exception):
    """A call that is signed, but has not the documented shape; the message repeats nothing of it."""


class SendFailed(Exception):
    """A message was not taken; `reason` is a code of the platform's or of ours, without any words of the message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(SendFailed):
    """For now: down, slow, or too much at once; `after` is the number of seconds the platform asks to wait."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Rejected(SendFailed):
    """For good: the platform will never take this message."""


class Gone(SendFailed):
    """For good: the person has blocked us, or left."""


class TooLate(SendFailed):
    """Not before the person writes again: the platform takes answers for some time only."""


class Kind(Enum):
    """What happened at the platform."""

    TEXT = "text"  # somebody typed `text`; `edits` is set when it replaces an earlier message
    CHOICE = "choice"  # a button was pressed, `text` is its key
    LOCATION = "location"  # somebody shared where they are, in `lat` and `lon`
    COMMAND = "command"  # `text` is its name without the slash, `argument` what follows it
    MEDIA = "media"  # a picture, a voice message: what the assistant cannot read
    BLOCKED = "blocked"  # the person wants nothing more from us
    TAKEN = "taken"
    """The platform has a message of ours: `message` is its id, `text` the key that it was sent with."""
    UNDELIVERED = "undelivered"
    """What was taken did not arrive: `message` is its id, `text` the platform's reason, `id` that of `bounce_id`."""
    GROUP = "group"  # somebody wrote in a group
    OTHER = "other"  # nothing for us; `text` is its type, for the log


def bounce_id(message: str) -> str:
    """The id of the event which tells that a message of ours did not arrive: the same however often that is told."""
    return f"{message}:undelivered"


@dataclass(frozen=True)
class Incoming:
    """One event. `user` and `address` are the platform's own and stay in memory: a hash and a cipher are stored.

    `id` is the event's, the same when the platform repeats it; `order` grows with time, where the platform numbers its
    events or says when they happened; `at` is that moment, in seconds since 1970; `message` is the id of the message,
    `edits` that of the message it replaces; `language` is the one that the person's device speaks, two letters.
    """

    kind: Kind
    id: str = field(repr=False)
    user: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    argument: str = ""
    lat: float = field(default=0.0, repr=False)
    lon: float = field(default=0.0, repr=False)
    language: str | None = None
    order: int | None = None
    at: float | None = None
    message: str = field(default="", repr=False)
    edits: str = field(default="", repr=False)


@dataclass(frozen=True)
class Call:
    """A call of the webhook: method, full public address, query, headers (names in lower case), body."""

    method: str
    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    """What the webhook answers."""

    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class Platform(ABC):
    """One messaging platform. Stateless: what it needs to know is in Django's settings."""

    name: ClassVar[str]
    """Its part of the webhook's address, and the channel of its conversations; 20 characters at most."""
    shown: ClassVar[str]
    """What people call it."""
    carriers: ClassVar[str]
    """The companies through which its messages go, as the privacy page names them."""
    required: ClassVar[tuple[str, ...]]
    """The settings without which it is off."""
    capabilities: ClassVar[Capabilities]
    gapless: ClassVar[bool] = False
    """Whether `order` counts by one: where a number is missing, something is still to come."""

    def missing(self) -> list[str]:
        """The settings that are not given; empty when the platform is on."""
        return [name for name in ("PUBLIC_URL", *self.required) if not getattr(settings, name, "")]

    @abstractmethod
    def verify(self, call: Call) -> bool:
        """Whether a call comes from the platform; compare secrets in constant time."""

    def handshake(self, call: Call) -> str | None:
        """What to answer to a GET by which the platform makes sure of the address; None refuses it."""
        return None

    @abstractmethod
    def parse(self, call: Call) -> list[Incoming]:
        """All events of a verified call, in order; raises `Malformed`."""

    def acknowledge(self, taken: Sequence[tuple[Incoming, bool]]) -> Answer:
        """The webhook's answer: the events, and whether each came for the first time; none where there was no sense."""
        return Answer()

    @abstractmethod
    def render(self, part: Part) -> dict[str, Any]:
        """The body of one message, without the address, as plain JSON."""

    def timely(self, body: dict[str, Any], silence: timedelta, by_advisor: bool) -> dict[str, Any] | None:
        """A body as it must be sent after so long a silence of the person's; None: not before they write again."""
        return body

    def knock(self, language: str) -> dict[str, Any] | None:
        """What may be sent at any time, to have a person write again and get what waits; None where nothing may."""
        return None

    @abstractmethod
    async def send(self, http: httpx.AsyncClient, address: str, body: dict[str, Any], key: str) -> str:
        """Send one message and return the platform's id for it; raises a `SendFailed`.

        `key` is the same at each try: give it to a platform that drops repeats, or tells it again later (`Kind.TAKEN`).
        """

    @abstractmethod
    async def register(self, http: httpx.AsyncClient, webhook: str) -> list[str]:
        """Tell the platform our address, where it has a call for that; returns lines that say what was done, or is
        to be done by hand. Raises a `SendFailed`.
        """
