"""What is kept, for how long, and what becomes of it afterwards."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from bot.web.channels.models import Note, Received
from bot.web.conversations import delivery, erasure, lease, retention, service, states
from bot.web.conversations.dispatcher import Dispatcher
from bot.web.conversations.models import (
    Chore,
    Conversation,
    ErasedHandoff,
    Erasure,
    Handoff,
    Message,
    Offer,
    Transition,
)
from bot.web.conversations.rasa import parse
from bot.web.conversations.retention import Purged
from bot.web.conversations.sweeper import Sweeper
from bot.web.desk.models import Advisor, Membership

from .conftest import Served, until
from .fake_rasa import FakeRasa, said
from .helpers import account, begin, carry, conversation, run, say, texts
from .kept import files

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = Purged(0, 0, 0)


@pytest.fixture
def sofia() -> Advisor:
    return Advisor.objects.create_user("sofia", password="x", first_name="Sofia")


def silent(days: float, **settings: Any) -> str:
    """A conversation in which the last word was said so many days ago."""
    talk = begin(**settings)
    say(talk, "bonjour")
    age(talk, days)
    return talk


def age(talk: str, days: float) -> None:
    Conversation.objects.filter(pk=talk).update(last_seen=timezone.now() - timedelta(days=days))
    ended = Handoff.objects.filter(conversation_id=talk, ended__isnull=False)
    ended.update(ended=timezone.now() - timedelta(days=days))


def there() -> set[str]:
    return set(Conversation.objects.values_list("pk", flat=True))


def test_thirty_days_after_the_last_word_everything_goes(rasa: FakeRasa) -> None:
    old, young = silent(30.01), silent(29.99)
    assert retention.purge() == Purged(1, 0, 0)
    assert there() == {young}
    assert {message.conversation_id for message in Message.objects.all()} == {young}
    assert [each.conversation_id for each in Erasure.objects.all()] == [old]
    run(_forget())
    assert rasa.forgotten == [old]
    assert not Erasure.objects.exists()
    assert retention.purge() == NOTHING


def test_a_dry_run_counts_and_changes_nothing(sofia: Advisor) -> None:
    silent(31)
    closed = silent(31)
    states.open_handoff(closed, True, {}, "person")
    states.leave(closed)
    age(closed, 31)
    waiting = silent(31)
    states.open_handoff(waiting, True, {}, "person")
    age(waiting, 31)
    assert retention.purge(dry_run=True) == Purged(2, 1, 1)
    assert len(there()) == 3
    assert not Erasure.objects.exists()
    assert retention.purge() == Purged(2, 1, 1)
    assert there() == {waiting}


def test_the_days_are_a_setting_and_can_be_given(settings: Any) -> None:
    silent(10)
    assert retention.purge() == NOTHING
    assert retention.purge(days=11) == NOTHING
    assert retention.purge(days=9, dry_run=True).conversations == 1
    settings.RETENTION_DAYS = 9
    assert retention.purge() == Purged(1, 0, 0)


def test_a_cite_may_keep_for_longer_or_shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"short": 7, "long": 60, "plain": None}
    known = {name: SimpleNamespace(id=name, retention_days=days) for name, days in own.items()}
    monkeypatch.setattr(retention, "load_cites", lambda: known)
    for cite in "short", "long", "plain", "unknown", None:
        for days in 8, 31, 61:
            Conversation.objects.filter(pk=silent(days)).update(page_cite=cite or "")
    assert [retention.days_kept(cite) for cite in ("short", "long", "plain", "unknown", None)] == [7, 60, 30, 30, 30]
    assert retention.longest_kept() == 60
    assert retention.purge().conversations == 3 + 1 + 2 + 2 + 2
    assert sorted(Conversation.objects.values_list("page_cite", flat=True)) == ["", "long", "long", "plain", "unknown"]


def test_it_is_the_page_s_cite_that_counts_and_not_the_one_talked_about(
    rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "load_cites", lambda: {"demo": SimpleNamespace(id="demo", retention_days=7)})
    rasa.turn = {"cite": "marseille"}
    talk = begin(cite="demo")
    say(talk, "et à Marseille ?")
    carry(talk)
    assert (conversation(talk).cite, conversation(talk).page_cite) == ("marseille", "demo")
    age(talk, 8)
    assert retention.purge().conversations == 1


def test_a_handed_over_one_goes_thirty_days_after_its_closing(sofia: Advisor) -> None:
    talk = silent(31)
    handoff = states.open_handoff(talk, True, {"request": "une demande"}, "person")
    states.claim(handoff.pk, sofia)
    states.close(handoff.pk, sofia)
    Conversation.objects.filter(pk=talk).update(last_seen=timezone.now() - timedelta(days=40))
    assert retention.purge() == NOTHING  # it has just been closed
    age(talk, 30.1)
    assert retention.purge() == Purged(1, 1, 0)
    for model in Conversation, Message, Offer, Handoff, Transition:
        assert not model.objects.exists()


def test_one_that_goes_on_is_left_alone(sofia: Advisor) -> None:
    waiting, live = silent(20), silent(20)
    states.open_handoff(waiting, True, {}, "person")
    states.claim(states.open_handoff(live, True, {}, "person").pk, sofia)
    for talk in waiting, live:
        age(talk, 29)
    assert retention.purge() == NOTHING
    assert there() == {waiting, live}


def test_a_handoff_that_nobody_closes_ends_by_itself_and_goes_later(sofia: Advisor) -> None:
    talk = silent(1)
    handoff = states.open_handoff(talk, True, {}, "person")
    states.claim(handoff.pk, sofia)
    age(talk, 31)
    assert retention.purge() == Purged(0, 0, 1)
    handoff.refresh_from_db()
    assert (handoff.state, conversation(talk).speaker) == ("closed", "bot")
    assert Transition.objects.order_by("-pk").values_list("actor", flat=True)[0] == "house"
    assert retention.purge() == NOTHING
    age(talk, 31)
    assert retention.purge() == Purged(1, 1, 0)


def test_who_speaks_while_it_would_lapse_keeps_the_handoff() -> None:
    talk = silent(31)
    states.open_handoff(talk, True, {}, "person")
    say(talk, "vous êtes là ?")
    assert not states.lapse(talk, timezone.now() - timedelta(days=30))
    assert conversation(talk).speaker == "waiting"


def test_more_than_one_transaction_s_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    for _ in range(5):
        silent(31)
    assert retention.purge() == Purged(5, 0, 0)


def test_one_process_of_several_purges_and_an_hour_later_again() -> None:
    assert [retention.claim(), retention.claim()] == [True, False]
    Chore.objects.update(due=timezone.now() - timedelta(seconds=1))
    assert [retention.claim(), retention.claim()] == [True, False]


def test_a_sweep_purges_tidies_and_has_rasa_drop_what_is_old(rasa: FakeRasa) -> None:
    silent(31)
    Session.objects.create(session_key="old", session_data="x", expire_date=timezone.now() - timedelta(seconds=1))
    ErasedHandoff.objects.create(number=7, at=timezone.now() - timedelta(hours=13))
    run(_sweep())
    assert not there()
    assert not Session.objects.exists()
    assert not ErasedHandoff.objects.exists()
    month_ago = timezone.now() - timedelta(days=30)
    assert rasa.dropped_before and abs(rasa.dropped_before[0] - month_ago.timestamp()) < 5


def test_a_sweep_goes_on_when_rasa_is_away(rasa: FakeRasa, caplog: pytest.LogCaptureFixture) -> None:
    rasa.stop()
    silent(31)
    run(_sweep())
    assert not there()
    assert "could not drop" in caplog.text


def test_the_server_purges_by_itself(rasa: FakeRasa) -> None:
    talk = silent(31)
    served = Served()
    served.start()
    try:
        until(lambda: talk not in there())
        until(lambda: talk in rasa.forgotten)
    finally:
        served.stop()


def test_erasing_while_the_bot_is_answering_leaves_nothing(rasa: FakeRasa) -> None:
    talk = begin()
    say(talk, "un")
    assert lease.take(talk, "me")
    assert lease.next_message(talk, "me")
    service.erase(talk)
    late = parse({"replies": [said("trop tard")], "turn": {}})
    assert not delivery.settle(talk, "me", 1, late)
    delivery.put_off(talk, "me", 1, reachable=True)
    lease.release(talk, "me")
    for model in Conversation, Message, Offer:
        assert not model.objects.exists()
    run(_forget())
    assert rasa.forgotten == [talk]
    assert Erasure.objects.get().due > timezone.now()  # once more, when that turn has surely ended
    Erasure.objects.update(due=timezone.now(), until=timezone.now())
    run(_forget())
    assert rasa.forgotten == [talk, talk]
    assert not Erasure.objects.exists()


def test_erasing_while_a_person_waits_leaves_a_number_at_the_desk(client: Any, sofia: Advisor) -> None:
    talk = silent(0)
    number = states.open_handoff(talk, True, {"request": "une demande"}, "person").pk
    client.force_login(sofia)
    Membership.objects.create(account=sofia, cite="nimes", role="advisor")
    client.get(f"/desk/handoffs/{number}/")
    service.erase(talk)
    shown = client.get("/desk/").content.decode()
    assert "Conversations effacées par la personne" in shown
    assert f"Demande n° {number}," in shown
    assert "une demande" not in shown
    client.force_login(account("Marc", "nimes"))  # who had never opened it
    assert "effacées" not in client.get("/desk/").content.decode()
    client.force_login(sofia)
    ErasedHandoff.objects.update(at=timezone.now() - timedelta(hours=13))
    assert "effacées" not in client.get("/desk/").content.decode()


def test_erasing_what_is_not_there_leaves_nothing() -> None:
    assert not erasure.erase("nobody")
    assert not Erasure.objects.exists()


def in_the_files(mark: str) -> bool:
    """Whether the bytes stand in the database's file, or in what SQLite writes beside it."""
    found = files()
    assert found
    return any(mark.encode() in file.read_bytes() for file in found)


