"""What several do at the same moment: each thing happens once, and nobody gets an error. On SQLite, and on PostgreSQL
(`test_on_postgres`), where nothing but the locks that are taken keeps two apart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bot.web.channels import inbox, outbox
from bot.web.channels.models import Contact, Parcel
from bot.web.channels.platform import Incoming, Kind
from bot.web.channels.telegram import Telegram
from bot.web.conversations import erasure, lease, retention, service, silence, states, watch
from bot.web.conversations.models import Conversation, Handoff, Message, Transition

from .helpers import account, begin, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at one moment, each on a connection of its own; what each gave, or the error that it raised."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        gate.wait(10)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def waiting_handoff() -> Handoff:
    return states.open_handoff(begin(), True, {}, "bot")


def test_one_of_two_advisors_takes_a_request() -> None:
    handoff, both = waiting_handoff(), [account("Sofia", "demo"), account("Karim", "demo")]
    done = together(*(lambda who=who: states.claim(handoff.pk, who) for who in both))
    assert {type(each) for each in done} == {Handoff, states.WrongState}
    assert Transition.objects.filter(handoff=handoff, after="live").count() == 1


def test_a_transfer_and_an_end_are_not_both_done() -> None:
    handoff, sofia, karim = waiting_handoff(), account("Sofia", "demo"), account("Karim", "demo")
    states.claim(handoff.pk, sofia)
    done = together(lambda: states.transfer(handoff.pk, sofia, karim), lambda: states.close(handoff.pk, sofia))
    assert {type(each) for each in done} == {Handoff, states.WrongState}


def test_what_waits_long_is_widened_once() -> None:
    handoff = waiting_handoff()
    Handoff.objects.filter(pk=handoff.pk).update(queued=timezone.now() - timedelta(hours=1))
    assert sorted(together(*[lambda: watch.widen(handoff.pk)] * 4)) == [False, False, False, True]


def test_for_a_silent_advisor_somebody_else_is_looked_for_once() -> None:
    handoff, sofia = waiting_handoff(), account("Sofia", "demo")
    states.claim(handoff.pk, sofia)
    for done in "nudged", f"silent:{sofia.pk}":
        Handoff.objects.filter(pk=handoff.pk, nudged=None).update(held=timezone.now() - timedelta(hours=1))
        Handoff.objects.exclude(nudged=None).update(nudged=timezone.now() - timedelta(minutes=30))
        assert sorted(together(*[lambda: silence.of_advisor(handoff.pk)] * 4)) == [False, False, False, True]
        assert Transition.objects.filter(handoff=handoff, detail=done).count() == 1
    assert Handoff.objects.get(pk=handoff.pk).state == "waiting"


def test_an_answer_at_the_last_moment_is_stored_or_refused_never_lost() -> None:
    handoff, sofia = waiting_handoff(), account("Sofia", "demo")
    states.claim(handoff.pk, sofia)
    long_ago = timezone.now() - timedelta(hours=1)
    Handoff.objects.filter(pk=handoff.pk).update(held=long_ago, nudged=long_ago + timedelta(minutes=4))
    moved, said = together(
        lambda: silence.of_advisor(handoff.pk), lambda: states.advisor_says(handoff.pk, sofia, "me voilà")
    )
    row = Handoff.objects.get(pk=handoff.pk)
    kept = row.conversation.messages.filter(author="advisor").count()
    assert (moved, kept, row.state) in ((True, 0, "waiting"), (False, 1, "live"))
    assert isinstance(said, states.WrongState) is moved


def test_a_lease_is_one_process_s() -> None:
    talk = begin()
    say(talk, "bonjour")
    assert sorted(together(*(lambda name=name: lease.take(talk, name) for name in "abcd"))) == [False] * 3 + [True]


def test_the_same_message_sent_four_times_is_stored_once() -> None:
    talk = begin()
    done = together(*[lambda: service.post_message(talk, "one id", text="bonjour")] * 4)
    assert sorted(each.new for each in done) == [False, False, False, True]
    assert len({each.seq for each in done}) == 1


def test_messages_at_one_moment_are_numbered_one_after_the_other() -> None:
    talk = begin()
    together(*(lambda n=n: service.post_message(talk, f"id {n}", text=f"n {n}") for n in range(6)))
    assert [each.seq for each in service.messages_after(talk)] == [1, 2, 3, 4, 5, 6]


def test_two_first_messages_of_one_person_make_one_conversation() -> None:
    events = [Incoming(id=f"e{n}", user="7", address="7", kind=Kind.TEXT, text=f"n{n}") for n in range(4)]
    done = together(*(lambda event=event: inbox.take(Telegram(), event) for event in events))
    assert done == [True] * 4
    talk = Contact.objects.get().conversation_id
    assert sorted(texts(talk, "person")) == ["n0", "n1", "n2", "n3"]


def test_an_event_that_comes_four_times_counts_once() -> None:
    event = Incoming(id="e", user="7", address="7", kind=Kind.TEXT, text="bonjour")
    inbox.take(Telegram(), Incoming(id="first", user="7", address="7", kind=Kind.TEXT, text="là"))
    assert sorted(together(*[lambda: inbox.take(Telegram(), event)] * 4)) == [False, False, False, True]


@pytest.mark.parametrize("number", range(5))
def test_erasing_while_the_outbox_makes_parcels_leaves_nothing(number: int) -> None:
    inbox.take(Telegram(), Incoming(id=f"e{number}", user=str(number), address="7", kind=Kind.TEXT, text="là"))
    contact = Contact.objects.get()
    assert outbox.take(contact.pk, "me")
    done = together(
        lambda: outbox.next_parcel(contact.pk, "me", Telegram()), lambda: erasure.erase(contact.conversation_id)
    )
    assert [each for each in done if isinstance(each, Exception)] == []
    assert not Conversation.objects.exists()
    assert not Parcel.objects.exists()


def test_several_purge_at_once() -> None:
    talks = [begin() for _ in range(40)]
    long_ago = timezone.now() - timedelta(days=400)
    for number, talk in enumerate(talks):
        say(talk, "bonjour")
        Conversation.objects.filter(pk=talk).update(last_seen=long_ago + timedelta(minutes=number * 7 % 40))
    done = together(*[retention.purge] * 3)
    assert sum(each.conversations for each in done) == 40
    assert not Message.objects.exists()
