from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Counts that outlive the conversations."""

    name = "bot.web.figures"
    label = "figures"

    def ready(self) -> None:
        """Have every conversation counted before it is removed, whoever removes it."""
        from django.db.models.signals import pre_delete

        from bot.web.conversations.models import Conversation
        from bot.web.figures.counting import count_before_removal

        pre_delete.connect(count_before_removal, sender=Conversation, dispatch_uid="figures")
