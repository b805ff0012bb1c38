"""What stands beside a conversation: notes, tags, and what is at hand to put in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bot.knowledge import canned, desk_facts
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.desk_facts import Insert
from bot.web import digits
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations.models import Handoff
from bot.web.desk import access, exchange
from bot.web.desk.frame import frame
from bot.web.desk.guard import advisor, allowed, is_htmx, of_handoff
from bot.web.desk.views import back
from bot.web.desk_notes import notes
from bot.web.words import word


@dataclass(frozen=True)
class Ready:
    """An answer ready to send: its title for the advisor, its text in `language`, or the placeholders it lacks.

    `other`: it is not written in the person's language.
    """

    title: str
    text: str | None
    language: str
    other: bool
    lacks: tuple[str, ...]


@require_GET
@of_handoff
def at_hand(request: HttpRequest, found: Handoff) -> HttpResponse:
    """GET: answers ready to send, the Cité's facts and its next events, in the person's language."""
    cite, spoken = load_cites().get(access.cite_of(found)), exchange.language_of(found)
    now = _now(cite)
    facts = [(each, _told(each, spoken)) for each in desk_facts.facts(cite, spoken, now)] if cite else []
    coming = desk_facts.coming(cite, spoken, now) if cite and not cite.gone else None
    context = {
        "handoff": found,
        "cite": cite,
        "spoken": spoken,
        "ready": _ready(found, advisor(request), cite, now),
        "facts": facts,
        "coming": coming,
        "events": list(enumerate(coming.events if coming else (), len(facts) + 1)),
        **frame(request),
    }
    return render(request, "desk/_at_hand.html" if is_htmx(request) else "desk/at_hand.html", context)


@require_POST
@of_handoff
def note(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST text: keep a private note; POST remove=ID: take one of one's own away."""
    if not allowed(request, "note", found):
        return back(request, found, "taken")
    refused, told = False, "desk.notes.added"
    removed = digits.whole(request.POST.get("remove", ""))
    try:
        if removed is not None:
            told = "desk.notes.removed" if notes.remove(found, advisor(request), removed) else ""
        else:
            with transaction.atomic():
                notes.add(found, advisor(request), request.POST.get("text", ""))
                record(advisor(request), Action.NOTE, found)
    except notes.NoteRefused:
        refused, told = True, ""
    if not is_htmx(request):
        return back(request, found, "note_refused" if refused else "")
    return _notes(request, found, request.POST.get("text", "") if refused else "", refused, told)


@require_POST
@of_handoff
def tags(request: HttpRequest, found: Handoff) -> HttpResponse:
    """POST tag=NAME…: the tags of a request, all of them."""
    if not allowed(request, "note", found):
        return back(request, found, "taken")
    notes.set_tags(found, request.POST.getlist("tag"))
    if not is_htmx(request):
        return back(request, found)
    put = notes.tags_of([found]).get(found.pk, ())
    return render(request, "desk/_tags.html", {"handoff": found, "tags": put, "saved": True, **frame(request)})


def _notes(request: HttpRequest, found: Handoff, text: str, refused: bool, told: str) -> HttpResponse:
    """The notes drawn anew; `told`: the key of what was done."""
    context = {"handoff": found, "notes": notes.of(found), "note_limit": notes.LONGEST, "text": text}
    return render(request, "desk/_notes.html", {**context, "refused": refused, "told": told, **frame(request)})


def _ready(found: Handoff, account: Any, cite: Cite | None, now: datetime) -> list[Ready]:
    spoken, answers = exchange.language_of(found), canned.for_cite(access.cite_of(found))
    languages = {each.language_for(spoken) for each in answers}
    known = {each: desk_facts.values(cite, each, now) if cite else {} for each in languages}
    return [_filled(each, account, spoken, known[each.language_for(spoken)]) for each in answers]


def _filled(answer: canned.Canned, account: Any, spoken: str, known: Mapping[str, str]) -> Ready:
    """One answer with the facts of the Cité, `known` in the language in which it is written."""
    language = answer.language_for(spoken)
    values = {"advisor": account.first_name, **known}
    lacks = tuple(sorted(answer.needs(spoken) - values.keys()))
    return Ready(answer.title(account.language), answer.filled(spoken, values), language, language != spoken, lacks)


def _told(fact: Insert, spoken: str) -> str:
    """The text to insert: what is old goes with its date."""
    return word("desk.facts.with_date", spoken, text=fact.text, date=fact.as_of) if fact.stale else fact.text


def _now(cite: Cite | None) -> datetime:
    return timezone.now().astimezone(ZoneInfo(cite.timezone)) if cite else timezone.now()
