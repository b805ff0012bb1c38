"""Messenger, by Meta's Send API (https://developers.facebook.com/docs/messenger-platform/reference/send-api).

Quick replies: …/messenger-platform/send-messages/quick-replies. Cards: …/send-messages/template/generic. How long
answers are taken: …/messenger-platform/policy/policy-overview. Errors: …/messenger-platform/error-codes. Profile of
the page: …/messenger-platform/reference/messenger-profile-api.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from django.conf import settings

from bot.web.channels import commands, messenger_events
from bot.web.channels.capabilities import Capabilities, Choices, Tiles, utf16
from bot.web.channels.meta import Codes, Meta
from bot.web.channels.platform import Call, Incoming, Rejected, TooLate, TryLater
from bot.web.channels.rendering import Part
from bot.web.channels.tiles import Link, Tile
from bot.web.words import LANGUAGES, word

_WINDOW, _ADVISORS_WINDOW = timedelta(hours=24), timedelta(days=7)
_MARGIN = timedelta(minutes=2)  # for what is on its way, and clocks that differ
_LONGEST = 2000
_LOCALES = {"fr": "fr_FR", "en": "en_US", "es": "es_ES", "it": "it_IT", "pt": "pt_PT"}
_OUTSIDE_WINDOW: frozenset[int | tuple[int, int]] = frozenset({(10, 2018065), (10, 2018108), (10, 2018278)})
_NO_LEAVE = frozenset({"10", "100", "200"})  # of an app that may not use the tag
_NOT_THERE: frozenset[int | tuple[int, int]] = frozenset({551, (100, 2018001), (200, 1545041), (10, 1545041)})


class Messenger(Meta):
    """One page's Messenger."""

    name = "messenger"
    shown = "Messenger"
    required = ("META_APP_SECRET", "MESSENGER_TOKEN", "MESSENGER_PAGE_ID")
    token = "MESSENGER_TOKEN"
    subject = "page"
    fields = "messages,messaging_postbacks,messaging_referrals,message_edits,message_echoes"
    capabilities = Capabilities(
        text=_LONGEST, size=utf16, buttons=Choices(13, 20, _LONGEST), tiles=Tiles(10, 80, 80, 3, 20)
    )
    codes = Codes(
        later=frozenset({4, 17, 32, 341, 613, 1200, 80006}), late=_OUTSIDE_WINDOW, gone=_NOT_THERE
    )

    def parse(self, call: Call) -> list[Incoming]:
        """All events of a call."""
        return messenger_events.read(call.body, settings.MESSENGER_PAGE_ID)

    def render(self, part: Part) -> dict[str, Any]:
        """A text, or cards beside each other; choices are quick replies, which go once one is pressed."""
        message: dict[str, Any] = {"attachment": _cards(part.tiles)} if part.tiles else {"text": part.text}
        if part.choices:
            replies = [{"content_type": "text", "title": each.label, "payload": each.key} for each in part.choices]
            message["quick_replies"] = replies
        return {"messaging_type": "RESPONSE", "message": message}

    def timely(self, body: dict[str, Any], silence: timedelta, by_advisor: bool) -> dict[str, Any] | None:
        """After a day a human may still answer, for a week, and must say that they are one; the assistant may not."""
        if silence < _WINDOW - _MARGIN:
            return body
        if by_advisor and silence < _ADVISORS_WINDOW - _MARGIN:
            return {**body, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        return None

    async def send(self, http: httpx.AsyncClient, address: str, body: dict[str, Any], key: str) -> str:
        """Send one message. Messenger drops no repeats, but tells the key again in the echo of the message."""
        path = f"{settings.MESSENGER_PAGE_ID}/messages"
        try:
            told = {**body, "message": {**body["message"], "metadata": key}}
            answer = await self.call(http, "POST", path, {"recipient": {"id": address}, **told})
        except (TryLater, Rejected) as error:
            if "tag" in body and error.reason.partition("/")[0] in _NO_LEAVE:
                raise TooLate(error.reason) from None
            raise
        return str(answer.get("message_id", ""))

    async def register(self, http: httpx.AsyncClient, webhook: str) -> list[str]:
        """Set the webhook, subscribe the app to the page, and give the page its greeting and its menu."""
        page = settings.MESSENGER_PAGE_ID
        lines = [await self.subscribe(http, webhook)]
        await self.call(http, "POST", f"{page}/subscribed_apps", {"subscribed_fields": self.fields.split(",")})
        await self.call(http, "POST", f"{page}/messenger_profile", _profile())
        asked = "in the app's dashboard, ask for the Human Agent feature: without it advisors answer for 24 hours only"
        return [*lines, "the page's messages come to the app", "greeting and menu set", asked]


def _cards(tiles: tuple[Tile, ...]) -> dict[str, Any]:
    elements = [_element(tile) for tile in tiles]
    return {"type": "template", "payload": {"template_type": "generic", "elements": elements}}


def _element(tile: Tile) -> dict[str, Any]:
    under = {"subtitle": tile.subtitle} if tile.subtitle else {}
    return {"title": tile.title, **under, "buttons": [_button(link) for link in tile.links]}


def _button(link: Link) -> dict[str, str]:
    if link.dials:
        return {"type": "phone_number", "title": link.label, "payload": link.target}
    return {"type": "web_url", "title": link.label, "url": link.target}


def _profile() -> dict[str, Any]:
    """What a page shows before anybody writes, and its menu: in each language, French for all others."""
    named = [("default", LANGUAGES[0]), *((_LOCALES[language], language) for language in LANGUAGES)]
    return {
        "get_started": {"payload": "start"},
        "greeting": [{"locale": locale, "text": word("channels.greeting", language)} for locale, language in named],
        "persistent_menu": [_menu(locale, language) for locale, language in named],
    }


def _menu(locale: str, language: str) -> dict[str, Any]:
    items = [
        {"type": "postback", "title": word(f"channels.commands.{each}.about", language), "payload": _command(each)}
        for each in commands.MEANINGS
    ]
    return {"locale": locale, "composer_input_disabled": False, "call_to_actions": items}


def _command(meaning: str) -> str:
    return commands.names(meaning, LANGUAGES[0])[0]
