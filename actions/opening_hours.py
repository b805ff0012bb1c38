"""When a Cité is open: now, at a moment, on the days asked about, or honestly not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from actions import cite_words, hours_remarks, hours_words
from actions.aim import aim
from actions.hours_question import Question, keep
from actions.hours_table import table
from actions.house_action import HouseAction
from actions.turn import Turn
from bot.knowledge import hours, hours_period, wording
from bot.knowledge.hours import DayHours, HoursState
from bot.knowledge.usual_week import UsualWeek, usual_weeks

_MONTH = timedelta(days=27)  # four weeks, today included
_HOLIDAYS_TOLD = 4
_NIGHT_ENDS = 6  # o'clock: until then, a closing time needs no day


class OpeningHours(HouseAction):
    """Says when the Cité spoken of is open."""

    action_name = "action_opening_hours"
    may_be_mistaken = True
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Answer for what the message names, else for now."""
        say_hours(turn)


def say_hours(turn: Turn) -> None:
    """Say the hours of the Cité that `turn` is about."""
    target = aim(turn, "ask_opening_hours")
    if target is None:
        keep(turn)
        return
    question = Question.of(turn, target.cite)
    if target.cite.hours is None:
        _say_without_reception(question)
    else:
        _ANSWERS[question.asked.kind](question)


def _say_without_reception(question: Question) -> None:
    """The hours of the reception are not known; those of the advisors may be."""
    hours_remarks.say_unknown(question)
    days = question.asked.days or hours_period.week_from(question.today)
    hours_remarks.say_closures(question, days[0], days[-1])
    if question.cite.advisor_hours is None:
        return
    if len(question.asked.days) > 1:
        hours_remarks.say_advisors_week(question, days[0], days[-1])
    else:
        hours_remarks.say_advisors(question, [days[0]])
    hours_remarks.say_age(question)


def _say_now(question: Question) -> None:
    found = hours.state(question.cite, question.now, today=question.today)
    if not found.known:
        _say_one_day(question, question.day(question.today))
        return
    _say_state_now(question, found)
    # What the usual week leaves out of the seven days to come is told with it.
    told = hours_period.week_from(question.today) if question.tells_week else (question.today,)
    hours_remarks.say_all(question, [question.day(each) for each in told])
    if not question.shows_tables:
        hours_remarks.say_advisors(question, [question.today])


def _say_state_now(question: Question, found: HoursState) -> None:
    language, days = question.language, list(hours_period.week_from(question.today))
    custom = {"cards": [table(question, days)]} if question.shows_tables else None
    opening = found.next_opening
    if found.open and found.until is None:
        question.say("utter_open_always", custom)
    elif found.open and _is_soon(found):
        today = hours_words.ranges(question.day(question.today), language, unsure=True)
        question.say("utter_open_now", custom, until=_until(found, language), today=today)
    elif found.open and found.until:
        question.say("utter_open_until_day", custom, **_moment(question, found.until))
    elif opening:
        question.say("utter_closed_now", custom, **_opening(question, opening))
    else:
        question.say("utter_closed_no_next", custom, how=question.how)
    if question.tells_week:
        _say_week(question)


def _say_week(question: Question) -> None:
    """The usual week and what it leaves out; nothing where no ordinary day is near."""
    weeks = _usual_weeks(question)
    if weeks[0].days or weeks[0].varying:
        question.turn.say("utter_hours_week", week=hours_words.usual_week(weeks[0], question.language))
        hours_remarks.say_changes(question, weeks)


def _say_moment(question: Question) -> None:
    at = question.asked.start
    assert at is not None, "a moment has a start"
    found, of_day = hours.state(question.cite, at, today=question.today), question.day(at.date())
    told = hours_words.ranges(of_day, question.language, unsure=True)
    if not found.known or not told or (found.open and not _is_soon(found)):
        _say_one_day(question, of_day)
        return
    moment = _moment(question, found.at)
    if found.open:
        moment["time"] = cite_words.with_remark(moment["time"], found.comment, question.language)
        question.say("utter_open_at", until=_until(found, question.language), **moment)
    elif found.next_opening is None or found.next_opening.date() == at.date():
        question.say("utter_closed_at", hours=told, **moment)
    else:
        following = {f"next_{name}": value for name, value in _opening(question, found.next_opening).items()}
        question.say("utter_closed_at_next", hours=told, **moment, **following)
    _say_rest(question, [of_day])


def _say_part(question: Question) -> None:
    start, end = question.asked.start, question.asked.end
    assert start is not None and end is not None, "a part of a day has two ends"
    of_day = question.day(start.date())
    if not of_day.known or not of_day.ranges:
        _say_one_day(question, of_day)
        return
    within = tuple(span for span in of_day.ranges if span.start < end and start < span.end)
    told = hours_words.ranges(replace(of_day, ranges=within or of_day.ranges), question.language)
    response = "utter_open_within" if within else "utter_closed_within"
    day = wording.day(of_day.day, question.language, question.today)
    question.say(response, day=day, span=hours_words.part(start, end, question.language), hours=told)
    _say_rest(question, [of_day])


