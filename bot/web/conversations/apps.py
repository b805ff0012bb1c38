from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations, messages and handoffs."""

    name = "bot.web.conversations"
    label = "conversations"
