from __future__ import annotations

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Messaging apps: contacts, outbox, what was received."""

    name = "bot.web.channels"
    label = "channels"

    def ready(self) -> None:
        """Hear of what is said and erased."""
        from bot.web.channels import hooks

        hooks.connect()
