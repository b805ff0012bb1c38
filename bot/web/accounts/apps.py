from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out


class AccountsConfig(AppConfig):
    """Pages of accounts; their models are the desk's."""

    name = "bot.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Note each session that begins, whichever way somebody signed in, and that who signs out is not there."""
        user_logged_in.connect(_signed_in, dispatch_uid="bot.web.accounts")
        user_logged_out.connect(_signed_out, dispatch_uid="bot.web.accounts")


def _signed_in(request: Any, user: Any, **_: Any) -> None:
    from bot.web.accounts import lasting
    from bot.web.accounts.making import home
    from bot.web.audit.log import record
    from bot.web.audit.models import Action

    lasting.begin(request.session)
    record(user, Action.LOGIN, user, home(user))


def _signed_out(user: Any, **_: Any) -> None:
    from bot.web.conversations import presence

    if user is not None:  # the session may be nobody's
        presence.gone(user.pk)
