"""What an advisor will read, shown to the person before they agree to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.knowledge.cites import load_cites
from bot.web import masks
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Conversation
from bot.web.words import LANGUAGES, catalogue, language_of, word


def say(conversation: Conversation, summary: Mapping[str, str | None]) -> None:
    """Show a summary (as `house_commands.summary` gives it) in a locked conversation."""
    text = in_words(conversation, summary)
    writing.add(conversation, Author.HOUSE, text=text, language=language_of("door.preview", conversation.language))


def in_words(conversation: Conversation, summary: Mapping[str, str | None], private: bool = False) -> str:
    """The summary in lines. `private`: who does not share leaves not even the request."""
    lines = [word("door.preview", conversation.language)]
    return "\n".join([*lines, *(f"• {line}" for line in _lines(conversation, summary, private))])


def _lines(conversation: Conversation, summary: Mapping[str, str | None], private: bool) -> Iterator[str]:
    language = conversation.language
    told = {
        "door.preview_request": masks.in_words(summary.get("request") or "", masks.kinds_known(), language),
        "door.preview_concern": _concern(summary.get("concern"), language),
        "door.preview_language": _language(conversation.language),
        "door.preview_cite": _cite(conversation.page_cite or summary.get("cite"), language),
        "door.preview_place": summary.get("place"),
    }
    for key, value in told.items():
        if value:
            yield word(key, language, value=value)
    yield word("door.preview_messages", language, count=_count(conversation))
    if private:
        yield word("door.preview_private", language)


def _count(conversation: Conversation) -> int:
    """How many messages stand above, as the person sees them."""
    return conversation.messages.filter(seq__gt=conversation.first_seq).exclude(author=Author.SIGNAL).count()


def _concern(name: str | None, language: str) -> str | None:
    key = f"concerns.{name}.label"
    return word(key, language) if name and catalogue().has(key) else None


def _language(code: str) -> str:
    return word(f"widget.name_{code}", code) if code in LANGUAGES else code


def _cite(name: str | None, language: str) -> str | None:
    found = load_cites().get(name or "")
    return found.name(language) if found else None
