"""What is counted of conversations: once, before they go, with nothing that tells which they were."""

from __future__ import annotations

import asyncio
import itertools
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from bot.web.conversations import erasure, retention, service, states
from bot.web.conversations.models import Conversation, Handoff, Message
from bot.web.conversations.sweeper import Sweeper
from bot.web.figures import closing, counting
from bot.web.figures.facts import facts, months_of
from bot.web.figures.kinds import KINDS
from bot.web.figures.models import ClosedMonth, Counted, Figure, Tally

from .counted import answered, at, handed_over, opened, talk
from .fake_rasa import FakeRasa
from .helpers import begin, conversation, say

pytestmark = pytest.mark.django_db(transaction=True)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
CLOSED = date(2026, 6, 4)
"""The first day on which the figures of May are made."""


def tallied(month: date = MAY) -> dict[str, int]:
    rows = Tally.objects.filter(month=month)
    return {f"{row.cite} {row.kind} {row.category}": row.count for row in rows}


def shown(kind: str) -> dict[str, int]:
    rows = Figure.objects.filter(month=MAY, cite="marseille", kind=kind)
    return {row.category: row.at_least for row in rows}


def test_what_there_is_to_count_of_a_conversation() -> None:
    found = talk(at(4, 9, 59), language="it")
    answered(found, at(4, 10), useful=True, intent="change_job", confidence=0.9)
    assert facts(conversation(found), MAY) == {
        "conversations": "all", "concern": "change_job", "language": "it", "channel": "widget", "weekday": "1",
        "hour": "9", "rating": "useful",
    }  # fmt: skip
    answered(found, at(4, 10), useful=False, reason="stale", intent="nlu_fallback", confidence=0.6)
    handed_over(found, at(4, 11), waiting=3, handling=25)
    assert facts(conversation(found), MAY) == {
        "conversations": "all", "concern": "change_job", "language": "it", "channel": "widget", "weekday": "1",
        "hour": "9", "unsure": "all", "rating": "not_useful", "reason": "stale",
        "handoff": "all", "outcome": "closed", "waiting": "2_5", "handling": "20_40",
    }  # fmt: skip


def test_an_app_is_one_whoever_carries_it() -> None:
    counted = facts(conversation(talk(at(4), channel="twilio-whatsapp")), MAY)
    assert counted and counted["channel"] == "whatsapp"


def test_what_is_known_of_no_list_is_other_or_nothing() -> None:
    found = talk(at(4), concern="je m'appelle Jeanne", language="ca", channel="pigeon")
    answered(found, at(4), confidence=0.49)
    counted = facts(conversation(found), MAY)
    assert counted
    assert "concern" not in counted
    assert (counted["language"], counted["channel"], counted["unsure"]) == ("other", "other", "all")
    assert all(category in KINDS[kind].categories for kind, category in counted.items())


def test_how_handoffs_end() -> None:
    ends: dict[str, Any] = {}
    for name in ("left", "lapsed", "open"):
        found = ends[name] = talk(at(4))
        opened(found, at(5))
    states.leave(ends["left"])
    states.lapse(ends["lapsed"], conversation(ends["lapsed"]).last_seen.replace(year=2099))
    for name, found in ends.items():
        counted = facts(conversation(found), MAY)
        assert counted
        assert (counted["outcome"], counted["waiting"], counted["handling"]) == (name, "not_taken", "not_taken")


def test_a_conversation_counts_in_each_month_in_which_its_person_wrote_by_the_clock_of_the_cite() -> None:
    found = talk(at(31, 23, 59))
    first = conversation(found).last_seq
    say(found, "je reviens")
    Message.objects.filter(conversation_id=found, seq__gt=first).update(created=at(1, 0, 0, month=6))
    assert months_of(conversation(found)) == [MAY, JUNE]
    in_june = facts(conversation(found), JUNE)
    assert in_june
    assert in_june["hour"] == "0"
    assert facts(conversation(found), date(2026, 7, 1)) is None
    Conversation.objects.filter(pk=found).update(page_cite="la-reunion")  # two hours later: June already
    assert months_of(conversation(found)) == [JUNE]


def test_who_wrote_nothing_is_not_counted() -> None:
    found = begin(cite="marseille", greet=True)
    service.erase(found)
    assert tallied() == {}
    assert not Tally.objects.exists()


def test_an_erased_conversation_leaves_counts_and_nothing_else() -> None:
    service.erase(talk(at(4)))
    service.erase(talk(at(5), cite=None))
    counted = tallied()
    assert counted["marseille conversations all"] == counted["none conversations all"] == 1
    assert not Conversation.objects.exists()
    assert not Counted.objects.exists()
    assert {field.name for field in Tally._meta.get_fields()} == {"id", "month", "cite", "kind", "category", "count"}


