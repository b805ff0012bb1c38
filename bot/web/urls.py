"""Addresses of the door."""

from __future__ import annotations

from django.urls import include, path

from bot.web import api

_CONVERSATION = "api/v1/conversations/<str:conversation_id>"

urlpatterns = [
    path("api/v1/conversations", api.endpoint(POST=api.create)),
    path(_CONVERSATION, api.endpoint(DELETE=api.erase)),
    path(f"{_CONVERSATION}/messages", api.endpoint(GET=api.history, POST=api.post)),
    path(f"{_CONVERSATION}/stream", api.endpoint(GET=api.stream)),
    path(f"{_CONVERSATION}/language", api.endpoint(POST=api.language)),
    path(f"{_CONVERSATION}/restart", api.endpoint(POST=api.restart)),
    path("desk/", include("bot.web.desk.urls")),
    path("", include("bot.web.pages.urls")),
]

handler404 = "bot.web.pages.views.not_found"
handler500 = "bot.web.pages.views.failed"
