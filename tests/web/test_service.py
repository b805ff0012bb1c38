"""What can be done with a conversation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.privacy.redaction import RedactionFailed
from bot.web.conversations import service
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Conversation, Erasure, Message, Offer

from .helpers import begin, carry, choose, conversation, progress, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.mark.parametrize("cite", ["marseile", "Marseille", "all", "none", "", None])
def test_a_cite_that_does_not_exist_is_none(cite: str | None) -> None:
    row = conversation(service.create_conversation(cite=cite).id)
    assert (row.cite, row.page_cite) == ("", "")


def test_a_conversation_begins_with_its_page_s_cite_and_a_greeting_to_be_asked_for() -> None:
    started = service.create_conversation(cite="demo", language="en")
    row = conversation(started.id)
    assert (row.cite, row.language, row.channel, row.speaker) == ("demo", "en", "widget", "bot")
    assert row.due is not None
    assert service.messages_after(started.id) == []  # the signal is not shown
    assert started.token not in str(Conversation.objects.values())


def test_a_token_opens_its_own_conversation_only() -> None:
    one, other = service.create_conversation(), service.create_conversation()
    service.authorise(one.id, one.token)
    for conversation_id, token in [(one.id, other.token), (one.id, ""), ("nobody", one.token), (one.id, "é")]:
        with refused("unauthorised"):
            service.authorise(conversation_id, token)


def test_a_token_ends() -> None:
    started = service.create_conversation()
    Conversation.objects.filter(pk=started.id).update(expires=timezone.now() - timedelta(seconds=1))
    with refused("expired"):
        service.authorise(started.id, started.token)


def test_the_same_id_again_stores_nothing_and_gives_the_same_seq() -> None:
    talk = begin()
    first = service.post_message(talk, "one", text="bonjour")
    again = service.post_message(talk, "one", text="autre chose")
    assert (first.seq, first.new, again.seq, again.new) == (1, True, 1, False)
    assert texts(talk) == ["bonjour"]
    assert service.post_message(begin(), "one", text="ailleurs").new


def test_numbers_follow_one_another() -> None:
    talk = begin()
    assert [say(talk, "a"), say(talk, "b"), say(talk, "c")] == [1, 2, 3]
    assert [message.text for message in service.messages_after(talk, 1)] == ["b", "c"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/restart", "restart"),
        ('  //greet{"a": 1}', 'greet{"a": 1}'),
        ("\u200b/restart", "restart"),
        ("\u200d/restart", "restart"),
        ("\u2066/restart", "restart"),
        ("/ /\n/stop", "stop"),
        ("/\u00a0/restart", "restart"),
        ("\u3000/\u2003/restart", "restart"),
        ("/\u200d\u00a0/restart", "restart"),
        ("et/ou", "et/ou"),
        ("un\r\ndeux\x00\ud800", "un\ndeux"),
        ("<b>gras</b>", "<b>gras</b>"),
    ],
)
def test_what_is_typed_is_never_a_command_nor_invisible(typed: str, kept: str) -> None:
    talk = begin()
    say(talk, typed)
    assert texts(talk) == [kept]


@given(typed=st.text(st.characters(), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_stored_as_text_or_refused_as_empty(typed: str) -> None:
    talk = begin()
    try:
        say(talk, typed)
    except Refused as refusal:
        assert refusal.code == "empty"
        assert texts(talk) == []
    else:
        assert not texts(talk)[0].startswith("/")


def test_personal_data_are_masked_before_anything_is_stored() -> None:
    talk = begin()
    say(talk, "je m'appelle au 06 12 34 56 78 ou a@b.fr")
    stored = str(list(Message.objects.values()))
    assert "06 12" not in stored
    assert "a@b.fr" not in stored
    message = service.messages_after(talk)[0]
    assert message.text == "je m'appelle au [phone] ou [email]"
    assert message.payload == {"masked": ["email", "phone"]}


def test_what_can_not_be_searched_is_refused_and_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise RedactionFailed("ValueError")

    monkeypatch.setattr(service, "redact", broken)
    talk = begin()
    with refused("not_stored"):
        say(talk, "bonjour")
    assert not Message.objects.exists()


def test_2000_characters_pass_and_2001_do_not() -> None:
    talk = begin()
    say(talk, "é" * 2000)
    with refused("too_long"):
        say(talk, "é" * 2001)
    assert len(texts(talk)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"text": "a", "choice": "b"},
        {"text": 3},
        {"text": ["a"]},
        {"choice": 3},
    ],
)
def test_a_message_is_one_text_or_one_choice(arguments: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        service.post_message(begin(), "id", **arguments)
    assert not Message.objects.exists()


@pytest.mark.parametrize("client_id", ["", "x" * 65, None, 3])
def test_an_id_is_short_text(client_id: Any) -> None:
    with refused("bad_request"):
        service.post_message(begin(), client_id, text="a")


def test_empty_messages_are_refused() -> None:
    for text in "", "  \n", "///", "\x00":
        with refused("empty"):
            say(begin(), text)


def test_a_choice_says_its_title_and_sends_its_payload(rasa: Any) -> None:
    talk = service.create_conversation().id
    carry(talk)
    choose(talk, "Changer de métier")
    carry(talk)
    assert rasa.messages == ["/greet", "/change_job"]
    assert texts(talk, "person") == ["Changer de métier"]
    shown = str([message.payload for message in service.messages_after(talk)])
    assert "/change_job" not in shown


def test_a_choice_offered_to_somebody_else_is_refused(rasa: Any) -> None:
    one, other = service.create_conversation().id, service.create_conversation().id
    carry(one)
    carry(other)
    key = Offer.objects.filter(conversation_id=other).first().key
    for wrong in key, "/change_job", "nothing":
        with refused("unknown_choice"):
            service.post_message(one, f"id{wrong[:3]}", choice=wrong)


def test_the_language_is_switched() -> None:
    talk = begin(language="fr")
    assert service.set_language(talk, "it") == "it"
    assert service.state(talk).language == "it"
    for wrong in "italian", "", None, 3, "I1":
        with refused("bad_request"):
            service.set_language(talk, wrong)


def test_starting_anew_leaves_the_past_behind_and_tells_rasa(rasa: Any) -> None:
    talk = begin()
    say(talk, "je suis à Marseille")
    carry(talk)
    say(talk, "jamais envoyé")
    left = service.restart(talk)
    assert left == 3
    assert texts(talk) == []
    assert progress(talk) == ["answered", "failed"]
    carry(talk)
    assert rasa.messages[-1] == "/restart"
    assert texts(talk) == ["On recommence."]
    assert (conversation(talk).concern, conversation(talk).place) == ("", "")


def test_erasing_removes_every_trace_but_rasa_s_own_to_erase(rasa: Any) -> None:
    talk, other = begin(), begin()
    for each in talk, other:
        say(each, "bonjour")
        carry(each)
    service.erase(talk)
    service.erase(talk)
    assert not Conversation.objects.filter(pk=talk).exists()
    assert {message.conversation_id for message in Message.objects.all()} == {other}
    assert list(Erasure.objects.values_list("conversation_id", flat=True)) == [talk]
    with refused("not_found"):
        say(talk, "encore")


def test_a_conversation_that_is_not_there() -> None:
    for call in (
        lambda: service.state("x"),
        lambda: say("x", "a"),
        lambda: service.set_language("x", "fr"),
        lambda: service.restart("x"),
    ):
        with refused("not_found"):
            call()
    assert service.messages_after("x") == []
