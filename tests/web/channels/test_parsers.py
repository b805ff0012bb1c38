"""Whatever a platform sends, however wrong: an event, or `Malformed`; never another fault, never a word of it told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.channels import commands, messenger_events, telegram_updates, twilio_forms, whatsapp_events
from bot.web.channels.platform import Kind, Malformed
from bot.web.words import LANGUAGES

_NAMES = st.sampled_from(
    ["update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat", "from", "id", "type", "text",
     "data", "location", "latitude", "longitude", "new_chat_member", "status", "message_id", "language_code", "photo"]
)  # fmt: skip
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_VALUES = st.recursive(
    _PLAIN | st.sampled_from(["private", "left", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5),
    max_leaves=20,
)
_META_NAMES = st.sampled_from(
    ["from", "from_user_id", "id", "timestamp", "type", "text", "body", "interactive", "button_reply", "location",
     "latitude", "longitude", "status", "errors", "code", "sender", "message", "mid", "quick_reply", "payload",
     "postback", "referral", "ref", "message_edit", "attachments", "is_echo", "button"]
)  # fmt: skip
_META_VALUES = st.recursive(
    _PLAIN | st.sampled_from(["text", "location", "interactive", "button_reply", "failed", "1764000000", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_META_NAMES, inner, max_size=8),
    max_leaves=30,
)
_FIELDS = st.sampled_from(
    ["MessageSid", "SmsSid", "From", "Body", "Latitude", "Longitude", "MessageStatus", "ErrorCode", "FromCountry",
     "OptOutType"]
)  # fmt: skip


@settings(deadline=None)
@given(_VALUES | st.dictionaries(_NAMES, _VALUES, max_size=4).map(lambda rest: {"update_id": 1, **rest}))
def test_any_update(update: Any) -> None:
    try:
        event = telegram_updates.read(json.dumps(update).encode())
    except Malformed as error:
        assert str(error).replace(" ", "").replace("_", "").isalpha()
    else:
        assert event.kind in Kind and event.id
        (event.id + event.user + event.address + event.text + event.argument + event.message).encode()


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes(body: bytes) -> None:
    for read in (telegram_updates.read, twilio_forms.read):
        with pytest.raises(Malformed):
            read(body)
    for batch in (whatsapp_events.read, messenger_events.read):
        with pytest.raises(Malformed):
            batch(body, "1")


@settings(deadline=None)
@given(st.lists(_META_VALUES, max_size=3), st.lists(_META_VALUES, max_size=2), _META_VALUES)
def test_any_batch_of_meta_s(some: list[Any], more: list[Any], odd: Any) -> None:
    """Each that is a message is an event, whatever is beside it."""
    value = {"metadata": {"phone_number_id": "1"}, "messages": some, "statuses": more, "errors": odd}
    change = {"field": "messages", "value": value}
    whole = {"object": "whatsapp_business_account", "entry": [odd, {"changes": [change]}]}
    events = whatsapp_events.read(json.dumps(whole).encode(), "1")
    assert len(events) >= sum(isinstance(each, dict) for each in some)
    page = {"object": "page", "entry": [{"id": "1", "messaging": [*some, *more], "changes": odd}, odd]}
    for event in [*events, *messenger_events.read(json.dumps(page).encode(), "1")]:
        assert event.kind in Kind and event.id
        (event.id + event.user + event.address + event.text + event.argument + event.message + event.edits).encode()
        assert event.order is None or abs(event.order) < 2**62


@settings(deadline=None)
@given(st.dictionaries(_FIELDS, st.text(max_size=12), max_size=8))
def test_any_form(form: dict[str, str]) -> None:
    try:
        event = twilio_forms.read(urlencode(form).encode())
    except Malformed as error:
        assert str(error) in ("no MessageSid", "no From", "no number", "no place on Earth")
    else:
        assert event.kind in Kind and event.id


def test_nothing_said_is_in_an_event_s_representation() -> None:
    body = {"chat": {"id": 1, "type": "private"}, "from": {"id": 1}, "message_id": 1, "text": "une phrase"}
    event = telegram_updates.read(json.dumps({"update_id": 1, "message": body}).encode())
    assert event.text == "une phrase" and "phrase" not in repr(event)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/start demo", ("start", "demo")),
        ("/AIDE", ("aide", "")),
        ("/help@cite_bot", ("help", "")),
        ("/nothing", ("nothing", "")),
        ("/nothing more", None),
        ('/inform{"place": "x"}', None),
        ("start", None),
        ("/", None),
    ],
)
def test_what_reads_as_a_command(typed: str, read: tuple[str, str] | None) -> None:
    assert commands.read(typed) == read


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    ["Effacer.", "BORRAR", " cancella tutto ", "erase everything!", "Apagar", "« effacer »", "Effacer mes données",
     "tout supprimer", "Delete my data", "borrar mis datos", "cancella i miei dati", "apagar os meus dados"],
)  # fmt: skip
def test_wishes_to_erase_in_any_language(typed: str, spoken: str) -> None:
    assert commands.is_erasure(typed, spoken)


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [("efacer", "fr"), ("éffacer", "fr"), ("Effacé", "fr"), ("effacez", "fr"), ("Efface", "fr"), ("effaecr", "fr"),
     ("tout efacer", "fr"), ("effacer ma conversasion", "fr"), ("Ｅｆｆａｃｅｒ", "fr"), ("erase everthing", "en"),
     ("delete my conversasion", "en"), ("borar", "es"), ("bórralo todo", "es"), ("borrar mi conversacion", "es"),
     ("cancela tutto", "it"), ("cancelare", "it"), ("apagár", "pt"), ("apagat", "pt"), ("apagar tuto", "pt")],
)  # fmt: skip
def test_wishes_to_erase_with_a_slip_in_one_s_own_language(typed: str, spoken: str) -> None:
    assert commands.is_erasure(typed, spoken)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    ["", "comment effacer une ligne de mon CV ?", "cancel", "je veux m'effacer", "pagar", "effacement", "era", "phase",
     "borrador", "effectuer", "placer", "tracer"],
)  # fmt: skip
def test_what_is_no_wish_to_erase(typed: str, spoken: str) -> None:
    assert not commands.is_erasure(typed, spoken)
