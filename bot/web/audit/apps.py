from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "bot.web.audit"
    label = "audit"