@pytest.mark.sqlite
def test_what_is_erased_leaves_the_file_and_its_log() -> None:
    talk = begin()
    for number in range(30):
        say(talk, f"zxqv-{number} " + "un long message " * 40)
    assert in_the_files("zxqv-17")
    service.erase(talk)
    assert not in_the_files("zxqv-")


@pytest.mark.sqlite
def test_what_is_purged_leaves_the_file_and_its_log_although_somebody_reads() -> None:
    talk = begin()
    say(talk, "zxqv-lu")
    age(talk, 31)
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT text FROM conversations_message")
        cursor.fetchall()
        retention.purge()
        assert in_the_files("zxqv-lu")  # the reader still sees it
        cursor.execute("ROLLBACK")
    reader.close()
    erasure.forgotten(Erasure.objects.get())
    assert not in_the_files("zxqv-lu")
    assert texts(talk) == []


def test_the_sweeper_forgets_what_a_platform_left_that_is_off_by_now(door: Served) -> None:
    old = timezone.now() - timedelta(days=9)
    Note.objects.create(platform="telegram", address="in cipher", body={}, key="k", created=old)
    Received.objects.create(platform="telegram", event_hash="h", at=old)
    run(_sweep())
    assert not Note.objects.exists() and not Received.objects.exists()


async def _sweep() -> None:
    sweeper = Sweeper()
    await sweeper.sweep()
    await sweeper.close()


async def _forget() -> None:
    dispatcher = Dispatcher()
    await dispatcher.forget_erased()
    await dispatcher.close()


def test_the_sweeper_ends_when_told() -> None:
    async def _run() -> None:
        sweeper = Sweeper()
        task = asyncio.create_task(sweeper.run())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await sweeper.close()

    run(_run())
