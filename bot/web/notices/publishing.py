"""From the desk to the answers: the announcements of a Cité as one small file that all processes read.

The database is the truth, `var/notices/<cite>.yml` is what follows from it: written whole or not at all, after it was
read by the code that the answers and `check` use. The door and the actions share the folder.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bot.knowledge import notices
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.notices.models import Board, Notice

log = logging.getLogger(__name__)
_HEAD = "# Written by the door from what was announced at the desk; docs/desk-review.md tells what it holds.\n"
_A_DAY = timedelta(days=1)


class Faulty(Exception):
    """What was to be announced does not hold together; nothing was changed. `faults` tell what and how to mend it."""

    def __init__(self, faults: list[DataError]) -> None:
        super().__init__(faults)
        self.faults = faults


@transaction.atomic
def announce(account: Any, **values: Any) -> Notice:
    """Keep an announcement and have it told at once; `Faulty` when it or its neighbours do not hold together."""
    notice = Notice.objects.create(by=account, **values)
    record(account, Action.NOTICE, notice, cite=notice.cite)
    publish(notice.cite)
    return notice


@transaction.atomic
def withdraw(account: Any, notice: Notice) -> None:
    """Tell it no longer, from now on; it stays in the list of what was announced."""
    open_ones = Notice.objects.filter(pk=notice.pk, withdrawn=None)
    if open_ones.update(withdrawn=timezone.now(), withdrawn_by=account):
        record(account, Action.NOTICE, notice, cite=notice.cite)
        publish(notice.cite)


@transaction.atomic
def publish(cite: str) -> None:
    """Write the file of a Cité anew, or remove it when nothing is announced any more."""
    Board.objects.get_or_create(cite=cite)
    Board.objects.select_for_update().get(cite=cite)
    current = list(standing(cite))
    if current:
        _write(cite, {"cite": cite, "announcements": [_announcement(each) for each in current]})
    else:
        (notices.FOLDER / f"{cite}.yml").unlink(missing_ok=True)


def publish_all() -> None:
    """Write all files anew, as when the door starts: what was lost or is over is put right."""
    for cite in Board.objects.values_list("cite", flat=True):
        try:
            publish(cite)
        except (Faulty, OSError):
            log.exception("the announcements of %s could not be written", cite)


def standing(cite: str) -> Any:
    """The announcements of a Cité that are neither withdrawn nor over, the first to come first."""
    return Notice.objects.filter(cite=cite, withdrawn=None, last__gte=today(cite) - _A_DAY)


def over(cites: Iterable[str]) -> Q:
    """A condition: an announcement of one of these Cités whose last day is past, by the clock of that Cité."""
    there: dict[date, list[str]] = {}
    for cite in cites:
        there.setdefault(today(cite), []).append(cite)
    found = Q(pk__in=())
    for day, those in there.items():  # on earth it is three days at most at once
        found |= Q(cite__in=those, last__lt=day)
    return found


def today(cite: str) -> date:
    """The day that it is at a Cité."""
    return timezone.now().astimezone(_zone(cite)).date()


def announced_on(notice: Notice) -> date:
    """The day, at the Cité, on which something was announced."""
    return notice.at.astimezone(_zone(notice.cite)).date()


def _zone(cite: str) -> Any:
    known = load_cites().get(cite)
    return ZoneInfo(known.timezone) if known else timezone.get_default_timezone()


def _announcement(notice: Notice) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": notice.kind,
        "from": notice.first.isoformat(),
        "to": notice.last.isoformat(),
        "announced": announced_on(notice).isoformat(),
    }
    if notice.hours:
        told["hours"] = notice.hours
    return {**told, "words": dict(notice.words)} if notice.words else told


def _write(cite: str, told: dict[str, Any]) -> None:
    notices.FOLDER.mkdir(parents=True, exist_ok=True)
    draft = notices.FOLDER / f".{cite}.{secrets.token_hex(4)}"
    try:
        draft.write_text(_HEAD + yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
        found = notices.read_notices(draft, cite)
        if isinstance(found, list):
            raise Faulty(found)
        os.replace(draft, notices.FOLDER / f"{cite}.yml")
    finally:
        draft.unlink(missing_ok=True)
