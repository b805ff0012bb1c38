"""The platforms there are. A new one is added here, and nowhere else."""

from __future__ import annotations

from bot.web.channels.messenger import Messenger
from bot.web.channels.platform import Platform
from bot.web.channels.telegram import Telegram
from bot.web.channels.twilio import Sms, TwilioWhatsApp
from bot.web.channels.whatsapp import WhatsApp

_ALL: tuple[Platform, ...] = (Telegram(), WhatsApp(), Messenger(), Sms(), TwilioWhatsApp())
PLATFORMS: dict[str, Platform] = {platform.name: platform for platform in _ALL}
NAMES = frozenset(PLATFORMS)


def on(name: str) -> Platform | None:
    """The platform of that name, if it is on."""
    platform = PLATFORMS.get(name)
    return platform if platform and not platform.missing() else None


def all_on() -> list[Platform]:
    """The platforms that are on."""
    return [platform for platform in PLATFORMS.values() if not platform.missing()]
