"""Browsers of the desk for tests."""

from __future__ import annotations

from django.test import Client

from bot.web.desk.models import Advisor, Role

from . import helpers


def account(name: str = "Sofia", language: str = "fr", role: str = Role.ADVISOR, cite: str = "demo") -> Advisor:
    """An account with a role at a Cité; an administrator has none."""
    return helpers.account(name, "" if role == Role.ADMINISTRATOR else cite, role=role, language=language)


def signed_in(who: Advisor, factor: bool = True) -> Client:
    """A browser of theirs; with `factor`, its session has given the second factor too."""
    return helpers.signed_in(who, factor)
