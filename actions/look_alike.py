"""What bears a name like that of a Cité des métiers and is none: told apart when somebody asks for it."""

from __future__ import annotations

from actions import cite_words, near_words
from actions.turn import Choice, Turn
from bot.knowledge.cites import load_cites
from bot.knowledge.look_alikes import LookAlike, find_look_alike
from bot.knowledge.payload import payload


def told_apart(turn: Turn) -> bool:
    """Say what the look-alike asked for is, and which Cité may have been meant; False when none is asked for."""
    one = find_look_alike(turn.text, turn.country)
    if one is None:
        return False
    turn.say("utter_look_alike", name=one.name, what=cite_words.words(f"look_alikes.{one.id}", turn.language),
             choices=[Choice(payload(key), key) for key in ("find_nearest_cite", "talk_to_advisor")])  # fmt: skip
    _say_meant(turn, one)
    return True


def _say_meant(turn: Turn, one: LookAlike) -> None:
    """Show the Cité of that name, else the nearest to the place told."""
    meant = load_cites().get(one.near or "")
    near = near_words.around(turn, turn.place)[:1] if turn.place else []
    if meant and meant.offered:
        turn.remember(cite=meant.id)
        turn.say("utter_look_alike_meant", cite=meant.name(turn.language), custom=_cards(cite_words.card(turn, meant)))
        near_words.say_doubt(turn, meant)
    elif turn.place and near:
        told = near_words.sentence(turn, turn.place, near[0])
        turn.say(told.response, **told.values, custom=_cards(cite_words.card(turn, near[0].cite, near[0])))
        near_words.say_doubt(turn, near[0].cite)


def _cards(card: dict[str, object]) -> dict[str, object]:
    return {"cards": [card]}
