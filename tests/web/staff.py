"""Browsers of the desk for tests."""

from __future__ import annotations

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.web.desk.models import Advisor, Role

from . import helpers


def account(name: str = "Sofia", language: str = "fr", role: str = Role.ADVISOR, cite: str = "demo") -> Advisor:
    """An account with a role at a Cité; an administrator has none."""
    return helpers.account(name, "" if role == Role.ADMINISTRATOR else cite, role=role, language=language)


def signed_in(who: Advisor, factor: bool = True) -> Client:
    """A browser of theirs; with `factor`, its session has given the second factor too."""
    client = Client()
    client.force_login(who)
    if factor:
        device = TOTPDevice.objects.create(user=who, confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client
