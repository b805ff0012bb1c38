"""Limits of rate and of open streams, in the memory of this process only: addresses are never written anywhere."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest

from bot.web.conversations.errors import Refused

_PRUNE_ABOVE = 10_000  # keys


class Rates:
    """Lets through so many events in so many seconds for each key (a leaky bucket: one number a key)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_at: dict[tuple[str, str], float] = {}

    def hit(self, kind: str, key: str) -> None:
        """Count one event of `kind` (a name of settings.RATES); `Refused` with the seconds to wait if too many."""
        allowed, window = settings.RATES[kind]
        now = self._clock()
        each = window / allowed
        filled = max(self._full_at.get((kind, key), now), now) + each
        if filled - now > window:
            raise Refused("too_many", retry_after=math.ceil(filled - now - window))
        self._full_at[(kind, key)] = filled
        if len(self._full_at) > _PRUNE_ABOVE:
            self._prune(now)

    def forget_all(self) -> None:
        """Start counting anew."""
        self._full_at.clear()

    def _prune(self, now: float) -> None:
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}


class Room:
    """How many streams may be open at once: of one conversation, of one address, of all (settings.STREAMS)."""

    def __init__(self) -> None:
        self._open: Counter[tuple[str, str]] = Counter()

    def check(self, conversation: str, sender: str) -> None:
        """`Refused` when there is no room for one more."""
        for kind, key in _places(conversation, sender):
            if self._open[(kind, key)] >= settings.STREAMS[kind]:
                raise Refused("full" if kind == "all" else "too_many", retry_after=30)

    @contextmanager
    def hold(self, conversation: str, sender: str) -> Iterator[None]:
        """Take a place as long as the context lasts; `Refused` when there is none."""
        self.check(conversation, sender)
        places = _places(conversation, sender)
        self._open.update(places)
        try:
            yield
        finally:
            self._open.subtract(places)
            for place in places:
                if not self._open[place]:
                    del self._open[place]

    def count(self) -> int:
        """How many streams are open."""
        return self._open[("all", "")]


def _places(conversation: str, sender: str) -> list[tuple[str, str]]:
    return [("conversation", conversation), ("address", sender), ("all", "")]


rates = Rates()
room = Room()


def address(request: HttpRequest) -> str:
    """What stands for the sender's address: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
