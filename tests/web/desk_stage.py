"""What stands at the desk for a walk through all its pages: people, requests in every state, announcements, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.web.accounts import invitations
from bot.web.conversations import callbacks, states
from bot.web.conversations.models import Author, Handoff, Message
from bot.web.desk.models import Advisor, Role
from bot.web.figures.models import ClosedMonth, Figure
from bot.web.notices import publishing

from .desk_person import request
from .helpers import account

_FIGURES = {
    "conversations": {"all": 145},
    "language": {"fr": 80, "it": 35, "en": 20},
    "concern": {"find_job": 60, "change_job": 45, "find_training": 30},
    "channel": {"widget": 130, "telegram": 10},
    "handoff": {"all": 40},
    "waiting": {"under_1": 15, "2_5": 20},
    "rating": {"useful": 55, "not_useful": 10},
    "hour": {"9": 15, "10": 35, "14": 45, "17": 20},
    "weekday": {"1": 40, "2": 35, "3": 20, "4": 30, "5": 15},
}


@dataclass(frozen=True)
class Stage:
    """Accounts and requests, and the address by which somebody may join."""

    people: dict[str, Advisor]
    waiting: Handoff
    live: Handoff
    called: Handoff
    callback: Handoff
    past: Handoff
    unsure: Message
    notice: Any
    join: str


def set_up(language: str) -> Stage:
    """A desk that is busy; all of it is of the fictional Cité, and the accounts read `language`."""
    people = {
        name: account(name, "" if role == Role.ADMINISTRATOR else "demo", role=role, language=language)
        for name, role in (("Sofia", "administrator"), ("Nora", "coordinator"), ("Marc", "advisor"))
    }
    sofia = people["Sofia"]
    live, past = request(), request()
    states.claim(live.pk, sofia)
    states.advisor_says(live.pk, sofia, "Bonjour, je suis Sofia. Quel métier vous attire ?")
    states.claim(past.pk, sofia)
    states.close(past.pk, sofia, "oriented")
    unsure = past.conversation.messages.filter(author=Author.BOT).latest("seq")
    unsure.payload["confidence"] = 0.31
    unsure.save()
    _figures(date.today().replace(day=1) - timedelta(days=1))
    first = publishing.today("demo") + timedelta(days=3)
    words = {"fr": "L'équipe est en formation.", "en": "The team is in training."}
    told = {"cite": "demo", "kind": "closed", "first": first, "last": first, "words": words}
    made = [publishing.announce(sofia, **told), publishing.announce(sofia, **{**told, "kind": "word"})]
    publishing.withdraw(sofia, made[1])
    _, token = invitations.invite(Role.ADVISOR, "demo", sofia)
    called = _to_call_back()
    callbacks.open_callback(called.pk, sofia)
    return Stage(people, request(), live, called, _to_call_back(), past, unsure, made[0], f"/desk/join/{token}")


def _to_call_back() -> Handoff:
    handoff = request()
    callbacks.request(handoff.conversation_id, "Camille", "camille@example.org", "le matin")
    return Handoff.objects.get(pk=handoff.pk)


def _figures(last_month: date) -> None:
    for month in (last_month.replace(day=1) - timedelta(days=1)).replace(day=1), last_month.replace(day=1):
        ClosedMonth.objects.get_or_create(month=month)  # the door may have closed it by itself
        for kind, cells in _FIGURES.items():
            for category, many in cells.items():
                Figure.objects.create(month=month, cite="demo", kind=kind, category=category, at_least=many)
