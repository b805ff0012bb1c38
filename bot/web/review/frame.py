"""What every page of the desk is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bot.web.words import LANGUAGES


def frame(request: HttpRequest, *notices: str) -> dict[str, Any]:
    """The language of the page, the languages there are, and the notice that was left for it.

    `notices`: keys of the catalogue that may be told; the last part of one stands in the address (`?notice=`).
    """
    told = {key.rsplit(".", 1)[-1]: key for key in notices}
    account: Any = request.user
    return {
        "language": account.language,
        "languages": LANGUAGES,
        "notice": told.get(request.GET.get("notice", ""), ""),
    }
