"""Handing over to a human: offered, consented to, asked for."""

from __future__ import annotations

from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge.concerns import load_concerns
from bot.knowledge.payload import payload

_LOOKED_BACK = 12  # messages
_REPLIES = {"affirm", "deny", "skip", "ask_privacy", "bot_challenge"}
"""What answers the question of consent, or is asked before answering it."""
_TELLS_NOTHING = _REPLIES | {"greet", "thank", "goodbye", "talk_to_advisor"}


class OfferAdvisor(HouseAction):
    """Asks what an advisor may read before calling one."""

    action_name = "action_offer_advisor"

    def answer(self, turn: Turn) -> None:
        """Ask for consent."""
        ask_consent(turn)


class HearComplaint(HouseAction):
    """Takes a complaint seriously and offers a human."""

    action_name = "action_hear_complaint"

    def answer(self, turn: Turn) -> None:
        """Apologise and offer."""
        offer(turn, "utter_complaint")


def ask_consent(turn: Turn) -> None:
    """Ask whether the advisor may read the conversation; both answers call one.

    The door shows first what the advisor would read.
    """
    turn.say(
        "utter_advisor_consent",
        custom={"preview": _summary(turn)},
        choices=[
            Choice(payload("affirm"), "share_conversation"),
            Choice(payload("deny"), "share_request_only"),
            Choice(payload("skip"), "cancel"),
        ],
    )
    turn.ask("advisor_consent")


def offer(turn: Turn, response: str) -> None:
    """Say `response`, which ends by offering a human."""
    choices = [Choice(payload("talk_to_advisor"), "talk_to_advisor"), Choice(payload("deny"), "no_thanks")]
    turn.say(response, choices=choices)
    turn.ask("offer_advisor")


def call(turn: Turn, consent: bool) -> None:
    """Ask the door for an advisor, with what the person agreed to share."""
    # The door says what comes next: it alone knows the queue.
    turn.hand({"handoff": {"consent": consent, "summary": _summary(turn)}})


def _summary(turn: Turn) -> dict[str, str | None]:
    return {
        "concern": turn.slot("concern"),
        "place": turn.place.name if turn.place else None,
        "language": turn.language,
        "cite": turn.cite.id if turn.cite else (turn.page_cite.id if turn.page_cite else None),
        "request": _request(turn),
    }


def _request(turn: Turn) -> str | None:
    """The last thing typed that told a concern, else the last that told something, else the last but a reply."""
    typed = [event for event in turn.tracker.events if event.get("event") == "user" and event.get("text")]
    typed = [event for event in typed[-_LOOKED_BACK:] if not event["text"].startswith("/")]
    telling = [event for event in typed if _intent(event) in load_concerns()]
    other = [event for event in typed if _intent(event) not in _TELLS_NOTHING]
    asking = [event for event in typed if _intent(event) not in _REPLIES]
    chosen = telling or other or asking
    return str(chosen[-1]["text"]) if chosen else None


def _intent(event: dict[str, object]) -> str:
    data = event.get("parse_data")
    return str(data.get("intent", {}).get("name")) if isinstance(data, dict) else ""
