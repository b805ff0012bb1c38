"""How long conversations are kept, and what is removed once that is over. Plain functions on the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bot.knowledge.cites import load_cites
from bot.web.accounts import invitations, lockout
from bot.web.audit import log
from bot.web.conversations import callbacks, chores, erasure, states
from bot.web.conversations.models import OPEN_STATES, Conversation, ErasedHandoff, Handoff, HandoffState

_CHORE = "purge"
_AT_ONCE = 100  # conversations a transaction


@dataclass(frozen=True)
class Purged:
    """How many conversations were removed, how many of them had been handed over, and how many handoffs that
    nobody closed were ended (their conversations go once as much time again has passed)."""

    conversations: int
    handed_over: int
    lapsed: int


@dataclass(frozen=True)
class Rule:
    """Of which conversations, and before which moment what is silent is over."""

    whose: Q
    before: datetime


def days_kept(cite: str | None = None) -> int:
    """For how many days a conversation is kept that begins on the page of a Cité (an id): its own number, or ours."""
    found = load_cites().get(cite or "")
    return (found.retention_days if found else None) or settings.RETENTION_DAYS


def longest_kept() -> int:
    """The greatest number of days for which some conversation is kept."""
    return max([settings.RETENTION_DAYS, *_own_days().values()])


def purge(days: int | None = None, dry_run: bool = False) -> Purged:
    """Remove the conversations whose time is over; with `days`, as if all were kept for that long.

    Time runs from the last word said, or from the end of the last handoff. An open handoff is never removed; one
    that is silent for as long ends by itself, and a callback after CALLBACK_DAYS. `dry_run` counts and changes nothing.
    """
    conversations = handed_over = lapsed = 0
    for rule in _rules(days):
        lapsed += _lapse(rule, dry_run)
        for ids in _counted(rule) if dry_run else _removed(rule):
            conversations += len(ids)
            handed_over += sum(ids.values())
    return Purged(conversations, handed_over, lapsed)


def tidy() -> None:
    """Remove what is over: of sessions, accounts, the audit log, callbacks that nobody has done, and of what the desk
    tells of erased requests."""
    callbacks.lapse_old()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    shown = timezone.now() - timedelta(hours=settings.ERASED_SHOWN_HOURS)
    ErasedHandoff.objects.filter(at__lt=shown).delete()
    for kept in log, lockout, invitations:
        kept.forget_old()


def claim() -> bool:
    """Whether it is time to purge and this process is the one to do it."""
    return chores.claim(_CHORE, settings.SWEEP_EVERY)


def _own_days() -> dict[str, int]:
    """The Cités that keep conversations for a time of their own."""
    return {cite.id: cite.retention_days for cite in load_cites().values() if cite.retention_days}


def _rules(days: int | None) -> Iterator[Rule]:
    now = timezone.now()
    if days is not None:
        yield Rule(Q(), now - timedelta(days=days))
        return
    own = _own_days()
    yield Rule(~Q(page_cite__in=list(own)), now - timedelta(days=settings.RETENTION_DAYS))
    for cite, kept in own.items():
        yield Rule(Q(page_cite=cite), now - timedelta(days=kept))


def _over(rule: Rule) -> QuerySet[Conversation]:
    """The conversations whose time is over."""
    unfinished = Q(state__in=(*OPEN_STATES, HandoffState.CALLBACK))
    going_on = Handoff.objects.filter(unfinished | Q(ended__gte=rule.before), conversation=OuterRef("pk"))
    return Conversation.objects.filter(rule.whose, ~Exists(going_on), last_seen__lt=rule.before)


def _with_handoff(ids: list[str]) -> dict[str, bool]:
    handed = set(Handoff.objects.filter(conversation_id__in=ids).values_list("conversation_id", flat=True))
    return {each: each in handed for each in ids}


def _counted(rule: Rule) -> Iterator[dict[str, bool]]:
    yield _with_handoff(list(_over(rule).values_list("pk", flat=True)))


def _removed(rule: Rule) -> Iterator[dict[str, bool]]:
    """Remove some at a time, so that nobody waits; each yields their ids and whether they had been handed over."""
    while True:
        with transaction.atomic():
            over = _over(rule).order_by("pk").select_for_update(of=("self",))  # in one order: two may purge at once
            ids = list(over.values_list("pk", flat=True)[:_AT_ONCE])
            handed = _with_handoff(ids)
            if ids:
                erasure.remove(ids)
        if not ids:
            return
        yield handed


def _lapse(rule: Rule, dry_run: bool) -> int:
    """End the handoffs that nobody closed and in which nobody speaks any more."""
    silent = Handoff.objects.filter(
        state__in=OPEN_STATES, conversation__in=Conversation.objects.filter(rule.whose, last_seen__lt=rule.before)
    )
    ids = list(silent.values_list("conversation_id", flat=True))
    return len(ids) if dry_run else sum(states.lapse(each, rule.before) for each in ids)
