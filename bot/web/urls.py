"""Addresses of the door."""

from __future__ import annotations

from django.urls import include, path

from bot.web import api
from bot.web.calls import endpoint

_CONVERSATION = "api/v1/conversations/<str:conversation_id>"

urlpatterns = [
    path("api/v1/conversations", endpoint(POST=api.create)),
    path(_CONVERSATION, endpoint(DELETE=api.erase)),
    path(f"{_CONVERSATION}/messages", endpoint(GET=api.history, POST=api.post)),
    path(f"{_CONVERSATION}/stream", endpoint(GET=api.stream)),
    path(f"{_CONVERSATION}/messages/<int:seq>/feedback", endpoint(PUT=api.feedback)),
    path(f"{_CONVERSATION}/transcript", endpoint(GET=api.save)),
    path(f"{_CONVERSATION}/language", endpoint(POST=api.language)),
    path(f"{_CONVERSATION}/typing", endpoint(POST=api.typing)),
    path(f"{_CONVERSATION}/read", endpoint(POST=api.read)),
    path(f"{_CONVERSATION}/callback", endpoint(POST=api.callback)),
    path(f"{_CONVERSATION}/restart", endpoint(POST=api.restart)),
    path("api/v1/openapi.json", endpoint(GET=api.openapi)),
    path("api/", endpoint()),
    path("api/<path:nowhere>", endpoint()),
    path("desk/notices/", include("bot.web.notices.urls")),
    path("desk/review/", include("bot.web.review.urls")),
    path("desk/figures/", include("bot.web.figures.urls")),
    path("channels/", include("bot.web.channels.urls")),
    path("desk/", include("bot.web.desk.urls")),
    path("", include("bot.web.pages.urls")),
]

handler404 = "bot.web.desk.dead_ends.not_found"
handler500 = "bot.web.faults.failed"
