"""Advisors' accounts, made from a command line. Django must be set up (`django.setup()`) before."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

FIRST = "conseil"
_NAME_SHOWN = "Camille"


class AccountExists(Exception):
    """There is an account of this name already."""


def ensure_first_advisor() -> tuple[str, str] | None:
    """Make the first advisor's account; (username, password), or None when there is an account already.

    The password is random, kept only as an argon2 hash, and returned only this once.
    """
    from bot.web.desk.models import Advisor

    with transaction.atomic():
        if Advisor.objects.exists():
            return None
        return FIRST, add_advisor(FIRST, _NAME_SHOWN)


def add_advisor(username: str, first_name: str, language: str = "fr") -> str:
    """Make an account and return its random password; `AccountExists` when the name is taken."""
    from bot.web.desk.models import Advisor

    password = secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            Advisor.objects.create_user(username, password=password, first_name=first_name, language=language)
    except IntegrityError:
        raise AccountExists(username) from None
    return password
