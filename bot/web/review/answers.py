"""The pages of flagged answers: the search, and one answer with its review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from bot.web import digits
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations.models import Message
from bot.web.desk import clock
from bot.web.desk.frame import frame
from bot.web.review import fields, finding, flagged, reviewing
from bot.web.review.asked import Asked
from bot.web.review.exchanges import account_of, page_of
from bot.web.review.models import Review
from bot.web.review.until import kept_until
from bot.web.words import word


@require_GET
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """GET from, to, cite, language, concern, flag, state, text, page: the flagged answers, by what was asked."""
    account, asked = account_of(request), Asked.of(request.GET)
    found = page_of(request, finding.answers(account, asked))
    questions = flagged.questions(found)
    shown = [(answer, questions.get(answer.pk), flagged.flags(answer)) for answer in found]
    language = account.language
    own = {"flag_choices": fields.flag_choices(language), "states": fields.states(language)}
    context = {"asked": asked, "found": found, "shown": shown, **own}
    return render(request, "review/answers.html", {**context, **fields.search_fields(account), **frame(request)})


@require_http_methods(["GET", "POST"])
@never_cache
def answer(request: HttpRequest, message_id: int) -> HttpResponse:
    """GET: one question, its answer and the review. POST: keep the review, or show what is wrong with it."""
    found = finding.answer(request.user, message_id)
    if found is None:
        raise Http404
    review = getattr(found, "review", None)
    if request.method == "GET":
        record(request.user, Action.VIEW, found, cite=_cite(found))
        return _page(request, found, review, _typed(review, found))
    try:
        reviewing.keep(request.user, found, reviewing.read(request.POST), _seen(request))
    except reviewing.Wrong as wrong:
        return _page(request, found, review, request.POST, faults=wrong.faults, status=422)
    except reviewing.Overtaken:
        return _page(request, found, review, _typed(review, found), overtaken=True, status=409)
    return redirect(f"/desk/review/answers/{found.pk}/?notice=kept")


def _page(
    request: HttpRequest, found: Message, review: Review | None, typed: Mapping[str, Any],
    faults: Mapping[str, str] | None = None, overtaken: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    language = account_of(request).language
    context = {
        "answer": found,
        "question": flagged.question(found),
        "flags": flagged.flags(found),
        "request_of": finding.request_of(request.user, found),
        "until": kept_until(found.conversation),
        "typed": {name: typed.get(name, "") for name in reviewing.FIELDS},
        "faults": {name: word(f"review.{key}", language) for name, key in (faults or {}).items()},
        "overtaken": overtaken,
        "review": review,
        "changes": list(review.changes.select_related("by")) if review else [],
        "limit": reviewing.LONGEST,
        **fields.review_fields(language),
    }
    with clock.at_cite(_cite(found)):
        return render(request, "review/answer.html", {**context, **frame(request, "review.kept")}, status=status)


def _typed(review: Review | None, found: Message) -> dict[str, str]:
    """The form before anything is typed: the review, or what is known already."""
    if review:
        return {name: getattr(review, name) for name in reviewing.FIELDS}
    feedback = getattr(found, "feedback", None)
    known = feedback.reason if feedback and feedback.reason in dict(fields.review_fields("fr")["reasons"]) else ""
    return {"state": "to_review", "reason": known, "cite": _cite(found)}


def _seen(request: HttpRequest) -> int:
    return digits.whole(request.POST.get("seen", "")) or 0


def _cite(found: Message) -> str:
    return found.conversation.cite or found.conversation.page_cite
