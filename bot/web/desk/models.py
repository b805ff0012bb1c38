"""Advisors' accounts."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Advisor(AbstractUser):
    """Somebody who answers people. `first_name` is what they are shown."""

    REQUIRED_FIELDS = ("first_name",)

    language = models.CharField(max_length=2, default="fr")
    """The language of the desk."""
