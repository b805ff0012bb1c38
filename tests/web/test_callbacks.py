"""A call back: asked for outside the conversation, kept encrypted, read by one advisor of the Cité, erased."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.serializers import serialize
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from bot.web.conversations import callbacks, contacts, erasure, retention, service, states
from bot.web.conversations.contacts import Contact, checked
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Callback, ErasedHandoff, Handoff, Message, Transition
from bot.web.conversations.states import WrongState
from bot.web.desk.access import transcript

from .handoffs import advisor, audit, fresh, live, waiting
from .helpers import begin, choose, conversation, house, say, texts
from .person import Person, code

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = ("Camille", "06 12 34 56 78", "le matin")
TOLD = Contact("Camille", "+33 6 12 34 56 78", "le matin")


def asked(**more: Any) -> Handoff:
    """A handoff of which the person asked to be called back."""
    handoff = waiting(**more)
    callbacks.request(handoff.conversation_id, *ASKED)
    return fresh(handoff)


def everything() -> str:
    """All rows, as text."""
    models = (Handoff, Callback, Message, Transition)
    return "".join(serialize("json", model.objects.all(), ensure_ascii=False) for model in models)


def test_the_whole_life() -> None:
    handoff, sofia = asked(), advisor("Sofia")
    talk = handoff.conversation_id
    assert (handoff.state, conversation(talk).speaker) == ("callback", "bot")
    assert "Votre demande de rappel est transmise" in house(talk)[-1]
    assert callbacks.open_callback(handoff.pk, sofia) == TOLD
    callbacks.finish_callback(handoff.pk, sofia, "appointment")
    row = fresh(handoff)
    assert (row.state, row.outcome, row.claimed_by) == ("done", "appointment", sofia)
    assert row.ended
    assert not Callback.objects.exists()
    who = f"advisor:{sofia.pk}"
    assert audit(handoff) == [
        ("", "waiting", "bot", ""),
        ("waiting", "callback", "person", ""),
        ("callback", "callback", who, "opened"),
        ("callback", "done", who, ""),
    ]


def test_nothing_of_it_is_readable_in_the_database_nor_in_the_conversation() -> None:
    handoff = asked()
    kept = everything() + str(service.messages_after(handoff.conversation_id))
    for secret in ("Camille", "12 34 56", "123456", "le matin"):
        assert secret not in kept
    assert Callback.objects.get().contact != Callback.objects.get().name


def test_what_is_said_to_the_assistant_afterwards_is_not_the_advisor_s() -> None:
    handoff = asked()
    say(handoff.conversation_id, "cela ne vous regarde pas")
    assert "cela ne vous regarde pas" not in [message.text for message in transcript(fresh(handoff))]
    assert conversation(handoff.conversation_id).due  # the bot answers


def test_of_several_advisors_at_the_same_instant_one_has_it() -> None:
    handoff = asked()
    advisors = [advisor(f"A{number}") for number in range(5)]
    barrier, won = threading.Barrier(len(advisors)), []

    def take(one: Any) -> None:
        barrier.wait()
        try:
            callbacks.open_callback(handoff.pk, one)
            won.append(one)
        except WrongState:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[one]) for one in advisors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [fresh(handoff).claimed_by]
    other = next(one for one in advisors if one not in won)
    with pytest.raises(WrongState):
        callbacks.finish_callback(handoff.pk, other)
    assert callbacks.open_callback(handoff.pk, other, instead_of=won[0].pk) == TOLD
    callbacks.finish_callback(handoff.pk, other, "answered")


def test_of_two_who_take_it_over_from_the_same_one_the_first_has_it_and_the_audit_says_from_whom() -> None:
    handoff, gone, marc, ines = asked(), advisor("Gone"), advisor("Marc"), advisor("Inès")
    callbacks.open_callback(handoff.pk, gone)
    assert callbacks.open_callback(handoff.pk, marc, instead_of=gone.pk) == TOLD
    with pytest.raises(WrongState):
        callbacks.open_callback(handoff.pk, ines, instead_of=gone.pk)
    with pytest.raises(WrongState):
        callbacks.finish_callback(handoff.pk, gone, "answered")
    assert audit(handoff)[-1] == ("callback", "callback", f"advisor:{marc.pk}", f"taken_over:{gone.pk}")
    callbacks.finish_callback(handoff.pk, marc, "answered")
    assert fresh(handoff).state == "done"


def test_sent_again_it_replaces_what_was_sent() -> None:
    handoff = asked()
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org")
    assert Callback.objects.count() == 1
    opened = callbacks.open_callback(handoff.pk, advisor("Sofia"))
    assert opened == Contact("Camille", "camille@example.org", "")
    assert len(house(handoff.conversation_id)) == 2  # told once


def test_a_later_one_takes_the_place_of_an_earlier() -> None:
    first = asked()
    second = states.open_handoff(first.conversation_id, True, {}, "person")
    callbacks.request(first.conversation_id, *ASKED)
    assert (fresh(first).state, fresh(second).state) == ("closed", "callback")
    assert Callback.objects.get().handoff == second


def test_nobody_is_called_back_who_does_not_wait() -> None:
    for talk in (begin(), live(advisor("Sofia")).conversation_id, "nobody"):
        with pytest.raises(Refused, match="no_callback|not_found"):
            callbacks.request(talk, *ASKED)
    talk = states.open_handoff(begin(channel="telegram"), True, {}, "person").conversation_id
    with pytest.raises(Refused, match="no_callback"):
        callbacks.request(talk, *ASKED)
    assert not Callback.objects.exists()


def test_the_person_may_change_their_mind() -> None:
    handoff = asked()
    talk = handoff.conversation_id
    choose(talk, "Annuler ma demande de rappel")
    assert fresh(handoff).state == "closed"
    assert not Callback.objects.exists()
    choose(talk, "Annuler ma demande de rappel")
    assert sum("est annulée" in text for text in texts(talk)) == 1


def test_after_two_weeks_it_is_erased_whatever_became_of_it(settings: Any) -> None:
    old, recent = asked(), asked()
    Callback.objects.filter(handoff=old).update(asked=timezone.now() - timedelta(days=settings.CALLBACK_DAYS, hours=1))
    retention.tidy()
    assert fresh(old).state == "closed"
    assert audit(old)[-1][:3] == ("callback", "closed", "house")
    assert [kept.handoff for kept in Callback.objects.all()] == [recent]


def test_erasing_the_conversation_erases_it_and_the_desk_knows_that_it_was() -> None:
    handoff = asked()
    erasure.erase(handoff.conversation_id)
    assert not Callback.objects.exists()
    assert ErasedHandoff.objects.get().number == handoff.pk


def test_while_it_is_to_be_done_the_conversation_is_kept() -> None:
    handoff = asked()
    assert retention.purge(days=0).conversations == 0
    callbacks.open_callback(handoff.pk, sofia := advisor("Sofia"))
    callbacks.finish_callback(handoff.pk, sofia)
    assert retention.purge(days=0).conversations == 1


def test_keys_can_be_changed_and_what_no_key_opens_is_none(settings: Any) -> None:
    settings.CALLBACK_KEY = "old"
    handoff, sofia = asked(), advisor("Sofia")
    settings.CALLBACK_KEY = "new,old"
    assert callbacks.open_callback(handoff.pk, sofia) == TOLD
    settings.CALLBACK_KEY = "new"
    assert callbacks.open_callback(handoff.pk, sofia) is None
    callbacks.finish_callback(handoff.pk, sofia, "other")


@pytest.mark.parametrize(
    ("cite", "typed", "kept"),
    [
        ("demo", "0612345678", "+33 6 12 34 56 78"),
        ("", "06.12.34.56.78", "+33 6 12 34 56 78"),
        ("geneve", "079 123 45 67", "+41 79 123 45 67"),
        ("demo", "+39 347 123 4567", "+39 347 123 4567"),
        ("la-reunion", "0692 12 34 56", "+262 692 12 34 56"),
        ("demo", " a.b@example.org ", "a.b@example.org"),
    ],
)
def test_a_number_is_read_as_the_cite_s_country_writes_it(cite: str, typed: str, kept: str) -> None:
    assert checked("Camille", typed, None, cite).contact == kept


@pytest.mark.parametrize(
    ("name", "contact", "moment", "code"),
    [
        ("", "0612345678", "", "no_name"),
        (" \u200b ", "0612345678", "", "no_name"),
        (None, "0612345678", "", "no_name"),
        ("C", "061234", "", "bad_contact"),
        ("C", "", "", "bad_contact"),
        ("C", "a@b", "", "bad_contact"),
        ("C", "a@b.fr\r\nBcc: x@y.fr", "", "bad_contact"),
        ("C", 612345678, "", "bad_request"),
        ("C", "0612345678", ["matin"], "bad_request"),
        ("C" * 121, "0612345678", "", "bad_request"),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_word_on_it(name: Any, contact: Any, moment: Any, code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        checked(name, contact, moment, "demo")


@trials(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["demo", "geneve", ""]))
def test_any_text_is_a_contact_or_refused(name: str, contact: str, cite: str) -> None:
    try:
        found = contacts.checked(name, contact, None, cite)
    except Refused as refused:
        assert refused.code in ("no_name", "bad_contact")
    else:
        assert found.contact.startswith("+") or "@" in found.contact
        assert found.name.isprintable()


def test_over_the_api(person: Person) -> None:
    asks = {"name": "Camille", "contact": "06 12 34 56 78"}
    assert code(person.call("POST", "/callback", json=asks)) == (409, "no_callback")
    states.open_handoff(person.id, True, {}, "person")
    assert code(person.call("POST", "/callback", json={**asks, "contact": "06"})) == (400, "bad_contact")
    answer = person.call("POST", "/callback", json=asks)
    assert answer.status_code == 201
    until = datetime.fromisoformat(answer.json()["until"])
    assert timedelta(days=13) < until - timezone.now() <= timedelta(days=14)
    state = person.call("GET", "/messages").json()["state"]
    assert (state["speaker"], state["callback"]) == ("bot", False)
    assert callbacks.open_callback(Handoff.objects.get().pk, advisor("Sofia"))
