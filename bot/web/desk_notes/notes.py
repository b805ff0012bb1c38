"""Private notes and tags on a request."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from bot.knowledge.tags import load_tags
from bot.privacy.redaction import RedactionFailed, redact
from bot.web.conversations.models import Handoff
from bot.web.desk_notes.models import Note, Tag

LONGEST = 2000
"""Characters of a note."""


class NoteRefused(ValueError):
    """The note is empty, too long, or could not be redacted; nothing was stored."""


def add(handoff: Handoff, author: Any, text: str) -> Note:
    """Keep a note; what is personal in it is masked, as in what people write."""
    wanted = text.strip()
    if not wanted or len(wanted) > LONGEST:
        raise NoteRefused
    try:
        redacted = redact(wanted)
    except RedactionFailed:
        raise NoteRefused from None
    return Note.objects.create(handoff=handoff, author=author, text=redacted.text, masked=list(redacted.kinds))


def remove(handoff: Handoff, author: Any, note_id: int) -> bool:
    """Remove a note of one's own; whether there was one."""
    return bool(Note.objects.filter(handoff=handoff, author=author, pk=note_id).delete()[0])


def of(handoff: Handoff) -> list[Note]:
    """The notes on a request, the first written first."""
    return list(Note.objects.filter(handoff=handoff).select_related("author"))


def tags_of(handoffs: Iterable[Handoff]) -> dict[int, tuple[str, ...]]:
    """The tags of requests by their number, in the order of the file; those no longer in the file are left out."""
    put: dict[int, set[str]] = {}
    for number, name in Tag.objects.filter(handoff__in=list(handoffs)).values_list("handoff_id", "name"):
        put.setdefault(number, set()).add(name)
    return {number: tuple(name for name in load_tags() if name in names) for number, names in put.items()}


@transaction.atomic
def set_tags(handoff: Handoff, names: Collection[str]) -> None:
    """Put these tags on a request and take all others off; names that are not in the file are passed over."""
    wanted = set(load_tags()) & set(names)
    Tag.objects.filter(handoff=handoff).exclude(name__in=wanted).delete()
    Tag.objects.bulk_create([Tag(handoff=handoff, name=name) for name in sorted(wanted)], ignore_conflicts=True)
