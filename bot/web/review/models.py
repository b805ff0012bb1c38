"""What somebody at the desk thinks of one answer of the bot: gone with the conversation, unless exported before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.web.conversations.models import Message


class ReviewState(models.TextChoices):
    """Whether there is still something to do."""

    TO_REVIEW = "to_review"
    FIXED = "fixed"
    WONT_FIX = "wont_fix"


class Cause(models.TextChoices):
    """What is wrong with the answer."""

    MISUNDERSTOOD = "misunderstood"
    WRONG_FACT = "wrong_fact"
    STALE = "stale"
    INCOMPLETE = "incomplete"
    TONE = "tone"


class Review(models.Model):
    """The review of one message of the bot."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="review")
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.TO_REVIEW)
    reason = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    intent = models.CharField(max_length=80, blank=True)
    """What the person meant: the name of an intent, where it was misunderstood."""
    cite = models.CharField(max_length=80, blank=True)
    """The Cité of which a fact is wrong."""
    field = models.CharField(max_length=20, blank=True)
    """Which fact, as its file names it."""
    answer = models.TextField(blank=True)
    """What would have been right; redacted."""
    note = models.TextField(blank=True)
    """A word to colleagues; redacted, never exported."""
    exported = models.DateTimeField(null=True)
    """When `lessons` gave it to a maintainer; null again once it is changed."""


class Change(models.Model):
    """The history: what one account changed of a review at one moment."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.JSONField(default=dict)
    """Field to [before, after]."""

    class Meta:
        """As it happened."""

        ordering = ("pk",)
