"""The queue: who waits, who is being answered, and the count that every page of the desk shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bot.knowledge.concerns import load_concerns
from bot.web.accounts.gate import before_factor
from bot.web.conversations.models import HandoffState
from bot.web.desk import access, exchange, labels
from bot.web.desk.frame import OF_THE_QUEUE, frame
from bot.web.desk.guard import advisor
from bot.web.desk.rows import MINE, Row, Wanted, rows, seen
from bot.web.words import LANGUAGES

_PAUSED = "desk_paused"


@require_GET
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """GET /desk/?cite=&language=&concern=&mine=: who waits and who is being answered, the longest waiting first.

    `?part=1&seen=MARK` is the lists alone, or 204 when they are as they were at that mark.
    """
    account, wanted = advisor(request), Wanted.of(request.GET)
    exchange.here(account, _available(request))
    found = rows(account)
    lists = _lists([row for row in found if wanted.takes(row)], access.erased(account))
    if "part" in request.GET and request.GET.get("seen") == lists["seen"]:
        return HttpResponse(status=204)
    context = {**lists, **_filters(account, found, wanted), "available": _available(request)}
    told = frame(request, *OF_THE_QUEUE)
    return render(request, "desk/_queue.html" if "part" in request.GET else "desk/queue.html", context | told)


@require_GET
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """GET /desk/waiting?count=&passed=&calls=: the numbers that every page tells; 204 when they are these."""
    account = advisor(request)
    exchange.here(account, _available(request))
    counts = exchange.counts(account)
    if all(request.GET.get(name, "0") == str(number) for name, number in counts.items()):
        return HttpResponse(status=204)
    return render(request, "desk/_waiting.html", {**counts, "language": account.language})


@require_POST
@never_cache
def available(request: HttpRequest) -> HttpResponse:
    """POST available=1 or 0: there, or not there; people are promised somebody only while somebody is.

    The page says which: pressed twice, or on a page that shows what was, the button does what it says.
    """
    wanted = request.POST.get("available")
    if wanted not in ("0", "1"):
        return HttpResponseBadRequest()
    request.session[_PAUSED] = wanted == "0"
    exchange.here(advisor(request), _available(request))
    return redirect("desk:queue")


@before_factor
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """POST language: the language of the desk for this advisor."""
    wanted = request.POST.get("language")
    if wanted not in LANGUAGES:
        return HttpResponseBadRequest()
    account = advisor(request)
    account.language = wanted
    account.save(update_fields=["language"])
    return redirect("desk:queue")


def _available(request: HttpRequest) -> bool:
    return not request.session.get(_PAUSED, False)


def _lists(shown: list[Row], erased: list[Any]) -> dict[str, Any]:
    return {
        "waiting": [row for row in shown if row.state == HandoffState.WAITING],
        "callbacks": [row for row in shown if row.state == HandoffState.CALLBACK],
        "live": [row for row in shown if row.state == HandoffState.LIVE],
        "erased": erased,
        "seen": seen([*shown, *(one.number for one in erased)]),
    }


def _filters(account: Any, found: list[Row], wanted: Wanted) -> dict[str, Any]:
    """What may be filtered by: the Cités, languages and concerns of what there is, and those that are asked for.

    All concerns besides: who answers some of them alone sets the filter before anybody waits.
    """
    cites = {row.cite: row.cite_name for row in found if row.cite}
    spoken = {row.language: row.language_name for row in found}
    concerns = {each: labels.concern(each, account.language) or each for each in load_concerns()}
    concerns |= {row.concern: row.concern_name for row in found if row.concern}
    concern = "" if wanted.concern == MINE else wanted.concern
    for known, name in (cites, wanted.cite), (spoken, wanted.language), (concerns, concern):
        if name:
            known.setdefault(name, name)
    lists = {"cites": cites, "spoken": spoken, "concerns": concerns}
    own = {"wanted": wanted, "own_topics": MINE if account.topics or wanted.concern == MINE else ""}
    return {**own, **{name: _by_name(each) for name, each in lists.items()}}


def _by_name(named: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(named.items(), key=lambda pair: pair[1].casefold())
