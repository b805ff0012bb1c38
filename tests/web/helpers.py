"""Small moves that the door's tests make again and again."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from bot.web.conversations import service
from bot.web.conversations.dispatcher import Dispatcher
from bot.web.conversations.models import Author, Conversation, Message
from bot.web.desk.factors import CodeApp
from bot.web.desk.models import Advisor, Membership

_ids = itertools.count()


PASSWORD = "a long enough password"


class QuickArgon2(Argon2PasswordHasher):
    """The door's own hashes, with the least work: tests sign in hundreds of times."""

    time_cost = parallelism = 1
    memory_cost = 64  # KiB


@lru_cache(maxsize=1)
def _hashed() -> str:
    """The hash of PASSWORD, made once, and the same whichever test asks first.

    At the next sign-in Django makes another of a hash that is not as the settings say, and all sessions end.
    """
    return make_password(PASSWORD, hasher=QuickArgon2())


def account(first_name: str, *cites: str, role: str = "advisor", language: str = "fr", **more: Any) -> Advisor:
    """An account of that name in small letters: an advisor of some Cités, or an administrator with `("",)`."""
    values = {"username": first_name.lower(), "first_name": first_name, "language": language, **more}
    made = Advisor.objects.create(password=_hashed(), **values)
    for cite in cites:
        Membership.objects.create(account=made, cite=cite, role=role)
    return made


def signed_in(who: Advisor, factor: bool = False, **client: Any) -> Client:
    """A browser in which somebody has signed in, with their second factor if need be."""
    browser = Client(**client)
    browser.force_login(who)
    if factor:
        device, _ = CodeApp.objects.get_or_create(user=who, confirmed=True)
        session = browser.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return browser


def begin(**settings: Any) -> str:
    """A conversation in which nothing was said yet; its id."""
    return service.create_conversation(**{"greet": False, **settings}).id


def say(conversation_id: str, text: str) -> int:
    """The person types `text`; the seq of the message."""
    return service.post_message(conversation_id, f"id-{next(_ids)}", text=text).seq


def choose(conversation_id: str, title: str) -> int:
    """The person takes the choice of that title, the last one offered."""
    offered = [
        choice for message in service.messages_after(conversation_id) for choice in message.payload.get("choices", [])
    ]
    key = [choice["key"] for choice in offered if choice["title"] == title][-1]
    return service.post_message(conversation_id, f"id-{next(_ids)}", choice=key).seq


def texts(conversation_id: str, author: str | None = None) -> list[str]:
    """What was said, by all or by one author."""
    shown = service.messages_after(conversation_id)
    return [message.text for message in shown if author in (None, message.author)]


def house(conversation_id: str) -> list[str]:
    """What the house said."""
    return texts(conversation_id, Author.HOUSE)


def progress(conversation_id: str) -> list[str]:
    """How far the person's messages have come, in order."""
    said = Message.objects.filter(conversation_id=conversation_id, author=Author.PERSON)
    return list(said.values_list("progress", flat=True))


def conversation(conversation_id: str) -> Conversation:
    """The row as it is now."""
    return Conversation.objects.get(pk=conversation_id)


def carry(conversation_id: str) -> None:
    """Carry what is due of a conversation to Rasa, as the command line does."""
    run(_carry(conversation_id))


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end."""
    return asyncio.run(coroutine)


async def _carry(*conversation_ids: str) -> None:
    dispatcher = Dispatcher()
    try:
        await asyncio.gather(*map(dispatcher.run_conversation, conversation_ids))
    finally:
        await dispatcher.close()
