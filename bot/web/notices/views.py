"""The pages on which a Cité announces something: what stands, what was, a new one, withdrawing one."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date, get_day_names
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from bot.web.desk import labels
from bot.web.desk.frame import frame
from bot.web.notices import form, publishing
from bot.web.notices.models import Kind, Notice
from bot.web.review import permits
from bot.web.words import LANGUAGES, word

_PAST_SHOWN = 50
_TOLD = ("notices.announced", "notices.withdrawn")


@require_GET
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """GET: what stands for the account's Cités, and the last that are over or withdrawn."""
    language = _account(request).language
    cites = permits.cites(request.user)
    ours = Notice.objects.filter(cite__in=cites).select_related("by", "withdrawn_by")
    over = publishing.over(cites)
    standing = ours.filter(~over, withdrawn=None)
    past = ours.filter(over | Q(withdrawn__isnull=False)).order_by("-at", "-pk")[:_PAST_SHOWN]
    lists = {"standing": standing, "past": past}
    context = {name: [_shown(each, language) for each in found] for name, found in lists.items()}
    return render(request, "notices/board.html", {**context, "may_announce": bool(cites), **frame(request, *_TOLD)})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: announce what was typed, or show the form again with what is wrong."""
    cites = permits.cites(request.user)
    if not cites:
        raise Http404
    if request.method == "GET":
        empty = form.Typed({"cite": cites[0], "kind": Kind.CLOSED}, list(form.WEEKDAYS[:5]))
        return _form(request, empty, cites)
    typed = form.read(request.POST, cites)
    if typed.faults:
        return _form(request, typed, cites, status=422)
    try:
        publishing.announce(request.user, **typed.values)
    except publishing.Faulty as error:
        typed.faults["kind"] = "refused"
        return _form(request, typed, cites, status=422, refused=[fault.message for fault in error.faults])
    return redirect("/desk/notices/?notice=announced")


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    """GET: asks whether it is sure. POST: the announcement is told no longer."""
    notice = Notice.objects.filter(pk=notice_id, cite__in=permits.cites(request.user), withdrawn=None).first()
    if notice is None:
        raise Http404
    if request.method == "GET":
        shown = _shown(notice, _account(request).language)
        return render(request, "notices/withdraw.html", {"shown": shown, **frame(request)})
    publishing.withdraw(request.user, notice)
    return redirect("/desk/notices/?notice=withdrawn")


def _form(
    request: HttpRequest, typed: form.Typed, cites: list[str], status: int = 200, refused: list[str] | None = None
) -> HttpResponse:
    language = _account(request).language
    names = get_day_names("wide", locale=language)
    context = {
        "typed": typed,
        "faults": {name: word(f"notices.{key}", language) for name, key in typed.faults.items()},
        "cites": [(each, labels.cite(each, language)) for each in cites],
        "kinds": [(kind, word(f"notices.kind_{kind}", language)) for kind in Kind.values],
        "weekdays": [(day, names[number], day in typed.days) for number, day in enumerate(form.WEEKDAYS)],
        "spans": [(number, typed.text(f"opens_{number}"), typed.text(f"closes_{number}")) for number in ("1", "2")],
        "texts": _texts(typed),
        "refused": refused or [],
    }
    return render(request, "notices/new.html", {**context, **frame(request)}, status=status)


def _texts(typed: form.Typed) -> list[tuple[str, str, str, bool, bool]]:
    """The words by language: code, name, text, whether it is wrong, and whether it is the first of those."""
    none = typed.faults.get("words") == "no_words"
    wrong = [each for each in LANGUAGES if none or not form.has_right_length(typed.words.get(each, "  "))]
    told = [(each, labels.language_name(each, each) or each, typed.words.get(each, "")) for each in LANGUAGES]
    return [(code, name, text, code in wrong, code in wrong[:1]) for code, name, text in told]


def _shown(notice: Notice, language: str) -> dict[str, Any]:
    """An announcement as a page reads it: names and days in words."""
    return {
        "notice": notice,
        "cite": labels.cite(notice.cite, language),
        "kind": word(f"notices.kind_{notice.kind}", language),
        "days": _days(notice.first, notice.last, language),
        "hours": _hours(notice.hours, language),
        "words": [(each, notice.words[each]) for each in LANGUAGES if each in notice.words],
        "coming": notice.first > publishing.today(notice.cite),
    }


def _days(first: date, last: date, language: str) -> str:
    told = [format_date(day, "full", locale=language) for day in ((first,) if first == last else (first, last))]
    return " – ".join(told)


def _hours(hours: str, language: str) -> str:
    """ "Mo,Tu 10:00-12:00" with the weekdays in the reader's words."""
    names = dict(zip(form.WEEKDAYS, get_day_names("abbreviated", locale=language).values()))
    days, _, times = hours.rpartition(" ")
    told = ", ".join(names.get(day, day) for day in days.split(",") if day)
    return f"{told} {times.replace(',', ' + ')}".strip()


def _account(request: HttpRequest) -> Any:
    """The account that the gate has made sure of."""
    return request.user
