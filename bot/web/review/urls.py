"""Addresses of the review."""

from __future__ import annotations

from django.urls import path

from bot.web.review import answers, exchanges, files

app_name = "review"
_HANDOFF = "handoffs/<int:handoff_id>/"

urlpatterns = [
    path("", exchanges.search, name="search"),
    path(_HANDOFF, exchanges.exchange, name="exchange"),
    path(f"{_HANDOFF}erase", exchanges.erase, name="erase"),
    path(f"{_HANDOFF}transcript.txt", files.text, name="text"),
    path(f"{_HANDOFF}transcript.pdf", files.portable, name="pdf"),
    path("answers/", answers.search, name="answers"),
    path("answers/<int:message_id>/", answers.answer, name="answer"),
]
