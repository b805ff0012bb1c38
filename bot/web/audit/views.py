"""The audit log, for those who look after people."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bot.web.accounts.pages import refused, show
from bot.web.audit.models import Action, Entry
from bot.web.desk import access, labels
from bot.web.desk.models import Advisor
from bot.web.desk.scope import scope_of
from bot.web.words import word

_PAGE = 100  # lines
_KINDS = ("handoff", "conversation", "advisor", "invitation")


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """GET /desk/audit/?page=2&action=view: who did what, the last first; a coordinator sees their Cités' lines."""
    user: Any = request.user
    if not scope_of(user).looks_after_people:
        return refused(request)
    wanted = request.GET.get("action", "")
    found = access.audit_of(user)
    pages = Paginator(found.filter(action=wanted) if wanted in Action.values else found, _PAGE)
    page = pages.get_page(request.GET.get("page"))
    names = _names(page.object_list)
    lines = [_line(entry, names, user.language) for entry in page.object_list]
    actions = [(action, word(f"audit.action_{action}", user.language)) for action in Action.values]
    return show(request, "audit", page=page, lines=lines, actions=actions, wanted=wanted)


def _names(entries: Any) -> dict[int, str]:
    """The usernames of the accounts in some lines."""
    ids = {entry.account for entry in entries} | {int(entry.object) for entry in entries if entry.kind == "advisor"}
    return dict(Advisor.objects.filter(pk__in=ids).values_list("pk", "username"))


def _line(entry: Entry, names: dict[int, str], language: str) -> dict[str, Any]:
    """One line in words."""
    number = entry.object
    if entry.kind == "advisor":
        number = names.get(int(entry.object), entry.object)
    kind = word(f"audit.kind_{entry.kind}", language) if entry.kind in _KINDS else entry.kind
    return {
        "at": entry.at,
        "who": names.get(entry.account or 0, "") or word("audit.nobody", language),
        "action": word(f"audit.action_{entry.action}", language),
        "object": f"{kind} {number}".strip(),
        "cite": labels.cite(entry.cite, language) or "",
    }
