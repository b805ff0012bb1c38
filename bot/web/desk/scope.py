"""Where an account may do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.web.desk.models import Membership, Role


@dataclass(frozen=True)
class Scope:
    """The Cités of an account, by id. `everywhere`: an administrator, who belongs to all and leads all."""

    everywhere: bool
    cites: frozenset[str]
    coordinates: frozenset[str]

    def belongs(self, cite: str) -> bool:
        """Whether the account is of that Cité; of none ("") only administrators are."""
        return self.everywhere or cite in self.cites

    def leads(self, cite: str) -> bool:
        """Whether the account looks after the people of that Cité."""
        return self.everywhere or cite in self.coordinates

    @property
    def looks_after_people(self) -> bool:
        """Whether the account coordinates anything: it then needs a second factor."""
        return self.everywhere or bool(self.coordinates)


def scope_of(account: Any) -> Scope:
    """Read the memberships of an account; a disabled one has none."""
    return scopes_of([account])[account.pk]


def scopes_of(accounts: Iterable[Any]) -> dict[int, Scope]:
    """The same of many accounts, by their ids, in one query."""
    held: dict[int, list[tuple[str, str]]] = {account.pk: [] for account in accounts}
    found = Membership.objects.filter(account__in=list(held), account__is_active=True)
    for account_id, role, cite in found.values_list("account_id", "role", "cite"):
        held[account_id].append((role, cite))
    return {account_id: _scope(roles) for account_id, roles in held.items()}


def _scope(roles: list[tuple[str, str]]) -> Scope:
    return Scope(
        everywhere=any(role == Role.ADMINISTRATOR for role, _ in roles),
        cites=frozenset(cite for _, cite in roles if cite),
        coordinates=frozenset(cite for role, cite in roles if role == Role.COORDINATOR),
    )
