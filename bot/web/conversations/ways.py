"""The ways in which people write: what `Conversation.channel` names."""

from __future__ import annotations

FORMS = ("widget", "page")
"""Those that can show a form."""
RELOADED = ("page",)
"""Those that show what is new only when the person asks for it, and do not tell that somebody types."""
_CARRIERS = ("twilio-",)


def app_of(channel: str) -> str:
    """The app as people know it, whoever carries its messages: "twilio-whatsapp" is "whatsapp"."""
    for carrier in _CARRIERS:
        channel = channel.removeprefix(carrier)
    return channel
