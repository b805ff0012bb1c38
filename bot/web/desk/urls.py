"""Addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from bot.web.desk import views
from bot.web.desk.login import Login

app_name = "desk"
_HANDOFF = "handoffs/<int:handoff_id>/"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("login", Login.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("language", views.language, name="language"),
    path(_HANDOFF, views.handoff, name="handoff"),
    path(f"{_HANDOFF}news", views.news, name="news"),
    path(f"{_HANDOFF}claim", views.claim, name="claim"),
    path(f"{_HANDOFF}answer", views.answer, name="answer"),
    path(f"{_HANDOFF}give-back", views.give_back, name="give_back"),
    path(f"{_HANDOFF}close", views.close, name="close"),
]
