"""What becomes of handoffs by time alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bot.web.conversations import presence, service, signs, silence, states, watch
from bot.web.conversations.models import Handoff, Outcome
from bot.web.desk.access import transcript
from bot.web.words import word

from .conftest import Served, until
from .handoffs import advisor, audit, fresh, live, pass_minutes, waiting
from .helpers import account, begin, choose, conversation, house, say, texts

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


def test_who_must_reload_the_page_to_see_an_answer_has_far_more_time() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia, channel="page")
    states.advisor_says(handoff.pk, sofia, "Que puis-je pour vous ?")
    pass_minutes(29)
    assert watch.look() == 0
    pass_minutes(2)
    assert watch.look() == 1
    assert "dans 60 min." in house(handoff.conversation_id)[-1]
    pass_minutes(58)
    assert watch.look() == 0
    pass_minutes(3)
    assert watch.look() == 1
    assert fresh(handoff).outcome == Outcome.LEFT


@pytest.mark.parametrize("cite", ["demo", "nimes"])
def test_once_every_cite_may_take_it_whoever_is_there_of_any_is_told_of(cite: str) -> None:
    sofia, marc = account("Sofia", "demo"), account("Marc", cite)
    handoff = live(sofia)
    presence.here(marc.pk, cites=[cite], languages=["fr"])
    for _ in range(2):
        pass_minutes(6)
        watch.look()
    assert fresh(handoff).widened
    assert "Quelqu'un de l'équipe est là" in house(handoff.conversation_id)[-1]


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
    pass_minutes(2)
    assert watch.look() == 0
    assert fresh(handoff).state == "live"


def test_who_waits_for_the_advisor_s_answer_is_not_called_silent() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    say(handoff.conversation_id, "bonjour")
    for _ in range(2):
        pass_minutes(500)
        watch.look()
    assert details(handoff) == ["nudged", f"silent:{sofia.pk}"]
    assert not any("Êtes-vous encore là" in text for text in house(handoff.conversation_id))


@pytest.mark.parametrize("way", ["transfer", "queue"])
def test_who_waits_for_the_next_advisor_s_first_word_is_not_called_silent(way: str) -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    states.advisor_says(handoff.pk, sofia, "Bonjour, je passe la main")
    pass_minutes(6)
    watch.look()  # asked whether they are still there
    if way == "transfer":
        states.transfer(handoff.pk, sofia, marc)
    else:
        states.transfer(handoff.pk, sofia, None)
        pass_minutes(3)
        states.claim(handoff.pk, marc)
    assert fresh(handoff).reminded is None
    before = len(house(handoff.conversation_id))
    pass_minutes(2)
    assert watch.look() == 0
    pass_minutes(2)
    assert (watch.look(), details(handoff)[-1]) == (1, "nudged")
    pass_minutes(6)
    assert (watch.look(), details(handoff)[-1]) == (1, f"silent:{marc.pk}")
    assert not any("Êtes-vous encore là" in text for text in house(handoff.conversation_id)[before:])


def test_the_next_advisor_s_words_unanswered_are_the_person_s_silence() -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    states.advisor_says(handoff.pk, sofia, "Bonjour, je passe la main")
    states.transfer(handoff.pk, sofia, marc)
    states.advisor_says(handoff.pk, marc, "Que puis-je pour vous ?")
    pass_minutes(6)
    assert (watch.look(), details(handoff)[-1]) == (1, "reminded")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Sofia ne peut pas vous répondre pour le moment. Nous cherchons quelqu'un d'autre"),
        ("en", "Sofia cannot answer you at the moment. We are looking for somebody else"),
        ("es", "Sofia no puede responderle por ahora. Buscamos a otra persona"),
        ("it", "Sofia non può risponderLe in questo momento. Cerchiamo un'altra persona"),
        ("pt", "Sofia não pode responder-lhe de momento. Procuramos outra pessoa"),
    ],
)
def test_an_advisor_who_falls_silent_gets_a_sign_then_somebody_else_is_looked_for(language: str, told: str) -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    presence.here(sofia.pk)
    handoff = live(sofia, language=language)
    talk = handoff.conversation_id
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    say(talk, "première")
    pass_minutes(2)
    say(talk, "deuxième")  # who goes on writing does not wait for less long
    pass_minutes(2)
    assert (watch.look(), details(handoff)) == (1, ["nudged"])
    assert (watch.look(), fresh(handoff).state) == (0, "live")
    say(talk, "troisième")
    pass_minutes(5)
    assert watch.look() == 1
    row = fresh(handoff)
    assert (row.state, row.claimed_by, conversation(talk).speaker) == ("waiting", None, "waiting")
    assert row.widened == row.queued
    assert audit(handoff)[-1] == ("live", "waiting", "house", f"silent:{sofia.pk}")
    assert house(talk)[-1].startswith(told)
    assert word("door.promise_here", language) not in house(talk)[-1]  # her desk is open still: it promises nothing
    say(talk, "quatrième")
    with pytest.raises(states.WrongState):
        states.advisor_says(handoff.pk, sofia, "me voilà")
    states.claim(handoff.pk, marc)
    read = [message.text for message in transcript(fresh(handoff)) if message.author == "person"]
    assert read == ["avant", "première", "deuxième", "troisième", "quatrième"]
    assert conversation(talk).due is None  # none of it is for the assistant


@pytest.mark.parametrize("sign", ["says", "types", "passes"])
def test_any_sign_of_the_advisor_counts(sign: str) -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    pass_minutes(4)
    assert (watch.look(), details(handoff)) == (1, ["nudged"])  # since it was taken nothing was said
    pass_minutes(4)
    if sign == "says":
        states.advisor_says(handoff.pk, sofia, "Je cherche")
        assert fresh(handoff).nudged is None
    elif sign == "types":
        signs.advisor_types(handoff.pk, sofia, True)
    else:
        states.transfer(handoff.pk, sofia, marc)
    pass_minutes(2)
    assert watch.look() == 0
    assert fresh(handoff).state == "live"


def test_several_processes_look_for_somebody_else_once() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    for _ in range(2):
        pass_minutes(6)
        together(4)
    assert details(handoff) == ["nudged", f"silent:{sofia.pk}"]
    assert sum("Nous cherchons quelqu'un d'autre" in text for text in house(handoff.conversation_id)) == 1


def test_only_what_is_due_is_locked(django_assert_num_queries: Any) -> None:
    sofia = advisor("Sofia")
    exchanges = [live(sofia) for _ in range(5)]
    for each in exchanges:
        states.advisor_says(each.pk, sofia, "Que puis-je pour vous ?")
    with django_assert_num_queries(4):  # one for each of what may be due, however many are live
        assert watch.look() == 0
    pass_minutes(6)
    for each in exchanges[1:]:
        states.advisor_says(each.pk, sofia, "Prenez votre temps")
    with CaptureQueriesContext(connection) as queries:
        assert watch.look() == 1
    begun = [query["sql"] for query in queries if query["sql"].startswith(("BEGIN", "SAVEPOINT"))]
    assert len(begun) == 1
    assert details(exchanges[0]) == ["reminded"]


def test_what_is_no_longer_due_under_the_lock_is_left_alone() -> None:
    sofia = advisor("Sofia")
    handoff = live(sofia)
    assert not silence.of_advisor(handoff.pk)
    states.advisor_says(handoff.pk, sofia, "Bonjour")
    assert not silence.of_person(handoff.pk)
    states.close(handoff.pk, sofia)
    pass_minutes(500)
    assert not silence.of_person(handoff.pk)
    assert not silence.of_advisor(handoff.pk)


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
