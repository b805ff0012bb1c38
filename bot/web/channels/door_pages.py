"""Pages of the door that messages name."""

from __future__ import annotations

from django.conf import settings


def write_page() -> str:
    """Where people write without any platform."""
    return str(settings.CHANNEL_PAGE or settings.PUBLIC_URL + "/write/")
