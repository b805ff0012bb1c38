"""What the desk asks of a request: whose it is, and what can be done with it. The states stay in `conversations`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bot.web.conversations import presence, signs, states
from bot.web.conversations.models import Author, Handoff, HandoffState, Outcome, Transition
from bot.web.conversations.presence import Present
from bot.web.desk import access
from bot.web.desk.models import Advisor
from bot.web.desk.scope import Scope, scope_of, scopes_of
from bot.web.desk.spoken import answers_in, spoken_by_anybody
from bot.web.desk_notes.models import Look


@dataclass(frozen=True)
class Signs:
    """Whether the person is typing, whether they have read the advisor's last words, and whether they wait for more
    since long: soon somebody else will be looked for."""

    typing: bool
    read: bool
    overdue: bool = False


@dataclass(frozen=True)
class Move:
    """`key`: the sentence of the catalogue that tells it, of `by` and `to` (first names)."""

    key: str
    by: str
    to: str
    at: datetime


def language_of(handoff: Handoff) -> str:
    """The language of the person, two letters."""
    return handoff.conversation.language


def concern_of(handoff: Handoff) -> str:
    """The id of the concern, or nothing."""
    return handoff.concern or handoff.summary.get("concern") or ""


def colleagues(handoff: Handoff) -> list[Advisor]:
    """To whom a request may be passed: those who might have taken it, without who has it; who knows its concern best
    comes first, then by name."""
    found = Advisor.objects.filter(is_active=True, memberships__isnull=False).distinct()
    found = found.exclude(pk=handoff.claimed_by_id or 0)
    others = list(found.order_by("first_name", "pk"))
    scopes, by_anybody = scopes_of(others), spoken_by_anybody()
    found_ones = [one for one in others if _might_take(one, scopes[one.pk], handoff, by_anybody)]
    return sorted(found_ones, key=lambda one: not one.knows(concern_of(handoff)))


def outcomes() -> list[str]:
    """The codes that tell what came of an exchange."""
    return list(Outcome.values)


def transfer(handoff: Handoff, advisor: Any, to: Any | None) -> None:
    """Pass it to a colleague, or back into the queue (None); `WrongState` when who had it has it no longer."""
    states.transfer(handoff.pk, advisor, to, held_by=handoff.claimed_by_id)


def moved(handoff: Handoff) -> Move | None:
    """How a request came to who has it now, or back into the queue, where that was the last thing to happen to it."""
    last = handoff.transitions.order_by("pk").last()
    kind, _, other = last.detail.partition(":") if last else ("", "", "")
    if last is None or kind not in ("transfer", "silent"):
        return None
    if kind == "silent":
        return Move("desk.moved_silent", _first_name(other), "", last.at)
    by = _first_name(last.actor.partition(":")[2])
    return Move("desk.moved_to" if other else "desk.moved_back", by, _first_name(other), last.at)


def passed_to(account: Any) -> QuerySet[Handoff]:
    """The requests that a colleague has passed to an account, and that it has not opened since."""
    to_it = Transition.objects.filter(handoff=OuterRef("pk"), detail=f"transfer:{account.pk}")
    opened = Look.objects.filter(handoff=OuterRef("pk"), advisor=account.pk, seen__gte=OuterRef("held"))
    mine = Handoff.objects.filter(state=HandoffState.LIVE, claimed_by=account.pk)
    return mine.filter(Exists(to_it.filter(at__gte=OuterRef("held"))), ~Exists(opened))


def counts(account: Any) -> dict[str, int]:
    """What every page of the desk tells by a number: who waits, what was passed to the account, who is to be called."""
    found = {"count": access.waiting(account), "passed": passed_to(account), "calls": access.untaken_calls(account)}
    return {name: each.count() for name, each in found.items()}


def changed(handoff: Handoff, account: Any) -> str:
    """What has become of a request, for who had its page open: one of `frame.CHANGES`, without "desk."."""
    if handoff.state == HandoffState.LIVE:
        return "now_yours" if handoff.claimed_by_id == account.pk else "now_other"
    return {HandoffState.WAITING: "now_waiting", HandoffState.CALLBACK: "now_callback"}.get(handoff.state, "now_over")


def _first_name(number: str) -> str:
    """The name of an account by its id; "" where there is none."""
    return Advisor.objects.filter(pk=number or 0).values_list("first_name", flat=True).first() or ""


def here(advisor: Any, available: bool) -> None:
    """The desk of this account is open; `available`: whether people may be told that somebody is there."""
    scope = scope_of(advisor)
    if scope.everywhere or scope.cites:
        presence.here(advisor.pk, available, () if scope.everywhere else scope.cites, advisor.languages)


def is_looked_at(handoff: Handoff, present: Present) -> bool:
    """Whether an advisor of its Cité who answers in its language is at the desk; of any, once it was widened, but for a
    call back, which stays with the Cité."""
    widened = handoff.widened is not None and handoff.state != HandoffState.CALLBACK
    cite = "" if widened else access.cite_of(handoff)
    return present.somebody(cite, language_of(handoff))


def signs_of(handoff: Handoff) -> Signs:
    """What is known of the person while an advisor answers."""
    if handoff.state != HandoffState.LIVE:
        return Signs(False, False)
    talk = handoff.conversation
    last = talk.messages.filter(author=Author.ADVISOR).order_by("-seq").values_list("seq", flat=True).first()
    read = last is not None and talk.person_read_seq >= last
    return Signs(signs.holds(talk.person_typing), read, handoff.nudged is not None)


def attends(handoff: Handoff, advisor: Any, typing: bool) -> None:
    """The advisor whose request it is has it before them: what has come is read, and they may be typing."""
    signs.advisor_reads(handoff.pk, advisor, handoff.conversation.last_seq)
    if typing or signs.holds(handoff.conversation.advisor_typing):
        signs.advisor_types(handoff.pk, advisor, typing)


def _might_take(one: Advisor, scope: Scope, handoff: Handoff, by_anybody: Collection[str]) -> bool:
    cite = access.cite_of(handoff)
    open_to_all = not cite or handoff.widened is not None
    return scope.belongs(cite) or (open_to_all and answers_in(one.languages, language_of(handoff), by_anybody))
