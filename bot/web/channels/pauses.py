"""How long a platform asks us to wait: seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timezone as zones
from email.utils import parsedate_to_datetime

from django.utils import timezone

_MOST = 3600.0  # seconds that we let ourselves be told to wait


def asked(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait after an answer with such headers; None: as long as we think right."""
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return bounded(float(told))
    try:
        until = parsedate_to_datetime(told)
    except (TypeError, ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=zones.utc)
    return bounded((until - timezone.now()).total_seconds())


def bounded(seconds: object) -> float | None:
    """A number of seconds as we go by it; None where it is none, or no wait: nobody is hammered."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds > 0:
        return None
    return float(min(seconds, _MOST))
