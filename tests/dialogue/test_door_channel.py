"""Rasa's end of the wire to the door, over HTTP."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import Any

import pytest

from bot.dialogue.door_channel import FIRST_WORDS, DoorInput, DoorOutput, warm, with_context
from bot.knowledge import places

from .small_rasa import SECRET, Door

MARK = "zxqv-mot-de-la-personne"


def test_a_turn(door: Door) -> None:
    answer = door.say("bonjour", sender="turn", metadata={"language": "fr"})
    assert answer.status_code == 200
    (reply,) = answer.json()["replies"]
    assert "assistant des Cités des métiers" in reply["text"]
    assert reply | {"text": ""} == {"text": "", "buttons": [], "custom": None, "language": "fr"}
    turn = answer.json()["turn"]
    assert turn == {
        "intent": "greet", "confidence": 1.0, "language": None, "concern": None, "place": None, "cite": None
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Bearer {SECRET}x"},
        {"Authorization": f"Bearer {SECRET[:-1]}"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer é".encode("latin-1")},
        {"Authorization": "Basic " + SECRET[::-1]},
        {"X-Token": SECRET},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/webhook"), ("DELETE", "/conversations/kept"), ("DELETE", "/conversations?before=9999999999")],
)
def test_a_wrong_secret_is_refused(door: Door, headers: dict[Any, Any], method: str, path: str) -> None:
    door.say("bonjour", sender="kept")
    body = {"json": {"sender": "kept", "message": "au revoir"}} if method == "POST" else {}
    answer = door.request(method, path, headers=headers, **body)
    assert answer.status_code == 401
    tracker = door.tracker("kept")
    assert tracker is not None and tracker.latest_message.text == "bonjour"


@pytest.mark.parametrize("given", ["Bearer", "Bearer None", f"Bearer {SECRET}"])
def test_without_a_secret_configured_everything_is_refused(door: Door, given: str) -> None:
    for headers in ({"Authorization": given}, {}):
        assert door.say("bonjour", channel="no-secret", headers=headers).status_code == 401
        erased = door.request("DELETE", "/conversations/a", channel="no-secret", headers=headers)
        assert erased.status_code == 401


def test_the_secret_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_SECRET", "from-the-environment")
    assert DoorInput.from_credentials({"secret": "from-a-file"})._secret == "from-the-environment"
    monkeypatch.delenv("RASA_SECRET")
    assert DoorInput.from_credentials({"secret": "from-a-file"})._secret == ""


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"[1]", b'"text"', b"5", b"\xff\xfe", b"{}",
        b'{"sender": "a"}', b'{"message": "bonjour"}', b'{"sender": "", "message": "bonjour"}',
        b'{"sender": 5, "message": "bonjour"}', b'{"sender": "a", "message": 5}', b'{"sender": "a", "message": null}',
        b'{"sender": "a", "message": "bonjour", "metadata": "fr"}',
        b'{"sender": "a", "message": "bonjour", "metadata": [1]}',
        b'{"sender": "a", "message": "/inform{", "command": true}',
        b'{"sender": "a", "message": "/inform{\\"place\\"", "command": true, "metadata": {"language": "fr"}}',
        b'{"sender": "a", "message": "/inform{5}", "command": true, "metadata": {"language": "fr"}}',
    ],
)  # fmt: skip
def test_a_bad_body_is_refused_in_json(door: Door, body: bytes) -> None:
    answer = door.request("POST", "/webhook", content=body)
    assert answer.status_code == 400, answer.text
    assert isinstance(answer.json()["error"], str)
    assert (door.say("bonjour")).status_code == 200


def test_a_payload_keeps_its_entities_and_gets_the_language(door: Door) -> None:
    town = {"name": "Namur", "country": "BE", "lat": 50.4, "lon": 4.8}
    payload = '/inform{"place": {"name": "Namur", "country": "BE", "lat": 50.4, "lon": 4.8}, "cite": "namur"}'
    answer = door.say(payload, sender="payload", metadata={"language": "it"})
    assert answer.json()["turn"] == {
        "intent": "inform", "confidence": 1.0, "language": "it", "concern": None, "place": "Namur", "cite": "namur"
    }
    assert answer.json()["replies"][0]["language"] == "it"
    slots = door.slots("payload")
    assert (slots["place"], slots["cite"]) == (town, "namur")


def test_a_typed_text_is_not_touched(door: Door) -> None:
    door.say("bonjour {x}", sender="typed", metadata={"language": "it"})
    tracker = door.tracker("typed")
    assert tracker is not None
    assert tracker.latest_message.text == "bonjour {x}"
    assert tracker.latest_message.metadata["language"] == "it"
    assert tracker.latest_message.input_channel == "door"


@pytest.mark.parametrize(
    ("text", "metadata", "wanted"),
    [
        ("/greet", {"language": "en"}, '/greet{"language": "en"}'),
        ("/greet", {}, "/greet"),
        ("/greet", {"language": None}, "/greet"),
        ('/inform{"place": "Liège"}', {"language": "fr"}, '/inform{"language": "fr", "place": "Liège"}'),
        ('/change_language{"language": "es"}', {"language": "fr"}, '/change_language{"language": "es"}'),
    ],
)
def test_the_language_goes_with_a_payload(text: str, metadata: dict[str, Any], wanted: str) -> None:
    assert with_context(text, metadata) == wanted


@pytest.mark.parametrize("typed", ["/goodbye", "  //goodbye", "\u00a0/\u3000/goodbye", '/goodbye{"cite": "namur"}'])
def test_what_is_typed_is_no_command(door: Door, typed: str) -> None:
    assert door.say(typed, sender="typed-slash", command=False).status_code == 200
    tracker = door.tracker("typed-slash")
    assert tracker is not None
    assert tracker.latest_message.text == typed.lstrip(" /\u00a0\u3000")
    assert tracker.latest_message.intent["confidence"] < 1 or tracker.latest_message.intent["name"] != "goodbye"
    assert door.slots("typed-slash")["cite"] is None


def test_a_message_that_comes_again_gets_the_same_answer_and_is_lived_through_once(door: Door) -> None:
    door.say("au revoir", sender="again", metadata={"seq": 1})
    payload = '/inform{"cite": "namur"}'
    first = door.say(payload, sender="again", metadata={"seq": 2, "language": "fr"})
    events = len(door.tracker("again").events)
    again = door.say(payload, sender="again", metadata={"seq": 2, "language": "fr"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(door.tracker("again").events) == events
    door.say(payload, sender="again", metadata={"seq": 3, "language": "fr"})
    assert len(door.tracker("again").events) > events


def test_a_message_that_was_not_answered_has_its_turn_when_it_comes_again(door: Door) -> None:
    unworded = door.say("au revoir", sender="unanswered", metadata={"seq": 1})
    assert unworded.json()["replies"] == []
    events = len(door.tracker("unanswered").events)
    door.say("au revoir", sender="unanswered", metadata={"seq": 1})
    assert len(door.tracker("unanswered").events) > events


def test_messages_without_a_number_are_each_new(door: Door) -> None:
    counts = []
    for _ in range(2):
        door.say("bonjour", sender="unnumbered", metadata={"language": "fr"})
        counts.append(len(door.tracker("unnumbered").events))
    assert counts[1] > counts[0]


def test_conversations_do_not_mix(door: Door) -> None:
    door.say('/inform{"cite": "namur"}', sender="one")
    door.say('/inform{"cite": "porto"}', sender="two")
    assert ((door.slots("one"))["cite"], (door.slots("two"))["cite"]) == ("namur", "porto")


def test_a_deleted_conversation_is_forgotten(door: Door) -> None:
    door.say('/inform{"cite": "namur"}', sender="gone", metadata={"language": "es"})
    door.say('/inform{"cite": "porto"}', sender="stays")
    answer = door.request("DELETE", "/conversations/gone")
    assert answer.status_code == 204
    assert door.tracker("gone") is None
    assert door.tracker("stays") is not None
    again = door.say("bonjour", sender="gone")
    assert again.json()["turn"]["cite"] is None
    assert again.json()["turn"]["language"] is None


def test_deleting_what_is_not_there_is_no_fault(door: Door) -> None:
    assert (door.request("DELETE", "/conversations/never-was")).status_code == 204


def test_a_conversation_is_forgotten_after_the_turn_that_is_under_way(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    save = door.agent.processor.save_tracker

    async def slowly(tracker: Any) -> None:
        begun.set()
        await asyncio.sleep(0.5)
        await save(tracker)

    monkeypatch.setattr(door.agent.processor, "save_tracker", slowly)
    turn = threading.Thread(target=door.say, args=("bonjour", "answering"))
    turn.start()
    assert begun.wait(20)
    assert door.request("DELETE", "/conversations/answering").status_code == 204
    turn.join()
    assert door.tracker("answering") is None


def test_old_conversations_are_forgotten(door: Door) -> None:
    door.say("bonjour", sender="old")
    assert door.request("DELETE", "/conversations?before=1000").json() == {"erased": 0}
    assert door.tracker("old") is not None
    assert door.request("DELETE", f"/conversations?before={time.time() + 1:.0f}").json()["erased"] >= 1
    assert door.tracker("old") is None


@pytest.mark.parametrize("query", ["", "?before=", "?before=yesterday", "?before=-1", "?before=1.5", "?before=٣"])
def test_before_is_a_moment(door: Door, query: str) -> None:
    door.say("bonjour", sender="stays")
    assert door.request("DELETE", f"/conversations{query}").status_code == 400
    assert door.tracker("stays") is not None


def test_health_tells_whether_it_is_ready(door: Door) -> None:
    answer = door.request("GET", "/", headers={})
    assert answer.json() == {"status": "ok", "ready": True}


def test_a_turn_that_fails_is_told_and_the_next_one_works(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The database is lost in the middle of a conversation."""
    door.say("bonjour", sender="fails")

    def broken(*_: Any) -> None:
        raise OSError(f"cannot write {MARK}")

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(door.agent.processor, "predict_next_with_tracker_if_should", broken)
        answer = door.say(f"bonjour {MARK}", sender="fails")
    assert answer.status_code == 500
    assert answer.json() == {"error": "the turn failed"}
    own = [record for record in caplog.records if record.name.startswith("bot.")]
    assert [record.getMessage() for record in own] == ["turn failed: OSError"]
    assert (door.say("bonjour", sender="fails")).status_code == 200