def test_purged_conversations_are_counted_and_a_dry_run_counts_nothing() -> None:
    for _ in range(3):
        found = talk(at(4))
        Conversation.objects.filter(pk=found).update(last_seen=at(4))
    retention.purge(dry_run=True)
    assert tallied() == {}
    assert retention.purge().conversations == 3
    assert tallied()["marseille conversations all"] == 3


def test_nothing_that_goes_wrong_with_counting_keeps_a_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError

    found = talk(at(4))
    monkeypatch.setattr(counting, "facts", fails)
    service.erase(found)
    assert not Conversation.objects.exists()
    assert erasure.count() == 1
    assert tallied() == {}


def test_months_are_closed_once_they_are_over_and_never_again() -> None:
    gone = [talk(at(day)) for day in range(1, 7)]
    for each in gone:
        service.erase(each)
    for day in range(7, 13):
        handed_over(talk(at(day)), at(day, 11), waiting=3, handling=15)
    assert closing.close_months(date(2026, 6, 3)) == []
    assert closing.close_months(CLOSED) == [MAY]
    assert shown("conversations") == {"all": 10}
    assert shown("concern") == {"change_job": 10}
    assert shown("handoff") == {"all": 5}
    assert shown("waiting") == {"2_5": 5}
    assert shown("handling") == {"10_20": 5}
    assert not Tally.objects.exists()
    assert not Counted.objects.exists()
    before = list(Figure.objects.order_by("pk").values())
    for each in list(Conversation.objects.values_list("pk", flat=True)):
        service.erase(each)
    talk(at(20))
    assert closing.close_months(date(2026, 7, 3)) == []
    assert closing.close_months(date(2026, 9, 10)) == [JUNE, date(2026, 7, 1), date(2026, 8, 1)]
    assert list(Figure.objects.order_by("pk").values()) == before


def test_nothing_known_nothing_closed() -> None:
    assert closing.close_months(CLOSED) == []
    assert not ClosedMonth.objects.exists()


@pytest.mark.parametrize("step", range(6))
def test_broken_off_anywhere_it_goes_on_and_counts_everybody_once(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each of the five conversations, then while the figures are written."""
    for day in range(2, 7):
        talk(at(day))
    service.erase(talk(at(7)))
    with monkeypatch.context() as patched:
        breaks_off(patched, step)
        with pytest.raises(KeyboardInterrupt):
            closing.close_months(CLOSED)
    assert not Figure.objects.exists()
    assert closing.close_months(CLOSED) == [MAY]
    assert shown("conversations") == {"all": 5}
    assert shown("hour") == {"10": 5}


def breaks_off(patched: pytest.MonkeyPatch, step: int) -> None:
    calls = itertools.count()

    def add(*given: Any) -> None:
        real(*given)
        if next(calls) == step:
            raise KeyboardInterrupt

    def write(manager: Any, rows: Any) -> None:
        written(manager, rows)
        raise KeyboardInterrupt

    real, manager = counting._add, type(Figure.objects)
    written = manager.bulk_create
    patched.setattr(counting, "_add", add)
    if step == 5:
        patched.setattr(manager, "bulk_create", write)


def test_several_processes_count_everybody_once() -> None:
    for day in range(2, 12):
        talk(at(day))
    start, done, failed = Barrier(3), [], []

    def close() -> None:
        start.wait()
        try:
            done.extend(closing.close_months(CLOSED))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=close) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert done == [MAY]
    assert shown("conversations") == {"all": 10}


def test_the_sweeper_closes_months(rasa: FakeRasa, settings: Any) -> None:
    settings.RETENTION_DAYS = 365
    for day in range(2, 7):
        talk(at(day))

    async def sweep() -> None:
        sweeper = Sweeper()
        await sweeper.sweep()
        await sweeper.close()

    asyncio.run(sweep())
    assert shown("conversations") == {"all": 5}


def test_the_last_handoff_of_a_month_counts_and_one_person_is_one() -> None:
    found = talk(at(4))
    handed_over(found, at(4, 11), waiting=300, handling=1)
    handed_over(found, at(6, 11), waiting=0.5, handling=70)
    counted = facts(conversation(found), MAY)
    assert counted
    assert (counted["waiting"], counted["handling"]) == ("under_1", "over_60")
    assert Handoff.objects.count() == 2


def test_counted_twice_it_is_there_once() -> None:
    found = talk(at(4))
    with transaction.atomic():
        assert counting.count(conversation(found), MAY)
        assert not counting.count(conversation(found), MAY)
    assert tallied()["marseille hour 10"] == 1
