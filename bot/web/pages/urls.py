"""Addresses of the public pages and files."""

from __future__ import annotations

from django.urls import path

from bot.web.pages import agenda, files, privacy, views, write

urlpatterns = [
    path("", views.home),
    path("demo/", views.demo, name="demo"),
    path("write/", write.write, name="write"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health", views.health),
    path("words/<str:language>.json", files.words),
    path("agenda/<str:cite>/<str:key>/<str:start>.ics", agenda.event),
    path("widget.js", files.loader),
    path("widget.css", files.style),
    path("files/<str:build>/<path:name>", files.built, name="file"),
]
