"""What every page of the desk is given: its language, and what there is to say at its top."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bot.web.words import LANGUAGES, preferred

OF_THE_LETTERS = ("desk.letter_again", "desk.letter_aside", "desk.letter_gone", "desk.letter_stuck")
CHANGES = tuple(f"desk.{name}" for name in ("now_yours", "now_other", "now_waiting", "now_callback", "now_over"))
"""What an open page says when it is shown anew, since the request is no longer what or whose it was."""
OF_THE_QUEUE = tuple(
    f"desk.{name}" for name in ("taken", "not_sent", "gone", "no_outcome", "no_colleague", "note_refused", "passed")
)
_GOOD = frozenset(
    {
        *CHANGES,
        *("desk.passed", "account.saved", "account.signed_out", "account.factor_off"),
        *("desk.letter_again", "desk.letter_aside"),
        *("review.kept", "review.erased", "notices.announced", "notices.withdrawn"),
    }
)


def language_of(request: HttpRequest) -> str:
    """The account's language; before signing in, the browser's."""
    user: Any = request.user
    return user.language if user.is_authenticated else preferred(request.headers.get("Accept-Language", ""))


def frame(request: HttpRequest, *notices: str) -> dict[str, Any]:
    """language, languages, notice: a key of the catalogue or "", and whether that is `good` news.

    `notices`: the keys that may be told; the last part of one stands in the address (`?notice=`).
    """
    told = {key.rsplit(".", 1)[-1]: key for key in notices}
    notice = told.get(request.GET.get("notice", ""), "")
    return {"language": language_of(request), "languages": LANGUAGES, "notice": notice, "good": notice in _GOOD}
