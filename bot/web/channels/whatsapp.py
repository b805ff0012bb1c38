"""WhatsApp, by Meta's Cloud API (https://developers.facebook.com/documentation/business-messaging/whatsapp).

Sending: …/whatsapp/reference/whatsapp-business-phone-number/message-api. Reply buttons and lists:
…/whatsapp/messages/interactive-reply-buttons-messages and …/interactive-list-messages. Errors:
…/whatsapp/support/error-codes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from django.conf import settings

from bot.web.channels import commands, whatsapp_events
from bot.web.channels.capabilities import Capabilities, Choices, utf16
from bot.web.channels.door_pages import write_page
from bot.web.channels.meta import Codes, Meta
from bot.web.channels.platform import Call, Incoming, SendFailed
from bot.web.channels.rendering import Choice, Part
from bot.web.words import LANGUAGES, word

_WINDOW = timedelta(hours=24)
_MARGIN = timedelta(minutes=2)  # for what is on its way, and clocks that differ
_ROW, _DESCRIPTION = 24, 72
_PRODUCT = {"messaging_product": "whatsapp"}
_TEMPLATE_LANGUAGES = {"pt": "pt_PT"}  # elsewhere the two letters are WhatsApp's too


class WhatsApp(Meta):
    """One number of WhatsApp's."""

    name = "whatsapp"
    shown = "WhatsApp"
    required = ("META_APP_SECRET", "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID")
    token = "WHATSAPP_TOKEN"
    subject = "whatsapp_business_account"
    fields = "messages"
    # A choice longer than the title of a row is described in whole under its first words.
    capabilities = Capabilities(
        text=4096, size=utf16, buttons=Choices(3, 20, 1024), rows=Choices(10, _DESCRIPTION, 4096, _ROW - 2)
    )
    codes = Codes(
        # Too much at once; Meta's own troubles; an account that is locked, unpaid or not registered.
        later=frozenset(
            {4, 80007, 130429, 131048, 131056, 133016, 131000, 131016, 131057, 133004, 131031, 131042, 133010}
        ),
        late=frozenset({131047}),
    )

    def parse(self, call: Call) -> list[Incoming]:
        """All events of a call."""
        return whatsapp_events.read(call.body, settings.WHATSAPP_PHONE_ID)

    def render(self, part: Part) -> dict[str, Any]:
        """A text, reply buttons or a list: no preview of links, which WhatsApp would load."""
        if not part.choices:
            return {"type": "text", "text": {"body": part.text, "preview_url": False}}
        action = _list(part) if part.as_list else {"buttons": [_button(choice) for choice in part.choices]}
        kind = "list" if part.as_list else "button"
        return {"type": "interactive", "interactive": {"type": kind, "body": {"text": part.text}, "action": action}}

    def timely(self, body: dict[str, Any], silence: timedelta, by_advisor: bool) -> dict[str, Any] | None:
        """Nothing but templates is taken 24 hours after somebody wrote."""
        return body if silence < _WINDOW - _MARGIN else None

    def knock(self, language: str) -> dict[str, Any] | None:
        """The approved template, with the web address as its one variable."""
        if not settings.WHATSAPP_TEMPLATE:
            return None
        code = _TEMPLATE_LANGUAGES.get(language, language)
        variables = [{"type": "body", "parameters": [{"type": "text", "text": write_page()}]}]
        named = {"name": settings.WHATSAPP_TEMPLATE, "language": {"code": code}, "components": variables}
        return {"type": "template", "template": named}

    async def send(self, http: httpx.AsyncClient, address: str, body: dict[str, Any], key: str) -> str:
        """Send one message. WhatsApp drops no repeats, but tells the key again with each status of the message."""
        to = {"to": address} if address.isdigit() else {"recipient": address}
        path = f"{settings.WHATSAPP_PHONE_ID}/messages"
        head = {**_PRODUCT, "recipient_type": "individual", "biz_opaque_callback_data": key}
        answer = await self.call(http, "POST", path, {**head, **to, **body})
        messages = answer.get("messages")
        sent = messages[0] if isinstance(messages, list) and messages else None
        return str(sent.get("id", "")) if isinstance(sent, dict) else ""

    async def register(self, http: httpx.AsyncClient, webhook: str) -> list[str]:
        """Set the webhook, subscribe to the account, and give the commands that `/` shows."""
        lines = [await self.subscribe(http, webhook)]
        if settings.WHATSAPP_ACCOUNT_ID:
            await self.call(http, "POST", f"{settings.WHATSAPP_ACCOUNT_ID}/subscribed_apps", {})
            lines.append("the account's messages come to the app")
        else:
            lines.append("give WHATSAPP_ACCOUNT_ID and register again, or subscribe the app to the account by hand")
        lines.append(await self._offer_commands(http))
        if not settings.WHATSAPP_TEMPLATE:
            lines.append("no WHATSAPP_TEMPLATE: an advisor's answer after 24 hours waits until the person writes")
        return lines

    async def _offer_commands(self, http: httpx.AsyncClient) -> str:
        """Commands have no language at WhatsApp: they are in the first of ours. Not worth failing for."""
        told = [
            {"command_name": commands.names(each, LANGUAGES[0])[0],
             "command_description": word(f"channels.commands.{each}.about", LANGUAGES[0])}
            for each in commands.MEANINGS
        ]  # fmt: skip
        try:
            await self.call(http, "POST", f"{settings.WHATSAPP_PHONE_ID}/conversational_automation", {"commands": told})
        except SendFailed as error:
            return f"the commands were not taken ({error.reason}); they work all the same"
        return "commands set"


def _button(choice: Choice) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": choice.key, "title": choice.label}}


def _list(part: Part) -> dict[str, Any]:
    rows = [_row(choice) for choice in part.choices]
    section = {"title": word("channels.choices", part.language), "rows": rows}
    return {"button": word("channels.choose", part.language), "sections": [section]}


def _row(choice: Choice) -> dict[str, str]:
    """A row; where the label is too long for a title, its first words stand there, and all of it below."""
    if utf16(choice.label) <= _ROW:
        return {"id": choice.key, "title": choice.label}
    return {"id": choice.key, "title": _first_words(choice.label), "description": choice.label}


def _first_words(label: str) -> str:
    """As many words as fit, and an ellipsis; the first one does."""
    words = ""
    for each in label.split():
        longer = f"{words} {each}" if words else each
        if utf16(longer) > _ROW - 2:
            break
        words = longer
    return f"{words}…"
