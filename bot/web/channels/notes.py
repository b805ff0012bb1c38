"""Words to somebody whose conversation is gone. They are sent within minutes, or never."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.privacy.ids import random_id
from bot.web.channels import registry, rendering
from bot.web.channels.models import Contact, Note
from bot.web.words import word


def say_erased(contact: Contact, language: str) -> None:
    """Have a person told that all is erased, in the transaction that erases it."""
    platform = registry.PLATFORMS[contact.platform]
    text = word("channels.erased", language)
    for part in rendering.plain(text, platform.capabilities):
        body = platform.render(part)
        Note.objects.create(platform=platform.name, address=contact.address, body=body, key=random_id())


def take_next(platform: str) -> Note | None:
    """The next note to send now, or None; nobody else takes it before the lease is over."""
    while (note := _first_due(platform)) is not None:
        until = timezone.now() + timedelta(seconds=settings.LEASE)
        if Note.objects.filter(pk=note.pk, due=note.due).update(due=until):
            return note  # else another door was faster: it has that one, and the next is looked for
    return None


def settle(note: Note) -> None:
    """It was sent, or never can be."""
    note.delete()


def put_off(note: Note, seconds: float) -> None:
    """Try again in so many seconds."""
    due = timezone.now() + timedelta(seconds=seconds)
    Note.objects.filter(pk=note.pk).update(due=due, attempts=note.attempts + 1)


def tidy() -> None:
    """Forget those that have waited too long, sent or not."""
    over = timezone.now() - timedelta(seconds=settings.NOTE_LIFE)
    Note.objects.filter(created__lt=over).delete()


def _first_due(platform: str) -> Note | None:
    return Note.objects.filter(platform=platform, due__lte=timezone.now()).order_by("pk").first()
