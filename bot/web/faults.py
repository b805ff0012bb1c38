"""What is answered after a fault of ours: JSON under /api/, a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bot.web.answers import refusal
from bot.web.conversations.errors import Refused
from bot.web.pages import views


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: it is in the log, and nothing of it in the answer."""
    if request.path.startswith("/api/"):
        return refusal(request, Refused("failed"))
    return views.failed(request)
