"""Messages on their way to Rasa and back, whatever happens to Rasa."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bot.web.conversations import delivery, lease, service, states
from bot.web.conversations.dispatcher import Dispatcher
from bot.web.conversations.models import Conversation, Erasure, Handoff
from bot.web.conversations.rasa import RasaClient, parse
from bot.web.logs import QuietFormatter

from .conftest import until
from .fake_rasa import FakeRasa, said
from .helpers import _carry, begin, carry, choose, conversation, house, progress, run, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def now_due(conversation_id: str) -> None:
    """As if the pause before the next try were over."""
    Conversation.objects.filter(pk=conversation_id).update(due=timezone.now())


def older(conversation_id: str, seconds: int) -> None:
    """As if the person's messages were that much older."""
    for message in conversation(conversation_id).messages.all():
        message.created -= timedelta(seconds=seconds)
        message.save()


def test_a_message_goes_with_its_metadata_and_comes_back(rasa: FakeRasa) -> None:
    talk = begin(cite="demo", language="en")
    say(talk, "hello")
    carry(talk)
    metadata = {"seq": 1, "language": "en", "cite": "demo", "channel": "widget"}
    assert rasa.calls == [{"sender": talk, "message": "hello", "command": False, "metadata": metadata}]
    assert texts(talk) == ["hello", "Réponse à : hello"]
    assert progress(talk) == ["answered"]
    row = conversation(talk)
    assert (row.due, row.lease_until, row.lease_owner) == (None, None, "")


def test_cards_choices_and_languages_are_kept(rasa: FakeRasa) -> None:
    talk = service.create_conversation(language="fr").id
    carry(talk)
    say(talk, "je suis à Marseille")
    carry(talk)
    greeting, _, nearest = service.messages_after(talk)
    assert [choice["title"] for choice in greeting.payload["choices"]] == ["Changer de métier", "Parler à quelqu'un"]
    assert [card["kind"] for card in nearest.payload["cards"]] == ["cite", "event", "event"]
    assert nearest.language == "fr"


def test_a_turn_updates_the_conversation_and_is_kept_for_the_desk(rasa: FakeRasa) -> None:
    rasa.turn = {
        "intent": "change_job",
        "confidence": 0.91,
        "language": "it",
        "concern": "change_job",
        "place": "M" * 300,
        "cite": None,
    }
    talk = begin(cite="demo")
    say(talk, "ciao")
    carry(talk)
    row = conversation(talk)
    assert (row.language, row.concern, row.place, row.cite) == ("it", "change_job", "M" * 200, "demo")
    answer = service.messages_after(talk)[-1]
    assert (answer.payload["intent"], answer.payload["confidence"]) == ("change_job", 0.91)


def test_one_message_at_a_time_in_order(rasa: FakeRasa) -> None:
    rasa.delay = 0.05
    talks = [begin(), begin()]
    for number in range(4):
        for talk in talks:
            say(talk, f"n{number}")
    run(_carry(*talks, *talks, *talks))
    for talk in talks:
        assert [call["message"] for call in rasa.calls if call["sender"] == talk] == ["n0", "n1", "n2", "n3"]
        assert texts(talk, "bot") == [f"Réponse à : n{number}" for number in range(4)]
    assert set(rasa.most_at_once.values()) == {1}


def test_rasa_down_is_told_once_and_nothing_is_lost(rasa: FakeRasa) -> None:
    rasa.stop()
    talk = begin()
    say(talk, "un")
    carry(talk)
    say(talk, "deux")
    now_due(talk)
    carry(talk)
    assert len(house(talk)) == 1
    assert "Votre message est bien gardé" in house(talk)[0]
    assert progress(talk) == ["pending", "pending"]
    rasa.start()
    now_due(talk)
    carry(talk)
    assert progress(talk) == ["answered", "answered"]
    assert texts(talk, "bot") == ["Réponse à : un", "Réponse à : deux"]
    rasa.stop()
    say(talk, "trois")
    carry(talk)
    assert len(house(talk)) == 2  # a new outage is told anew


