"""The audit log: what a line holds, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bot.web.audit.log import forget_old, record
from bot.web.audit.models import Action, Entry
from bot.web.conversations import retention, states
from bot.web.desk.models import Advisor

from .helpers import begin, conversation, say

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_line_holds_ids_and_a_time_and_nothing_else() -> None:
    sofia = Advisor.objects.create_user("sofia", password="x", first_name="Sofia", email="sofia@cite.example")
    talk = begin(cite="marseille")
    say(talk, "mon secret")
    handoff = states.open_handoff(talk, True, {"request": "mon secret", "place": "Aubagne"}, "bot")
    record(sofia, Action.VIEW, handoff)
    (line,) = Entry.objects.values()
    at = line.pop("at")
    assert line.pop("id")
    assert timezone.now() - at < timedelta(minutes=1)
    assert line == {
        "account": sofia.pk, "action": "view", "kind": "handoff", "object": str(handoff.pk), "cite": "marseille",
    }  # fmt: skip


def test_a_line_outlives_what_it_tells_of() -> None:
    sofia = Advisor.objects.create_user("sofia", password="x", first_name="Sofia")
    talk = begin(cite="marseille")
    record(sofia, Action.ERASE, conversation(talk))
    conversation(talk).delete()
    sofia.delete()
    assert (Entry.objects.get().object, Entry.objects.get().cite) == (talk, "marseille")


def test_without_an_account_or_an_object_a_line_is_written_too() -> None:
    record(None, Action.LOGIN_REFUSED)
    record(None, Action.NOTICE, cite="lyon")
    assert list(Entry.objects.order_by("pk").values_list("account", "kind", "object", "cite")) == [
        (None, "", "", ""),
        (None, "", "", "lyon"),
    ]


def test_what_is_no_action_is_not_written() -> None:
    with pytest.raises(ValueError):
        record(None, "peeked")  # type: ignore[arg-type]
    assert not Entry.objects.exists()


def test_old_lines_go_with_the_sweep(settings: Any) -> None:
    settings.AUDIT_DAYS = 10
    for days in 9, 11, 30:
        entry = record(None, Action.LOGIN_REFUSED)
        Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))
    retention.tidy()
    assert Entry.objects.count() == 1
    assert forget_old() == 0
