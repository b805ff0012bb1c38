"""When a Cité is open: now, on the days asked about, or honestly not known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from actions import cite_words
from actions.aim import aim
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from actions.week_words import week
from bot.knowledge import hours, wording
from bot.knowledge.cite_types import Cite, PastHours
from bot.knowledge.hours import DayHours
from bot.knowledge.payload import payload

_MOST_DAYS = 7
_FORGOTTEN = timedelta(days=10 * 365)


class OpeningHours(HouseAction):
    """Says when the Cité spoken of is open."""

    action_name = "action_opening_hours"
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Answer for the days that the message names, else for now."""
        say_hours(turn)


def say_hours(turn: Turn) -> None:
    """Say the hours of the Cité that `turn` is about."""
    target = aim(turn, "ask_opening_hours")
    if target is None:
        return
    days = asked_days(turn)
    if target.cite.hours is None:
        _say_unknown(turn, target.cite)
    elif days:
        _say_days(turn, target.cite, days)
    else:
        _say_now(turn, target.cite)


def asked_days(turn: Turn) -> list[date]:
    """Return the days that the message names, at most seven; empty when it names none or only an instant."""
    for value in turn.entities("date"):
        if value.get("to"):
            return _days(datetime.fromisoformat(value["from"]), datetime.fromisoformat(value["to"]))
    return []


def _days(start: datetime, end: datetime) -> list[date]:
    last = (end - timedelta(microseconds=1)).date()
    count = min((last - start.date()).days + 1, _MOST_DAYS)
    return [start.date() + timedelta(days=number) for number in range(max(count, 1))]


def _say_unknown(turn: Turn, cite: Cite) -> None:
    turn.say(
        "utter_hours_unknown",
        cite=cite.name(turn.language),
        how=cite_words.how_to_ask(cite, turn.language),
        choices=_choices(),
    )
    told = [past for past in cite.past_hours if _is_worth_telling(past, turn.now.date())]
    for past in told[:1]:
        _say_past(turn, past)


def _is_worth_telling(past: PastHours, today: date) -> bool:
    """Hours of the Cité itself, with the date of their source, and not so old that they mislead."""
    as_of = past.fact.as_of
    return past.kind != "building" and as_of is not None and today - as_of < _FORGOTTEN


def _say_past(turn: Turn, past: PastHours) -> None:
    kind = cite_words.words(f"past_hours.{past.kind}", turn.language)
    told = past.text.get(turn.language) if past.text else week(past.opening_hours or "", turn.language)
    turn.say("utter_hours_past", date=cite_words.dated(past.fact, turn.language), hours=f"{kind}, {told}")


def _say_now(turn: Turn, cite: Cite) -> None:
    found = hours.state(cite, turn.now, today=turn.now.date())
    today = hours.day(cite, found.at.date(), today=turn.now.date())
    values: dict[str, Any] = {"cite": cite.name(turn.language), "today": _ranges(today, turn.language)}
    if not found.known:
        _say_days(turn, cite, [today.day])
        return
    if found.open and found.until:
        turn.say("utter_open_now", until=wording.time(found.until.time(), turn.language), choices=_choices(), **values)
    elif found.next_opening:
        turn.say(
            "utter_closed_now",
            cite=values["cite"],
            day=wording.day(found.next_opening.date(), turn.language, turn.now.date()),
            time=wording.time(found.next_opening.time(), turn.language),
            choices=_choices(),
        )
    else:
        _say_unknown(turn, cite)
        return
    _say_remarks(turn, cite, [today])


def _say_days(turn: Turn, cite: Cite, days: list[date]) -> None:
    found = [hours.day(cite, day, today=turn.now.date()) for day in days]
    if len(found) == 1:
        _say_one_day(turn, cite, found[0])
    else:
        lines = "\n".join(_day_line(turn, each) for each in found)
        turn.say("utter_hours_days", cite=cite.name(turn.language), days=lines, choices=_choices())
    _say_remarks(turn, cite, found)


def _say_one_day(turn: Turn, cite: Cite, found: DayHours) -> None:
    values: dict[str, Any] = {"cite": cite.name(turn.language), "day": _day_name(turn, found)}
    if not found.known:
        turn.say("utter_hours_unknown_day", how=cite_words.how_to_ask(cite, turn.language), **values)
    elif found.ranges:
        turn.say("utter_open_on", hours=_ranges(found, turn.language), choices=_choices(), **values)
    else:
        opening = hours.next_opening(cite, datetime.combine(found.day, datetime.max.time()))
        when = wording.day(opening.date(), turn.language, turn.now.date()) if opening else ""
        response = "utter_closed_on_next" if opening else "utter_closed_on"
        turn.say(response, choices=_choices(), **values, next=when)


def _say_remarks(turn: Turn, cite: Cite, found: list[DayHours]) -> None:
    for each in found:
        if each.holiday:
            _say_holiday(turn, each, each.holiday.name(turn.language))
    if found[0].stale and found[0].dated:
        when = wording.day(found[0].dated, turn.language, turn.now.date())
        turn.say("utter_hours_stale", date=when, how=cite_words.how_to_ask(cite, turn.language))


def _say_holiday(turn: Turn, found: DayHours, name: str | None) -> None:
    if name:
        turn.say("utter_holiday", day=_day_name(turn, found), holiday=name)
    else:
        turn.say("utter_holiday_unnamed", day=_day_name(turn, found))


def _day_line(turn: Turn, found: DayHours) -> str:
    hours_or_not = _ranges(found, turn.language) or _no_ranges(turn, found)
    return cite_words.line(_day_name(turn, found), hours_or_not, turn.language)


def _no_ranges(turn: Turn, found: DayHours) -> str:
    """Closed for sure, or not known: the two are never said alike."""
    return cite_words.words("card.closed_day" if found.known else "card.unknown_day", turn.language)


def _day_name(turn: Turn, found: DayHours) -> str:
    return wording.day(found.day, turn.language, turn.now.date())


def _ranges(found: DayHours, language: str) -> str:
    spans = [wording.hours_range(span.start.time(), span.end.time(), language) for span in found.ranges if span.sure]
    return wording.join(spans, language, "and") if spans else ""


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_events"), "ask_events"),
        Choice(payload("ask_directions"), "ask_directions"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
