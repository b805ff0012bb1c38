"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from bot.web.figures import views

app_name = "figures"

urlpatterns = [
    path("", views.index, name="index"),
    path("figures.csv", views.csv_file, name="csv"),
]
