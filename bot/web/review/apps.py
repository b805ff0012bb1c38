from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Past exchanges, flagged answers, and what is to be learnt from them."""

    name = "bot.web.review"
    label = "review"
