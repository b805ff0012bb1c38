"""Addresses of the webhooks."""

from __future__ import annotations

from django.urls import path

from bot.web.channels import views

urlpatterns = [path("<slug:name>/", views.webhook, name="webhook")]
