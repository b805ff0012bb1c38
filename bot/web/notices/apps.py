from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Announcements of the Cités and their pages."""

    name = "bot.web.notices"
    label = "notices"