def _say_daily(question: Question) -> None:
    """ "le soir": on which days of an ordinary week."""
    start, end = question.asked.start, question.asked.end
    assert start is not None and end is not None, "a part of a day has two ends"
    weeks = _usual_weeks(question)
    open_then = weeks[0].only(start.time(), end.time())
    ever = bool(open_then.days or open_then.varying)
    response = "utter_open_daily" if ever else "utter_closed_daily"
    week = hours_words.usual_week(open_then if ever else weeks[0], question.language)
    days = list(hours_period.week_from(question.today))
    custom = {"cards": [table(question, days)]} if question.shows_tables else None
    question.say(response, custom, span=hours_words.part(start, end, question.language), week=week)
    hours_remarks.say_changes(question, weeks)
    hours_remarks.say_age(question)
    hours_remarks.say_advisors_week(question, question.today, question.today + _MONTH)


def _say_days(question: Question) -> None:
    days = question.asked.days
    if len(days) == 1:
        _say_one_day(question, question.day(days[0]))
        return
    if question.shows_tables:
        question.say("utter_hours_table", {"cards": [table(question, days)]})
    else:
        question.say("utter_hours_days", days=_lines(question, [question.day(each) for each in days]))
    hours_remarks.say_closures(question, days[0], days[-1])
    hours_remarks.say_age(question)


def _say_period(question: Question) -> None:
    first, last = question.asked.days[0], question.asked.days[-1]
    named = hours_words.period(first, last, question.language, question.today)
    if last >= question.today:
        first = max(first, question.today)  # what is over helps nobody
    weeks = usual_weeks(question.cite, first, last, today=question.today)
    question.say("utter_hours_period", period=named, week=hours_words.usual_week(weeks[0], question.language))
    hours_remarks.say_changes(question, weeks)
    special = hours_period.special_days(question.cite, first, last, question.today)
    if special:
        question.turn.say("utter_hours_special", days=_lines(question, special))
    hours_remarks.say_closures(question, first, last)
    hours_remarks.say_age(question)
    hours_remarks.say_advisors_week(question, first, last)


def _say_school_holidays(question: Question) -> None:
    """Their dates are nowhere in the directory: the usual week, what closures are known, and how to ask."""
    weeks = _usual_weeks(question)
    question.say("utter_hours_school", week=hours_words.usual_week(weeks[0], question.language), how=question.how)
    hours_remarks.say_changes(question, weeks)
    hours_remarks.say_closures(question, question.today, question.today + timedelta(days=183))
    hours_remarks.say_age(question)


def _say_public_holidays(question: Question) -> None:
    found = hours_period.next_holidays(question.cite, question.today, _HOLIDAYS_TOLD)
    question.say("utter_hours_holidays", days=_lines(question, found))
    hours_remarks.say_age(question)


def _say_one_day(question: Question, found: DayHours) -> None:
    language = question.language
    day = wording.day(found.day, language, question.today)
    commented = hours_words.ranges(found, language, unsure=True)
    if found.reason in ("unreadable", "not_open"):
        hours_remarks.say_unknown(question)
        return
    if not found.known and any(span.comment or span.sure for span in found.ranges):
        question.say("utter_hours_uncertain", day=day, hours=commented, how=question.how)
    elif not found.known:
        question.say("utter_hours_unknown_day", day=day, how=question.how)
    elif found.ranges:
        question.say("utter_open_on", day=day, hours=commented)
    else:
        _say_closed_day(question, found.day, day)
    _say_rest(question, [found])


def _say_closed_day(question: Question, day: date, name: str) -> None:
    opening = hours.next_opening(question.cite, datetime.combine(day, datetime.max.time()))
    if opening:
        following = wording.day(opening.date(), question.language, question.today)
        question.say("utter_closed_on_next", day=name, next=following)
    else:
        question.say("utter_closed_on", day=name)


def _say_rest(question: Question, found: list[DayHours]) -> None:
    hours_remarks.say_all(question, found)
    hours_remarks.say_advisors(question, [each.day for each in found])


def _lines(question: Question, found: list[DayHours]) -> str:
    advisors = question.advisors([each.day for each in found])
    lines = [
        hours_words.day_line(each, advisors[number] if advisors else None, question.language, question.today)
        for number, each in enumerate(found)
    ]
    return "\n".join(lines)


def _usual_weeks(question: Question) -> tuple[UsualWeek, ...]:
    return usual_weeks(question.cite, question.today, question.today + _MONTH, today=question.today)


def _is_soon(found: HoursState) -> bool:
    """Whether the closing is on the same day, or in the night that follows."""
    days = (found.until.date() - found.at.date()).days if found.until else 9
    return days == 0 or (days == 1 and found.until is not None and found.until.hour < _NIGHT_ENDS)


def _until(found: HoursState, language: str) -> str:
    assert found.until is not None, "the state ends"
    return wording.end_time(found.until, language)


def _opening(question: Question, moment: datetime) -> dict[str, Any]:
    return dict(cite_words.opening(question.cite, moment, question.today, question.language))


def _moment(question: Question, moment: datetime) -> dict[str, Any]:
    day = wording.day(moment.date(), question.language, question.today)
    return {"day": day, "time": wording.time(moment, question.language)}


_ANSWERS: dict[str, Callable[[Question], None]] = {
    "now": _say_now,
    "moment": _say_moment,
    "part": _say_part,
    "daily": _say_daily,
    "days": _say_days,
    "period": _say_period,
    "school_holidays": _say_school_holidays,
    "public_holidays": _say_public_holidays,
}