def test_trying_again_is_not_shown_as_typing(rasa: FakeRasa) -> None:
    talk = begin()
    say(talk, "un")
    assert lease.take(talk, "me")
    assert service.state(talk).typing
    Conversation.objects.filter(pk=talk).update(told_delayed=True)
    assert not service.state(talk).typing


def test_it_is_told_in_the_person_s_language(rasa: FakeRasa) -> None:
    rasa.stop()
    talk = begin(language="en")
    say(talk, "hello")
    carry(talk)
    assert "Your message is safe" in house(talk)[0]
    assert service.messages_after(talk)[-1].language == "en"


@pytest.mark.parametrize("trouble", ["slow", "error", "empty", "shape", "secret"])
def test_every_other_failure_is_met_the_same_way(rasa: FakeRasa, settings: Any, trouble: str) -> None:
    settings.RASA_TIMEOUT = 0.2
    if trouble == "slow":
        rasa.delay = 0.5
    elif trouble == "error":
        rasa.status = 500
    elif trouble == "secret":
        settings.RASA_SECRET = "wrong"
    else:
        rasa.answer = lambda message, metadata: [] if trouble == "empty" else ["no object"]  # type: ignore[list-item]
    talk = begin()
    say(talk, "un")
    carry(talk)
    assert progress(talk) == ["pending"]
    assert len(house(talk)) == 1
    assert conversation(talk).due > timezone.now()


def test_a_fault_of_ours_is_put_off_and_given_up_like_a_failed_turn(
    rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "settle", _breaks)
    talk = begin()
    say(talk, "une phrase secrète")
    carry(talk)
    assert len(rasa.calls) == 1
    assert (progress(talk), conversation(talk).lease_owner) == (["pending"], "")
    assert conversation(talk).due > timezone.now()
    older(talk, 130)
    now_due(talk)
    carry(talk)
    assert progress(talk) == ["failed"]
    assert all("secrète" not in QuietFormatter().format(record) for record in caplog.records)


