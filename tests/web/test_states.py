"""Who may speak, and the life of a handoff."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from bot.web.conversations import service, states
from bot.web.conversations.models import Conversation, Handoff, Transition
from bot.web.desk.access import transcript
from bot.web.desk.models import Advisor

from . import handoffs
from .helpers import begin, carry, choose, conversation, house, progress, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sofia() -> Advisor:
    return Advisor.objects.create_user("sofia", password="x", first_name="Sofia")


@pytest.fixture
def marc() -> Advisor:
    return Advisor.objects.create_user("marc", password="x", first_name="Marc")


def waiting(consent: bool = True) -> Handoff:
    """A handoff that waits, after one exchange."""
    talk = begin()
    say(talk, "avant")
    Conversation.objects.filter(pk=talk).update(due=None)
    conversation(talk).messages.update(progress="answered")
    return states.open_handoff(talk, consent, {"concern": "change_job"}, "bot")


def lines(handoff: Handoff) -> list[str]:
    handoff.refresh_from_db()
    return [message.text for message in transcript(handoff)]


def audit(handoff: Handoff) -> list[tuple[str, str, str]]:
    return list(Transition.objects.filter(handoff=handoff).order_by("pk").values_list("before", "after", "actor"))


def test_the_whole_life(sofia: Advisor) -> None:
    handoff = waiting()
    talk = handoff.conversation_id
    assert conversation(talk).speaker == "waiting"
    states.claim(handoff.pk, sofia)
    assert conversation(talk).speaker == "advisor"
    states.advisor_says(handoff.pk, sofia, "Bonjour, que puis-je pour vous ?")
    assert texts(talk, "advisor") == ["Bonjour, que puis-je pour vous ?"]
    states.give_back(handoff.pk, sofia)
    assert conversation(talk).speaker == "bot"
    who = f"advisor:{sofia.pk}"
    assert audit(handoff) == [("", "waiting", "bot"), ("waiting", "live", who), ("live", "given_back", who)]
    assert [text.split()[0] for text in house(talk)] == ["Votre", "Sofia", "Sofia"]


def test_closing_lets_the_bot_answer_again(sofia: Advisor) -> None:
    handoff = waiting()
    states.claim(handoff.pk, sofia)
    states.close(handoff.pk, sofia)
    handoff.refresh_from_db()
    assert handoff.state == "closed"
    assert handoff.ended is not None
    assert conversation(handoff.conversation_id).speaker == "bot"


def test_two_advisors_never_take_the_same_one(sofia: Advisor, marc: Advisor) -> None:
    handoff = waiting()
    states.claim(handoff.pk, sofia)
    with pytest.raises(states.WrongState):
        states.claim(handoff.pk, marc)
    handoff.refresh_from_db()
    assert handoff.claimed_by == sofia


def test_of_advisors_at_the_same_instant_one_wins() -> None:
    advisors = [Advisor.objects.create_user(f"a{n}", password="x", first_name=f"A{n}") for n in range(6)]
    for _ in range(5):
        handoff = waiting()
        barrier = threading.Barrier(len(advisors))
        won: list[int] = []

        def take(advisor: Advisor, handoff: Handoff = handoff, barrier: Any = barrier, won: list[int] = won) -> None:
            barrier.wait()
            try:
                states.claim(handoff.pk, advisor)
                won.append(advisor.pk)
            except states.WrongState:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=[advisor]) for advisor in advisors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        handoff.refresh_from_db()
        assert won == [handoff.claimed_by_id]
        assert len(audit(handoff)) == 2


def test_only_the_one_who_has_it_may_speak_and_end(sofia: Advisor, marc: Advisor) -> None:
    handoff = waiting()
    for act in (
        lambda: states.advisor_says(handoff.pk, sofia, "trop tôt"),
        lambda: states.give_back(handoff.pk, sofia),
    ):
        with pytest.raises(states.WrongState):
            act()
    states.claim(handoff.pk, sofia)
    for act in (
        lambda: states.advisor_says(handoff.pk, marc, "pas à moi"),
        lambda: states.give_back(handoff.pk, marc),
        lambda: states.close(handoff.pk, marc),
        lambda: states.close(handoff.pk + 99, sofia),
    ):
        with pytest.raises(states.WrongState):
            act()
    assert texts(handoff.conversation_id, "advisor") == []


def test_nothing_moves_after_the_end(sofia: Advisor) -> None:
    handoff = waiting()
    states.claim(handoff.pk, sofia)
    states.close(handoff.pk, sofia)
    for act in (states.claim, states.give_back, states.close):
        with pytest.raises(states.WrongState):
            act(handoff.pk, sofia)
    with pytest.raises(states.WrongState):
        states.advisor_says(handoff.pk, sofia, "encore")


def test_a_second_wish_joins_the_first() -> None:
    handoff = waiting()
    again = states.open_handoff(handoff.conversation_id, False, {}, "bot")
    assert again.pk == handoff.pk
    assert again.consent
    with pytest.raises(IntegrityError):
        Handoff.objects.create(conversation_id=handoff.conversation_id, consent=True, from_seq=0)


def test_with_consent_the_advisor_reads_from_the_start(sofia: Advisor) -> None:
    handoff = waiting(consent=True)
    assert lines(handoff)[0] == "avant"


def test_without_consent_only_from_the_request_on(sofia: Advisor) -> None:
    handoff = waiting(consent=False)
    talk = handoff.conversation_id
    say(talk, "après")
    read = lines(handoff)
    assert "avant" not in read
    assert "après" in read
    states.claim(handoff.pk, sofia)
    say(talk, "encore")
    assert "encore" in lines(handoff)
    assert "avant" not in lines(handoff)


def test_once_ended_the_advisor_reads_nothing_of_what_follows(sofia: Advisor) -> None:
    handoff = waiting()
    states.claim(handoff.pk, sofia)
    states.give_back(handoff.pk, sofia)
    say(handoff.conversation_id, "cela ne vous regarde plus")
    assert "cela ne vous regarde plus" not in lines(handoff)
    assert "avant" in lines(handoff)


def test_what_is_said_while_waiting_is_kept_and_not_sent_to_rasa(rasa: Any, sofia: Advisor) -> None:
    handoff = waiting()
    talk = handoff.conversation_id
    say(talk, "vous êtes là ?")
    carry(talk)
    states.claim(handoff.pk, sofia)
    say(talk, "merci")
    carry(talk)
    assert rasa.messages == []
    assert progress(talk) == ["answered", "kept", "kept"]
    states.give_back(handoff.pk, sofia)
    say(talk, "et le bot ?")
    carry(talk)
    assert rasa.messages == ["et le bot ?"]


def test_what_rasa_has_not_answered_yet_is_for_the_advisor() -> None:
    talk = begin()
    say(talk, "secret")
    conversation(talk).messages.update(progress="answered")
    say(talk, "pas encore répondu")
    handoff = states.open_handoff(talk, False, {}, "bot")
    assert progress(talk) == ["answered", "kept"]
    assert conversation(talk).due is None
    assert lines(handoff)[0] == "pas encore répondu"


def test_the_person_can_go_back_to_the_assistant(rasa: Any) -> None:
    handoff = waiting()
    talk = handoff.conversation_id
    choose(talk, "Revenir à l'assistant")
    handoff.refresh_from_db()
    assert (handoff.state, conversation(talk).speaker) == ("closed", "bot")
    assert audit(handoff)[-1] == ("waiting", "closed", "person")
    choose(talk, "Revenir à l'assistant")  # an old choice does no harm
    assert house(talk)[-1] == "Vous parlez de nouveau avec l'assistant."
    assert len(house(talk)) == 2
    carry(talk)
    assert rasa.messages == []


def test_who_waits_knows_their_place_in_the_queue(sofia: Advisor) -> None:
    first, second = waiting(), waiting()

    def places() -> list[int | None]:
        return [service.state(handoff.conversation_id).position for handoff in (first, second)]

    assert places() == [1, 2]
    states.claim(first.pk, sofia)
    assert places() == [None, 1]


def place(handoff: Handoff) -> int | None:
    return service.state(handoff.conversation_id).position


def test_who_waits_at_another_cite_is_not_before_anybody() -> None:
    elsewhere, mine = handoffs.waiting("paris"), handoffs.waiting("demo")
    assert place(mine) == 1
    Handoff.objects.filter(pk=elsewhere.pk).update(widened=timezone.now())
    assert place(mine) == 2


def test_what_anybody_may_take_is_before_those_of_its_language_only() -> None:
    anywhere, mine, english = handoffs.waiting(""), handoffs.waiting("demo"), handoffs.waiting("paris", language="en")
    assert [place(each) for each in (anywhere, mine, english)] == [1, 2, 1]
