"""Commands, and the few choices that the channels carry out themselves: they work when Rasa is down."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from rapidfuzz.distance import DamerauLevenshtein

from bot.knowledge.cites import load_cites
from bot.knowledge.text import fold
from bot.web.channels.models import Contact
from bot.web.channels.platform import Incoming, Kind
from bot.web.conversations import house_commands, service, waiting_words, writing
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Offer
from bot.web.words import LANGUAGES, word

MEANINGS = ("start", "help", "language", "erase")
_FORM = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_LONGEST_ARGUMENT = 64
_SLIPS_FROM = 6  # letters: shorter words are too near to others
_PREFIX = "channel:"
_ERASE, _KEEP, _LANGUAGE = f"{_PREFIX}erase", f"{_PREFIX}keep", f"{_PREFIX}language:"


def read(text: str) -> tuple[str, str] | None:
    """The name of a command and what follows it; None where a text is none, or only looks like one."""
    found = _FORM.fullmatch(text)
    if not found or (found[2] and meaning(found[1]) is None):
        return None
    return found[1].lower(), (found[2] or "")[:_LONGEST_ARGUMENT]


def names(meaning: str, language: str) -> list[str]:
    """What a command is called in a language, without the slash, the usual name first."""
    return [name.strip() for name in word(f"channels.commands.{meaning}.names", language).split(",")]


def meaning(name: str) -> str | None:
    """What a command means, in whichever language it is written; None when it is none of ours."""
    return _meanings().get(name.lower())


def is_erasure(text: str, spoken: str) -> bool:
    """Whether somebody typed nothing but their wish to erase everything, in any of the languages.

    In the one that is spoken with them, one slip of the finger is none: they are asked again in any case.
    """
    said = fold(text)
    return said in _typed("erase") or any(_is_nearly(said, meant) for meant in _wishes("erase", spoken))


def is_stop(text: str) -> bool:
    """Whether somebody typed nothing but their wish for no more messages, in any of the languages."""
    return fold(text) in _typed("stop")


def _is_nearly(said: str, meant: str) -> bool:
    """Whether two wishes differ in one letter, or in two that stand the other way round; the first one is right."""
    if len(meant) < _SLIPS_FROM or said[:1] != meant[:1]:
        return False
    return DamerauLevenshtein.distance(said, meant, score_cutoff=1) <= 1


def cite_of(event: Incoming) -> str | None:
    """The Cité that a link to the assistant named: `/start marseille`."""
    starts = event.kind == Kind.COMMAND and meaning(event.text) == "start"
    return event.argument if starts and event.argument in load_cites() else None


def run(contact: Contact, event: Incoming) -> None:
    """Carry out a command."""
    wanted = meaning(event.text)
    if wanted == "start":
        _start(contact)
    elif wanted == "help":
        say(contact, "channels.help", url=settings.PUBLIC_URL + "/privacy/")
    elif wanted == "language":
        _language(contact, event.argument.strip().lower())
    elif wanted == "erase":
        ask_to_erase(contact)
    else:
        say(contact, "channels.unknown_command")


def choose(contact: Contact, key: str) -> bool:
    """Carry out a choice of the channels' own; False when it is not one."""
    offer = Offer.objects.filter(conversation=contact.conversation_id, key=key, payload__startswith=_PREFIX).first()
    if offer is None:
        return False
    if offer.payload == _ERASE:
        service.erase(contact.conversation_id)
    elif offer.payload == _KEEP:
        say(contact, "channels.erase_kept")
    else:
        _speak(contact, offer.payload.removeprefix(_LANGUAGE))
    return True


def typed_choice(contact: Contact, text: str) -> str | None:
    """The key of a choice of the house's own whose words somebody types: Rasa knows nothing of these questions.

    Of those asked just before, all the words or those before the comma ("Oui" of "Oui, tout effacer"); the way back to
    the assistant at any time.
    """
    said = fold(text)
    offers = Offer.objects.filter(conversation=contact.conversation_id)
    asked = [each for each in offers.filter(key__in=_asked_last(contact)) if _is_the_house_s(each.payload)]
    found = [each.key for each in asked if said in (fold(each.title), fold(each.title.partition(",")[0]))]
    back = offers.filter(payload=waiting_words.RESUME).order_by("-pk")
    found = found or [each.key for each in back if said == fold(each.title)][:1]
    return found[0] if said and len(found) == 1 else None


def _asked_last(contact: Contact) -> list[str]:
    """The keys of the choices of the last message."""
    last = contact.conversation.messages.exclude(author=Author.SIGNAL).order_by("-seq").first()
    return [each["key"] for each in last.payload.get("choices", [])] if last else []


def _is_the_house_s(payload: str) -> bool:
    return payload.startswith(_PREFIX) or house_commands.is_one(payload)


def ask_to_erase(contact: Contact) -> None:
    """Make sure that all is to be erased."""
    conversation = writing.lock(contact.conversation_id)
    choices = [("channels.erase_yes", _ERASE), ("channels.erase_no", _KEEP)]
    writing.house(conversation, "channels.erase_sure", choices=choices)


def say(contact: Contact, key: str, **values: Any) -> None:
    """A sentence of the house."""
    writing.house(writing.lock(contact.conversation_id), key, **values)


def _start(contact: Contact) -> None:
    """A conversation that has just begun greets by itself; any other one begins anew."""
    conversation = writing.lock(contact.conversation_id)
    if conversation.messages.exclude(author=Author.HOUSE).exclude(command=service.GREETING).exists():
        service.restart(contact.conversation_id)
    elif not conversation.messages.filter(command=service.GREETING).exists():
        service.greet(contact.conversation_id)


def _language(contact: Contact, wanted: str) -> None:
    if wanted in LANGUAGES:
        _speak(contact, wanted)
        return
    conversation = writing.lock(contact.conversation_id)
    choices = [(f"widget.name_{language}", f"{_LANGUAGE}{language}") for language in LANGUAGES]
    writing.house(conversation, "channels.which_language", choices=choices)


def _speak(contact: Contact, language: str) -> None:
    if language not in LANGUAGES:
        raise Refused("unknown_choice")
    service.set_language(contact.conversation_id, language)
    say(contact, "channels.language_set")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    return {name: meaning for meaning in MEANINGS for language in LANGUAGES for name in names(meaning, language)}


@lru_cache(maxsize=2)
def _typed(wish: str) -> frozenset[str]:
    return frozenset(each for language in LANGUAGES for each in _wishes(wish, language))


@lru_cache(maxsize=32)
def _wishes(wish: str, language: str) -> tuple[str, ...]:
    return tuple(map(fold, word(f"channels.typed_to_{wish}", language).split(",")))
