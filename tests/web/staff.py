"""Accounts of the desk for tests, signed in."""

from __future__ import annotations

from django.test import Client

from bot.web.desk import models
from bot.web.desk.models import Advisor
from bot.web.review import permits

PASSWORD = "a long enough password"


def account(name: str = "Sofia", language: str = "fr", role: str = "administrator", cite: str = "") -> Advisor:
    """An account with a role at a Cité, or everywhere."""
    made = Advisor.objects.create_user(name.lower(), password=PASSWORD, first_name=name, language=language)
    if permits.HAS_ROLES:
        models.Membership.objects.create(account=made, role=role, cite=cite)  # type: ignore[attr-defined]
    return made


def signed_in(who: Advisor) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(who)
    return client
