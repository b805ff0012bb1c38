from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Advisors' accounts and their pages."""

    name = "bot.web.desk"
    label = "desk"
