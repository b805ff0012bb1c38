"""What the door keeps of messaging apps: where to answer, in cipher; what is to be sent; what has come already."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.web.conversations.models import Conversation


class Contact(models.Model):
    """Who writes from a platform, under a keyed hash, and where to answer. Goes with the conversation."""

    platform = models.CharField(max_length=20)
    user_hash = models.CharField(max_length=64)
    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="contact")
    address = models.TextField()
    """In cipher."""
    numbered = models.JSONField(default=dict)
    """keys: those of the choices offered by number, in order; turn: the message of the person's that they answer."""
    rendered_seq = models.PositiveIntegerField(default=0)
    """Messages up to this one have become parcels."""
    last_heard = models.DateTimeField(default=timezone.now)
    """When the person last wrote, by the platform's clock if it tells: some platforms take answers for hours only."""
    told_late = models.BooleanField(default=False)
    """Whether what comes too late for the platform has been told to who reads; cleared when the person writes."""
    due = models.DateTimeField(null=True, db_index=True)
    """When its first parcel is to be tried; null when nothing is to be sent."""
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    """Until when `lease_owner` alone may send to this contact."""

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["platform", "user_hash"], name="contact_unique"),)


class Step(models.TextChoices):
    """How far a parcel has come. `sending` ones may have arrived, or not: who sent them may have died.

    `held` ones come too late for the platform, and wait until the person writes again. `aside` ones are dead too, and
    an advisor wants to hear no more of them.
    """

    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    DEAD = "dead"
    ASIDE = "aside"


class Parcel(models.Model):
    """One message for a platform, in order of (seq, part). Its body is emptied once it has arrived."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="parcels")
    seq = models.PositiveIntegerField()
    part = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    """The same at each try, for platforms that drop repeats."""
    body = models.JSONField(default=dict)
    by_advisor = models.BooleanField(default=False)
    """Whether a human wrote it: some platforms take their answers for longer."""
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=80, blank=True)
    """Why the last try failed: a code, no words of the message."""
    sent_hash = models.CharField(max_length=64, blank=True, db_index=True)
    """Keyed hash of the platform's id of it: such an id may hold a telephone number."""
    created = models.DateTimeField(default=timezone.now)
    settled = models.DateTimeField(null=True)

    class Meta:
        """What the database itself makes sure of."""

        ordering = ("seq", "part")
        constraints = (models.UniqueConstraint(fields=["contact", "seq", "part"], name="parcel_unique"),)


class Note(models.Model):
    """A word to somebody whose conversation is gone: that it was erased. Lives for minutes, with its own address."""

    platform = models.CharField(max_length=20)
    address = models.TextField()
    """In cipher."""
    body = models.JSONField()
    key = models.CharField(max_length=32)
    attempts = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now, db_index=True)


class Received(models.Model):
    """An event of a platform's that has come, so that its repetition is none. Outlives the conversation for days."""

    platform = models.CharField(max_length=20)
    event_hash = models.CharField(max_length=64)
    order = models.BigIntegerField(null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="received")
    seq = models.PositiveIntegerField(null=True)
    """The message that came of it."""
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["platform", "event_hash"], name="received_unique"),)
        indexes = (models.Index(fields=["platform", "order"], name="received_order"),)