def test_nothing_of_a_message_is_logged(
    door: Door, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        door.say(f"bonjour {MARK}", sender="log")
        door.say(f"{MARK} qui n'est pas compris", sender="log")
        door.say(f'/inform{{"place": {{"name": "{MARK}"}}}}', sender="log", metadata={"language": "fr"})
        door.say(f'/inform{{"place": {MARK}', sender="log", metadata={"language": "fr"})
        door.request("POST", "/webhook", content=f'{{"sender": "{MARK}'.encode())
    shown = capfd.readouterr()
    for said in (caplog.text, shown.out, shown.err):
        assert MARK not in said


def test_nothing_of_a_message_is_logged_when_it_cannot_be_stored(
    door: Door, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A database says what it could not write."""
    store = door.agent.tracker_store._tracker_store
    with store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE trackers RENAME TO moved")
    try:
        with caplog.at_level(logging.INFO):
            door.say(f"bonjour {MARK}", sender="log-broken")
    finally:
        with store._engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE moved RENAME TO trackers")
    shown = capfd.readouterr()
    assert "trackers" in caplog.text + shown.out + shown.err
    for said in (caplog.text, shown.out, shown.err):
        assert MARK not in said


async def test_a_reply_is_kept_whole_or_not_at_all() -> None:
    output = DoorOutput()
    await output.send_response("a", {"text": "oui", "buttons": None, "template_name": "utter_x", "language": "fr"})
    await output.send_response("a", {"text": None, "custom": {"erase": True}})
    await output.send_response("a", {"text": "", "custom": None, "buttons": [{"title": "x", "payload": "/x"}]})
    assert output.messages == [
        {"text": "oui", "buttons": [], "custom": None, "language": "fr"},
        {"text": None, "buttons": [], "custom": {"erase": True}, "language": None},
    ]


def test_one_message_is_understood_before_anybody_writes(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    understood: list[Any] = []
    really = door.agent.parse_message

    async def parse_message(text: str) -> Any:
        understood.append((text, await really(text)))

    monkeypatch.setattr(door.agent, "parse_message", parse_message)
    warm(door.agent)
    ((text, parsed),) = understood
    assert text == FIRST_WORDS and parsed["intent"]["name"]


def test_what_cannot_be_understood_beforehand_is_no_harm(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def parse_message(text: str) -> Any:
        raise ValueError(MARK)

    monkeypatch.setattr(door.agent, "parse_message", parse_message)
    warm(door.agent)
    assert "ValueError" in caplog.text and MARK not in caplog.text


def test_the_words_understood_beforehand_need_the_recogniser_of_names() -> None:
    asked: list[str] = []

    def names() -> list[tuple[int, int]]:
        asked.append("names")
        return []

    places.spans(FIRST_WORDS, None, names=names)
    assert asked
