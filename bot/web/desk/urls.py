"""Addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from bot.web.desk import beside, callbacks, letters, queue, views

app_name = "desk"
_HANDOFF = "handoffs/<int:handoff_id>/"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("waiting", queue.waiting, name="waiting"),
    path("available", queue.available, name="available"),
    path("letters/", letters.board, name="letters"),
    path("letters/<int:letter_id>/again", letters.again, name="letter_again"),
    path("letters/<int:letter_id>/aside", letters.aside, name="letter_aside"),
    path("", include("bot.web.accounts.urls")),
    path("language", queue.language, name="language"),
    path(_HANDOFF, views.handoff, name="handoff"),
    path(f"{_HANDOFF}news", views.news, name="news"),
    path(f"{_HANDOFF}claim", views.claim, name="claim"),
    path(f"{_HANDOFF}transfer", views.transfer, name="transfer"),
    path(f"{_HANDOFF}callback", callbacks.opened, name="callback"),
    path(f"{_HANDOFF}callback/done", callbacks.done, name="callback_done"),
    path(f"{_HANDOFF}hand", beside.at_hand, name="at_hand"),
    path(f"{_HANDOFF}note", beside.note, name="note"),
    path(f"{_HANDOFF}tags", beside.tags, name="tags"),
    path(f"{_HANDOFF}answer", views.answer, name="answer"),
    path(f"{_HANDOFF}give-back", views.give_back, name="give_back"),
    path(f"{_HANDOFF}close", views.close, name="close"),
]
