from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Public pages and files."""

    name = "bot.web.pages"
    label = "pages"
