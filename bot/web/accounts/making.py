"""Accounts made, and what is done to them. Django must be set up (`django.setup()`) before this is imported.

Whoever does it is `by`: an account, or None for the command line.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django_otp import devices_for_user

from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.desk.models import Advisor, Invitation, Membership, Role

FIRST = "conseil"
_NAME_SHOWN = "Camille"


class AccountExists(Exception):
    """There is an account of this name already."""


class LastAdministrator(Exception):
    """This would leave nobody to administer the desk."""


def ensure_first_advisor() -> tuple[str, str] | None:
    """Make the first account, an administrator's; (username, password), or None when there is an account already.

    The password is random, kept only as an argon2 hash, and returned only this once.
    """
    with transaction.atomic():
        if Advisor.objects.exists():
            return None
        return FIRST, add_advisor(FIRST, _NAME_SHOWN, role=Role.ADMINISTRATOR)


def add_advisor(
    username: str, first_name: str, language: str = "fr", role: str = "", cite: str = "", by: Any = None
) -> str:
    """Make an account and return its random password; `AccountExists` when the name is taken.

    Without a role it sees nothing until it is given one.
    """
    password = new_password()
    with transaction.atomic():
        account = make(username, password, first_name=first_name, language=language)
        record(by, Action.ACCOUNT_MADE, account, cite)
        if role:
            give_role(account, role, cite, by)
    return password


def make(username: str, password: str, **values: str) -> Advisor:
    """Make an account without a role; `AccountExists` when the name is taken, in capitals or small letters."""
    try:
        with transaction.atomic():
            if Advisor.objects.filter(username__iexact=username).exists():
                raise AccountExists(username)
            return Advisor.objects.create_user(username, password=password, **values)
    except IntegrityError:
        raise AccountExists(username) from None


def new_password() -> str:
    """A random password, 96 bits."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def give_role(account: Advisor, role: str, cite: str, by: Any = None) -> None:
    """Make an account `role` at a Cité (everywhere for an administrator), in place of what it was there."""
    if cite and role != Role.ADMINISTRATOR:
        Membership.objects.update_or_create(account=account, cite=cite, defaults={"role": role})
    else:
        Membership.objects.update_or_create(account=account, cite="", defaults={"role": Role.ADMINISTRATOR})
    record(by, Action.ROLE, account, cite)


@transaction.atomic
def take_role(account: Advisor, cite: str, by: Any = None) -> None:
    """Take what an account is at a Cité ("": as an administrator); `LastAdministrator` when it must keep it."""
    if not cite:
        _keep_an_administrator(account)
    Membership.objects.filter(account=account, cite=cite).delete()
    record(by, Action.ROLE, account, cite)


@transaction.atomic
def disable(account: Advisor, by: Any = None) -> None:
    """Shut an account out, at once: its sessions are over, and the links it made are void."""
    _keep_an_administrator(account)
    Advisor.objects.filter(pk=account.pk).update(is_active=False, epoch=F("epoch") + 1)
    Invitation.objects.filter(made_by=account).delete()
    record(by, Action.DISABLED, account, home(account))


@transaction.atomic
def enable(account: Advisor, by: Any = None) -> None:
    """Let an account in again, with the roles it had."""
    Advisor.objects.filter(pk=account.pk).update(is_active=True)
    record(by, Action.ENABLED, account, home(account))


@transaction.atomic
def reset_password(account: Advisor, by: Any = None) -> str:
    """Give an account a new random password and return it, this once; all its sessions are over."""
    password = new_password()
    account.set_password(password)
    account.save(update_fields=["password"])
    record(by, Action.PASSWORD_RESET, account, home(account))
    return password


@transaction.atomic
def reset_factor(account: Advisor, by: Any = None) -> None:
    """Forget the second factor and the paper codes of an account; all its sessions are over."""
    for device in list(devices_for_user(account, confirmed=None)):
        device.delete()
    Advisor.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    record(by, Action.FACTOR_RESET, account, home(account))


def end_sessions(account: Advisor) -> None:
    """End every session of an account, here and elsewhere."""
    Advisor.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    record(account, Action.LOGOUT_EVERYWHERE, account, home(account))


def home(account: Any) -> str:
    """The Cité whose coordinators are told what concerns an account: the only one it is of, else none."""
    cites = list(Membership.objects.filter(account=account.pk).values_list("cite", flat=True)[:2])
    return cites[0] if len(cites) == 1 else ""


def _keep_an_administrator(account: Advisor) -> None:
    """`LastAdministrator` when no other account that is let in is one. The rows are locked until the end."""
    administrators = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, account__is_active=True)
    found = set(administrators.values_list("account_id", flat=True))
    if found == {account.pk}:
        raise LastAdministrator
