"""The pages of past requests: the search, one of them, erasing one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from bot.web.accounts.gate import sensitive
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations import erasure
from bot.web.conversations.models import Author, Conversation, Handoff
from bot.web.desk import access, clock
from bot.web.desk.frame import frame
from bot.web.review import fields, finding, permits
from bot.web.review.asked import Asked
from bot.web.review.models import Review
from bot.web.review.until import kept_until

A_PAGE = 25


@require_GET
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """GET from, to, cite, language, concern, outcome, rating, unsure, text, page: the requests that are over."""
    account, asked = account_of(request), Asked.of(request.GET)
    found = page_of(request, finding.handoffs(account, asked))
    context = {"asked": asked, "found": found, "outcomes": fields.outcomes(account.language)}
    told = frame(request, "review.erased")
    return render(request, "review/search.html", {**context, **fields.search_fields(account), **told})


@require_GET
@never_cache
def exchange(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: what may be read of a past request, until when it is kept, and what can be done with it."""
    found = past(request, handoff_id, "view")
    record(request.user, Action.VIEW, found)
    messages = access.transcript(found)
    context = {
        "handoff": found,
        "messages": messages,
        "until": kept_until(found.conversation),
        "reviewed": _reviewed(messages),
        **{f"may_{action}": permits.may(request.user, action, found) for action in ("export", "erase", "review")},
    }
    with clock.at_cite(access.cite_of(found)):
        return render(request, "review/exchange.html", {**context, **frame(request, "review.goes_on")})


@sensitive
@require_http_methods(["GET", "POST"])
@never_cache
def erase(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: asks whether it is sure. POST: erases the whole conversation, everywhere.

    Neither while another request of it goes on: the person would lose whom they talk to, or who is to call them back.
    """
    found = past(request, handoff_id, "erase")
    if request.method == "POST" and _erase(request, found):
        return redirect("/desk/review/?notice=erased")
    if kept_until(found.conversation) is None:
        return redirect(f"/desk/review/handoffs/{found.pk}/?notice=goes_on")
    return render(request, "review/erase.html", {"handoff": found, **frame(request)})


def past(request: HttpRequest, handoff_id: int, action: str) -> Handoff:
    """A request that is over and with which the account may do `action`; else there is nothing to find (404)."""
    found = access.find(request.user, handoff_id)
    if found is None or found.state not in finding.PAST:
        raise Http404
    if not permits.may(request.user, action, found):
        record(request.user, Action.REFUSED, found)
        raise Http404
    return found


def page_of(request: HttpRequest, found: QuerySet[Any]) -> Page[Any]:
    """The page that is asked for; the nearest where there is no such one."""
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))


def account_of(request: HttpRequest) -> Any:
    """The account that the gate has made sure of."""
    return request.user


@transaction.atomic
def _erase(request: HttpRequest, found: Handoff) -> bool:
    """Erase the conversation of a request; False, and nothing done, while another one of it goes on."""
    conversation = Conversation.objects.select_for_update().filter(pk=found.conversation_id).first()
    if conversation is not None and kept_until(conversation) is None:
        return False
    record(request.user, Action.ERASE, found)
    erasure.erase(found.conversation_id)
    return True


def _reviewed(messages: list[Any]) -> set[int]:
    """The bot's answers among the messages of which there is a review, by their primary keys."""
    answers = [message.pk for message in messages if message.author == Author.BOT]
    return set(Review.objects.filter(message__in=answers).values_list("message_id", flat=True))
