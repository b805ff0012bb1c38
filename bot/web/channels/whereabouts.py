"""A shared location as a town: coordinates are rounded, looked up and forgotten."""

from __future__ import annotations

from bot.knowledge.gazetteer import gazetteer
from bot.knowledge.payload import payload
from bot.privacy.ids import random_id
from bot.web.channels.models import Contact
from bot.web.conversations.models import Offer
from bot.web.words import word

_DIGITS = 2  # of a degree: about a kilometre
_FARTHEST_KM = 60.0


def offer(contact: Contact, lat: float, lon: float) -> str | None:
    """A choice that says for the person the town nearest to a point, by its key; None where there is no town."""
    town = gazetteer().town_near(round(lat, _DIGITS), round(lon, _DIGITS), _FARTHEST_KM)
    if town is None:
        return None
    conversation = contact.conversation
    title = word("channels.here", conversation.language, town=town.name)
    meant = payload("inform", place=town.as_dict())
    return Offer.objects.create(conversation=conversation, key=random_id(), title=title, payload=meant).key
