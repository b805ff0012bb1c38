"""The audit log: one line for each thing done that somebody may have to answer for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Action(models.TextChoices):
    """What was done. Each has its words in the catalogue (`audit.action_<value>`)."""

    LOGIN = "login"
    LOGIN_REFUSED = "login_refused"
    LOCKED = "locked"
    LOGOUT = "logout"
    LOGOUT_EVERYWHERE = "logout_everywhere"
    REFUSED = "refused"
    """A page or a deed that the account has no right to."""
    VIEW = "view"
    """A transcript was opened."""
    EXPORT = "export"
    ERASE = "erase"
    CLAIM = "claim"
    TRANSFER = "transfer"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    NOTE = "note"
    REVIEW = "review"
    NOTICE = "notice"
    """A notice or a closure of a Cité was entered, changed or withdrawn."""
    CALLBACK_VIEW = "callback_view"
    """What a person left to be called back was read."""
    CALLBACK_DONE = "callback_done"
    SEND_AGAIN = "send_again"
    """A message that had not arrived in a messaging app is to be sent once more."""
    SET_ASIDE = "set_aside"
    """Such a message is told of no longer."""
    INVITE = "invite"
    INVITE_WITHDRAWN = "invite_withdrawn"
    JOINED = "joined"
    ACCOUNT_MADE = "account_made"
    ROLE = "role"
    """A role was given or taken."""
    DISABLED = "disabled"
    ENABLED = "enabled"
    PASSWORD = "password"
    PASSWORD_RESET = "password_reset"
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_RESET = "factor_reset"
    FACTOR_CODES = "factor_codes"


class Entry(models.Model):
    """One line. It names its account and object by id alone, so that it outlives both and tells nothing of them."""

    account = models.BigIntegerField(null=True)
    """Null: nobody had signed in, or the command line."""
    action = models.CharField(max_length=20)
    """A value of `Action`."""
    kind = models.CharField(max_length=20, blank=True)
    """The model of the object, in small letters: handoff, conversation, advisor…"""
    object = models.CharField(max_length=64, blank=True)
    """Its primary key."""
    cite = models.CharField(max_length=80, blank=True)
    """Whose coordinators may read this line besides administrators; empty: administrators alone."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The newest first, as they are read."""

        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["cite", "-at"], name="audit_cite_at"),
            models.Index(fields=["-at"], name="audit_at"),
        )
