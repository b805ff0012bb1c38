"""Links by which people make their account: each for one account, one role, one week."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.privacy.ids import random_token
from bot.web.accounts.making import give_role, make
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.desk import access
from bot.web.desk.models import Advisor, Invitation, Membership, Role
from bot.web.desk.scope import scope_of


class NotValid(Exception):
    """The link was used, withdrawn, is too old, or never was one."""


@transaction.atomic
def invite(role: str, cite: str, by: Any = None, email: str = "") -> tuple[Invitation, str]:
    """Make an invitation; with it the secret of its link, which is nowhere else."""
    token = random_token()
    expires = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    where = "" if role == Role.ADMINISTRATOR else cite
    made = Invitation.objects.create(
        token_hash=_hashed(token), role=role, cite=where, email=email, made_by=by, expires=expires
    )
    record(by, Action.INVITE, made)
    return made, token


def find(token: str) -> Invitation:
    """The invitation of a link; `NotValid` when it is none (any more)."""
    found = Invitation.objects.filter(token_hash=_hashed(token), expires__gt=timezone.now()).first()
    if found is None:
        raise NotValid
    return found


@transaction.atomic
def join(token: str, username: str, password: str, **values: str) -> Advisor:
    """Make the account of an invitation, which is then used up; `NotValid`, or `AccountExists`."""
    invitation = _taken(token)
    account = make(username, password, email=invitation.email, **values)
    _used(invitation, account)
    return account


@transaction.atomic
def accept(token: str, account: Advisor) -> None:
    """Give the role of an invitation to an account that there is; `NotValid` otherwise."""
    _used(_taken(token), account)


@transaction.atomic
def withdraw(invitation: Invitation, by: Any) -> None:
    """Make a link void."""
    record(by, Action.INVITE_WITHDRAWN, invitation)
    invitation.delete()


def open_for(account: Any) -> QuerySet[Invitation]:
    """The invitations that nobody has used yet, of the Cités that an account coordinates, or all."""
    scope = scope_of(account)
    found = Invitation.objects.filter(expires__gt=timezone.now()).order_by("expires")
    return found if scope.everywhere else found.filter(cite__in=scope.coordinates, role=Role.ADVISOR)


def forget_old() -> int:
    """Remove those that are too old; how many."""
    return Invitation.objects.filter(expires__lt=timezone.now()).delete()[0]


def _taken(token: str) -> Invitation:
    """The invitation, locked: two who open the same link at once do not both come in.

    Whoever made it must still have the right to.
    """
    found = Invitation.objects.select_for_update().filter(pk=find(token).pk).first()
    if found is None:
        raise NotValid
    if found.made_by_id is not None and not access.may_give(found.made_by, found.role, found.cite):
        raise NotValid
    return found


def _used(invitation: Invitation, account: Advisor) -> None:
    record(account, Action.JOINED, invitation)
    if not Membership.objects.filter(account=account, cite=invitation.cite, role=Role.COORDINATOR).exists():
        give_role(account, invitation.role, invitation.cite, invitation.made_by)  # never less than before
    invitation.delete()


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