def test_what_cannot_even_be_put_off_is_not_taken_up_again_at_once(
    rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "settle", _breaks)
    monkeypatch.setattr(delivery, "put_off", _breaks)
    talk, other = begin(), begin()
    say(talk, "un")
    with pytest.raises(KeyError):
        carry(talk)
    say(other, "deux")
    assert lease.due(10) == [other]
    Conversation.objects.filter(pk=talk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.due(10) == [talk, other]


def _breaks(*_: Any) -> Any:
    raise KeyError("une phrase secrète")


def test_rasa_that_breaks_in_an_unforeseen_way_keeps_no_other_erasure_waiting(
    rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = [begin(), begin()]
    for talk in talks:
        service.erase(talk)
    forget = RasaClient.forget

    async def first_breaks(client: RasaClient, sender: str) -> None:
        if sender == talks[0]:
            raise KeyError
        await forget(client, sender)

    monkeypatch.setattr(RasaClient, "forget", first_breaks)
    run(_forget())
    assert rasa.forgotten == [talks[1]]
    assert Erasure.objects.get(conversation_id=talks[0]).due > timezone.now()


def test_pauses_double_up_to_half_a_minute() -> None:
    assert [delivery.pause(attempts) for attempts in (1, 2, 3, 4, 5, 6, 7, 50)] == [1, 2, 4, 8, 16, 30, 30, 30]


def test_after_ten_minutes_it_is_given_up_and_a_human_offered(rasa: FakeRasa) -> None:
    rasa.stop()
    talk = begin()
    say(talk, "un")
    say(talk, "deux")
    carry(talk)
    older(talk, 590)
    now_due(talk)
    carry(talk)
    assert progress(talk) == ["pending", "pending"]
    older(talk, 20)
    now_due(talk)
    carry(talk)
    assert progress(talk)[0] == "failed"
    offered = service.messages_after(talk)[-1].payload["choices"]
    assert [choice["title"].split(",")[0] for choice in offered] == ["Parler à une personne"] * 2
    choose(talk, "Parler à une personne, qui pourra lire cette conversation")
    handoff = Handoff.objects.get(conversation_id=talk)
    assert (handoff.state, handoff.consent, handoff.summary["request"]) == ("waiting", True, "deux")
    assert conversation(talk).speaker == "waiting"


def test_a_turn_that_always_fails_does_not_block_for_ten_minutes(rasa: FakeRasa) -> None:
    rasa.status = 500
    talk = begin()
    say(talk, "un")
    older(talk, 130)
    say(talk, "deux")
    carry(talk)
    assert progress(talk)[0] == "failed"
    rasa.status = 200
    now_due(talk)
    carry(talk)
    assert progress(talk) == ["failed", "answered"]


def test_a_process_that_dies_loses_nothing_and_doubles_nothing(rasa: FakeRasa, settings: Any) -> None:
    talk = begin()
    say(talk, "un")
    assert lease.take(talk, "dead process")
    assert lease.next_message(talk, "dead process") is not None
    assert progress(talk) == ["sent"]
    carry(talk)
    assert rasa.calls == []  # the lease still holds
    Conversation.objects.filter(pk=talk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.due(10) == [talk]
    carry(talk)
    assert texts(talk, "bot") == ["Réponse à : un"]
    late = delivery.settle(talk, "dead process", 1, _turn("trop tard"))
    assert not late
    delivery.put_off(talk, "dead process", 1, reachable=False)
    assert texts(talk, "bot") == ["Réponse à : un"]
    assert house(talk) == []


def _turn(text: str) -> Any:
    return parse({"replies": [said(text)], "turn": {}})


def test_a_wish_for_a_human_opens_a_handoff(rasa: FakeRasa) -> None:
    talk = begin(cite="demo")
    say(talk, "je préfère parler à quelqu'un")
    say(talk, "tout de suite")
    carry(talk)
    choose(talk, "Oui")
    carry(talk)
    handoff = Handoff.objects.get(conversation_id=talk)
    assert handoff.consent
    assert handoff.summary["place"] == "Marseille"
    assert handoff.summary["cite"] == "marseille"
    assert conversation(talk).speaker == "waiting"
    assert rasa.messages[2:] == ['/affirm{"consent": "yes"}']
    assert house(talk)[0].startswith("Votre demande est transmise")


def test_a_reply_that_comes_after_the_bot_lost_the_floor_is_dropped(rasa: FakeRasa) -> None:
    talk = begin()
    say(talk, "un")
    lease.take(talk, "me")
    lease.next_message(talk, "me")
    states.open_handoff(talk, True, {}, "person")
    assert not delivery.settle(talk, "me", 1, _turn("je parle encore"))
    assert texts(talk, "bot") == []


def test_rasa_can_have_it_erased_and_forgets_too(rasa: FakeRasa) -> None:
    talk = begin()
    say(talk, "efface tout")
    carry(talk)
    assert not Conversation.objects.filter(pk=talk).exists()
    run(_forget())
    assert rasa.forgotten == [talk]
    Erasure.objects.update(due=timezone.now(), until=timezone.now())  # once more after what might still be running
    run(_forget())
    assert rasa.forgotten == [talk, talk]
    assert not Erasure.objects.exists()


def test_what_rasa_could_not_erase_is_tried_again(rasa: FakeRasa) -> None:
    talk = begin()
    service.erase(talk)
    rasa.stop()
    run(_forget())
    erasure = Erasure.objects.get()
    assert erasure.attempts == 1
    assert erasure.due > timezone.now()
    rasa.start()
    Erasure.objects.update(due=timezone.now())
    run(_forget())
    assert not Erasure.objects.exists()


async def _forget() -> None:
    dispatcher = Dispatcher()
    await dispatcher.forget_erased()
    await dispatcher.close()


def test_the_language_is_switched_by_rasa(rasa: FakeRasa) -> None:
    talk = begin(language="fr")
    say(talk, "in English please")
    carry(talk)
    assert conversation(talk).language == "en"


def test_the_server_comes_back_by_itself_when_rasa_does(door: Any, rasa: FakeRasa) -> None:
    rasa.stop()
    talk = begin()
    say(talk, "un")
    until(lambda: house(talk))
    rasa.start()
    until(lambda: texts(talk, "bot") == ["Réponse à : un"])
