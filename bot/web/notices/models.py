"""What the Cités have announced, by whom and when. Nothing is changed afterwards, only withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Kind(models.TextChoices):
    """What is announced, as `bot/knowledge/notices.py` reads it."""

    CLOSED = "closed"
    HOURS = "hours"
    WORD = "word"


class Notice(models.Model):
    """One announcement of a Cité (its id in the directory) for some days, both included."""

    cite = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField()
    hours = models.CharField(max_length=300, blank=True)
    """Those of the reception on these days, by weekday and clock: "Mo-Fr 10:00-12:00"."""
    words = models.JSONField(default=dict)
    """Language to text; may be empty unless the announcement is a word."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    at = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        """The first to come first."""

        ordering = ("first", "pk")


class Board(models.Model):
    """The Cités that have ever announced something: its row is locked while their file is written."""

    cite = models.CharField(primary_key=True, max_length=80)
