"""A past request as a file to keep, each written down in the audit log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.review import transcript
from bot.web.review.exchanges import account_of, past
from bot.web.review.transcript import Written


@require_GET
@never_cache
def text(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: as a text file (UTF-8)."""
    written = _written(request, handoff_id)
    return _file(transcript.as_text(written).encode(), "text/plain; charset=utf-8", handoff_id, "txt")


@require_GET
@never_cache
def portable(request: HttpRequest, handoff_id: int) -> HttpResponse:
    """GET: as a PDF."""
    from bot.web.review.pdf import pdf  # takes a second to import, and few will ask for it

    return _file(pdf(_written(request, handoff_id)), "application/pdf", handoff_id, "pdf")


def _written(request: HttpRequest, handoff_id: int) -> Written:
    found = past(request, handoff_id, "export")
    record(request.user, Action.EXPORT, found)
    return transcript.written(found, account_of(request).language)


def _file(content: bytes, kind: str, handoff_id: int, suffix: str) -> HttpResponse:
    disposition = f'attachment; filename="handoff-{handoff_id}.{suffix}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
