from __future__ import annotations

from django.apps import AppConfig


class DeskNotesConfig(AppConfig):
    """Notes, tags, looks and alerts: all go with the conversation."""

    name = "bot.web.desk_notes"
    label = "desk_notes"
