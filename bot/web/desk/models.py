"""Advisors' accounts, what each may do and where, and how one comes by an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from bot.web.desk.factors import CodeApp as CodeApp  # a model of this app, in a module of its own


class Advisor(AbstractUser):
    """Somebody who works at the desk. `first_name` is what people are shown; accounts are disabled, never deleted."""

    REQUIRED_FIELDS = ("first_name",)

    language = models.CharField(max_length=2, default="fr")
    """The language of the desk."""
    spoken = models.CharField(max_length=40, blank=True)
    """The languages in which they answer people, as codes with commas between; empty: that of the desk."""
    topics = models.CharField(max_length=600, blank=True)
    """The concerns that they know best, as ids with commas between; empty: all alike."""
    epoch = models.PositiveIntegerField(default=0)
    """Raised to end every session of the account."""

    @property
    def languages(self) -> list[str]:
        """The languages in which they answer people."""
        return languages_of(self.spoken, self.language)

    def knows(self, concern: str) -> bool:
        """Whether a concern (its id) is one of those that they know best."""
        return bool(concern) and concern in self.topics.split(",")

    def get_session_auth_hash(self) -> str:
        """What a session must hold to go on: it changes with the password and with the epoch."""
        return f"{super().get_session_auth_hash()}.{self.epoch}"


def languages_of(spoken: str, language: str) -> list[str]:
    """The languages in which an account answers, by its two fields."""
    return spoken.split(",") if spoken else [language]


class Role(models.TextChoices):
    """What an account may do. An administrator is one everywhere, the others at one Cité."""

    ADVISOR = "advisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


def _everywhere_or_somewhere(name: str) -> models.CheckConstraint:
    """An administrator has no Cité; the others have one."""
    administrator = models.Q(role=Role.ADMINISTRATOR, cite="")
    other = ~models.Q(role=Role.ADMINISTRATOR) & ~models.Q(cite="")
    return models.CheckConstraint(condition=administrator | other, name=name)


class Membership(models.Model):
    """What an account is at a Cité (its id in the directory), or everywhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    cite = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        """What the database itself makes sure of."""

        constraints = (
            models.UniqueConstraint(fields=["account", "cite"], name="membership_once"),
            _everywhere_or_somewhere("membership_place"),
        )


class Invitation(models.Model):
    """A link by which somebody makes an account, once. The link itself is not kept, only its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    cite = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    """Only where the house's own directory signs people in: whom the link is for."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="invitations")
    """Null: from the command line."""
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()

    class Meta:
        """What the database itself makes sure of."""

        constraints = (_everywhere_or_somewhere("invitation_place"),)


class Attempts(models.Model):
    """Failed tries under one name or from one address, which are kept as a keyed hash for an hour."""

    key = models.CharField(primary_key=True, max_length=64)
    failed = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True)
