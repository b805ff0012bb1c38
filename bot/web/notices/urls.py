"""Addresses of the announcements."""

from __future__ import annotations

from django.urls import path

from bot.web.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.board, name="board"),
    path("new", views.new, name="new"),
    path("<int:notice_id>/withdraw", views.withdraw, name="withdraw"),
]
