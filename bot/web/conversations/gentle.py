"""A kind word, once a conversation, to who tells more of themselves than is needed."""

from __future__ import annotations

from bot.knowledge import distress, sensitive
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Conversation


def say_no_more(conversation: Conversation, seq: int) -> None:
    """After the answer to the message `seq` of a locked conversation, say that no more need be told, if it told much.

    Never twice, and never to somebody in distress, who is to be heard.
    """
    if conversation.told_sensitive:
        return
    message = conversation.messages.get(seq=seq)
    typed = message.text if message.author == Author.PERSON and not message.command else ""
    if not sensitive.told_in(typed) or distress.is_said(typed):
        return
    conversation.told_sensitive = True
    conversation.save(update_fields=["told_sensitive"])
    writing.house(conversation, "door.sensitive")
