"""Addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from bot.web.desk import views

app_name = "desk"
_HANDOFF = "handoffs/<int:handoff_id>/"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("", include("bot.web.accounts.urls")),
    path("language", views.language, name="language"),
    path(_HANDOFF, views.handoff, name="handoff"),
    path(f"{_HANDOFF}news", views.news, name="news"),
    path(f"{_HANDOFF}claim", views.claim, name="claim"),
    path(f"{_HANDOFF}answer", views.answer, name="answer"),
    path(f"{_HANDOFF}give-back", views.give_back, name="give_back"),
    path(f"{_HANDOFF}close", views.close, name="close"),
]
