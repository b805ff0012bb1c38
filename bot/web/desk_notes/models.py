"""What the desk keeps beside a request. Each row goes with its request, and so with the conversation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.web.conversations.models import Handoff


class Note(models.Model):
    """A private note, redacted; no page or answer for people reads these."""

    handoff = models.ForeignKey(Handoff, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    masked = models.JSONField(default=list)
    """The kinds of what was masked, as redaction names them."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order in which they were written."""

        ordering = ("at", "pk")


class Tag(models.Model):
    """A tag of `data/desk/tags.yml` on a request."""

    handoff = models.ForeignKey(Handoff, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        """A tag is on a request once."""

        constraints = (models.UniqueConstraint(fields=["handoff", "name"], name="desk_tag_unique"),)


class Look(models.Model):
    """An advisor has a request open: when that was last seen, and when they last typed."""

    handoff = models.ForeignKey(Handoff, models.CASCADE, related_name="looks")
    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen = models.DateTimeField(default=timezone.now)
    typed = models.DateTimeField(null=True)

    class Meta:
        """One row for each of those who look."""

        constraints = (models.UniqueConstraint(fields=["handoff", "advisor"], name="desk_look_unique"),)


class Way(models.TextChoices):
    """How an alert is sent."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class Alert(models.Model):
    """That somebody waits was told, or is still to be told, by one of the ways: once each time that they wait."""

    handoff = models.ForeignKey(Handoff, models.CASCADE, related_name="alerts")
    queued = models.DateTimeField()
    """Since when they wait, as the request had it then: one that goes back to the queue waits anew."""
    way = models.CharField(max_length=10, choices=Way.choices)
    attempts = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    """When it is to be tried; while somebody tries, when it falls to another, should that process die."""
    sent = models.DateTimeField(null=True)

    class Meta:
        """One for each way, each time."""

        constraints = (models.UniqueConstraint(fields=["handoff", "way", "queued"], name="desk_alert_unique"),)
