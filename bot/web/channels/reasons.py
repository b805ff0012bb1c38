"""Why a message never arrived, as a kind that the catalogue has plain words for (`desk.letters.why.<kind>`).

Codes: https://core.telegram.org/api/errors; Meta's https://developers.facebook.com/docs/graph-api/guides/error-handling,
…/whatsapp/support/error-codes and …/messenger-platform/error-codes; https://www.twilio.com/docs/api/errors. One
table serves for all, since no code of one that is named here is another's with another meaning.
"""

from __future__ import annotations

import re

FAULT = "fault"
"""The reason of a message at which the door itself broke off."""
_CODE = re.compile(r"\d{1,7}(/\d{1,7})?")
_LATE = {"window", "131047", "63016", "10/2018278"}
_UNREACHABLE = {"131026", "30003", "30004", "30005", "30006", "63003", "63014", "63024"}
_BUSY = {"4", "17", "32", "429", "613", "1200", "80006", "80007", "130429", "131048", "131056", "20429", "30001"}
_SETTINGS = {
    FAULT,
    *("0", "3", "10", "102", "190", "368", "401", "403", "404", "20003", "30002"),
    *("131031", "131042", "133010", *map(str, range(200, 300))),
}
_DOWN = {"1", "2", "131000", "131016", "131057", "133004", "20500", *map(str, range(500, 600))}
_GROUPS = {"late": _LATE, "unreachable": _UNREACHABLE, "busy": _BUSY, "settings": _SETTINGS, "down": _DOWN}


def kind(reason: str) -> str:
    """The kind of a parcel's reason, which is a code with its subcode, a word of ours, or the name of an exception.

    late: the platform takes answers for some time only; unreachable: the person's end; busy: too much at once;
    settings: ours, or our account; down: the platform's end; refused: this very message; unknown: no reason was given.
    """
    for tried in (reason, reason.partition("/")[0]):
        for name, codes in _GROUPS.items():
            if tried in codes:
                return name
    if code(reason):
        return "refused"
    return "down" if reason.endswith(("Error", "Timeout")) else "unknown"


def code(reason: str) -> str:
    """The platform's code, for who looks it up; "" where the reason is none, or might be something else."""
    return reason if _CODE.fullmatch(reason) else ""
