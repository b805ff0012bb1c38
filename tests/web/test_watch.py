"""What becomes of handoffs by time alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from bot.web.conversations import presence, service, signs, states, watch
from bot.web.conversations.models import Handoff, Outcome

from .conftest import Served, until
from .handoffs import advisor, audit, fresh, live, pass_minutes, waiting
from .helpers import begin, choose, conversation, house, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def details(handoff: Handoff) -> list[str]:
    return [line[3] for line in audit(handoff) if line[3]]


@pytest.fixture
def seen() -> Handoff:
    """A handoff that waits while an advisor is there: nothing but the wait was told."""
    presence.here(advisor("Sofia").pk)
    return waiting()


def test_who_waits_long_is_asked_for_at_every_cite_then_told(seen: Handoff) -> None:
    pass_minutes(4)
    assert watch.look() == 0
    pass_minutes(1)
    assert watch.look() == 1
    assert fresh(seen).widened
    assert len(house(seen.conversation_id)) == 1
    pass_minutes(5)
    assert watch.look() == 1
    assert house(seen.conversation_id)[-1].startswith("Personne n'a encore pu vous répondre.")
    pass_minutes(60)
    assert watch.look() == 0  # once
    assert details(seen) == ["widened", "told"]
    assert (fresh(seen).state, conversation(seen.conversation_id).speaker) == ("waiting", "waiting")


def test_what_is_offered_then_does_what_it_says(seen: Handoff) -> None:
    talk = seen.conversation_id
    for _ in range(2):
        pass_minutes(6)
        watch.look()
    told = service.messages_after(talk)[-1].payload
    assert [choice["title"] for choice in told["choices"]] == ["Continuer à attendre", "Revenir à l'assistant"]
    assert [card["kind"] for card in told["cards"]] == ["callback"]
    choose(talk, "Continuer à attendre")
    assert house(talk)[-1] == "D'accord. Votre demande reste dans la file d'attente."
    assert conversation(talk).speaker == "waiting"
    choose(talk, "Revenir à l'assistant")
    assert conversation(talk).speaker == "bot"
    choose(talk, "Continuer à attendre")  # an old choice says nothing
    assert house(talk)[-1] == "Vous parlez de nouveau avec l'assistant."


def test_who_was_told_of_other_ways_at_once_is_not_told_again() -> None:
    handoff = states.open_handoff(begin(), True, {}, "person")  # nobody is there, no hours are known
    for _ in range(3):
        pass_minutes(6)
        watch.look()
    assert details(handoff) == ["widened"]
    assert len(house(handoff.conversation_id)) == 1


def test_who_is_answered_meanwhile_is_left_alone(seen: Handoff) -> None:
    pass_minutes(30)
    states.claim(seen.pk, advisor("Marc"))
    assert not watch.widen(seen.pk)
    assert not watch.tell_unanswered(seen.pk)
    assert watch.look() == 0


def test_one_put_back_waits_from_then_on() -> None:
    sofia = advisor("Sofia")
    presence.here(sofia.pk)
    handoff = live(sofia)
    pass_minutes(30)
    states.transfer(handoff.pk, sofia, None)
    assert watch.look() == 0
    pass_minutes(6)
    assert watch.look() == 1


def test_a_silent_person_is_reminded_once_then_the_exchange_ends() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    talk = handoff.conversation_id
    states.advisor_says(handoff.pk, sofia, "Que puis-je pour vous ?")
    pass_minutes(6)
    assert watch.look() == 1
    assert house(talk)[-1].startswith("Êtes-vous encore là ?")
    assert watch.look() == 0
    pass_minutes(11)
    assert watch.look() == 1
    row = fresh(handoff)
    assert (row.state, row.outcome, conversation(talk).speaker) == ("closed", Outcome.LEFT, "bot")
    assert audit(handoff)[-1][:3] == ("live", "closed", "house")
    assert "L'échange a pris fin" in house(talk)[-1]
    say(talk, "me revoilà")
    assert conversation(talk).due  # the assistant answers


@pytest.mark.parametrize("sign", ["says", "chooses", "types", "advisor"])
def test_any_sign_of_life_counts(sign: str) -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    talk = handoff.conversation_id
    states.advisor_says(handoff.pk, sofia, "Que puis-je pour vous ?")
    pass_minutes(6)
    watch.look()
    pass_minutes(9)
    if sign == "says":
        say(talk, "pardon")
    elif sign == "chooses":
        choose(talk, "Oui, je suis là")
    elif sign == "types":
        signs.person_types(talk, True)
    else:
        states.advisor_says(handoff.pk, sofia, "Prenez votre temps")
    pass_minutes(4)
    assert watch.look() == 0
    assert fresh(handoff).state == "live"


def test_who_waits_for_the_advisor_s_answer_is_not_called_silent() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    pass_minutes(500)
    assert watch.look() == 0
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    say(handoff.conversation_id, "bonjour")
    pass_minutes(500)
    assert watch.look() == 0


def test_several_processes_tell_it_once(seen: Handoff) -> None:
    for _ in range(2):
        pass_minutes(6)
        together(6)
    assert details(seen) == ["widened", "told"]
    assert len(house(seen.conversation_id)) == 2


def together(processes: int) -> None:
    """So many look at the same instant."""
    barrier = threading.Barrier(processes)

    def one() -> None:
        barrier.wait()
        try:
            watch.look()
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(processes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_process_of_all_looks_each_time(settings: Any) -> None:
    assert [watch.claim(), watch.claim()] == [True, False]


def test_the_server_looks_by_itself(settings: Any, rasa: Any, transactional_db: None) -> None:
    settings.WATCH_POLL = 0.05
    settings.HANDOFF_WIDEN = settings.HANDOFF_TELL = 0.001
    presence.here(advisor("Sofia").pk)
    talk = waiting().conversation_id
    served = Served()
    served.start()
    try:
        until(lambda: any(text.startswith("Personne n'a encore") for text in texts(talk)))
    finally:
        served.stop()
