"""What goes with an answer on hours: holidays, closures, the advisors' own hours, age, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from actions import announcements, cite_words, hours_words
from actions.hours_question import Question
from actions.week_words import week
from bot.knowledge import closures, wording
from bot.knowledge.cite_types import PastHours
from bot.knowledge.facts import Fact
from bot.knowledge.hours import DayHours
from bot.knowledge.usual_week import UsualWeek, usual_weeks

_FORGOTTEN = timedelta(days=10 * 365)
_DATES_TOLD = 8


def say_all(question: Question, found: list[DayHours]) -> None:
    """Say which of the days are public holidays or closed for once, and how old the hours are."""
    for each in found:
        if each.holiday:
            _say_holiday(question, each, each.holiday.name(question.language))
    say_closures(question, found[0].day, found[-1].day)
    say_age(question)


def say_closures(question: Question, first: date, last: date) -> None:
    """Say the exceptional closures from `first` to `last`, with their notice, and what else the Cité has announced."""
    for closure in closures.between(question.cite, first, last):
        announcements.say_closure(question.turn, closure, question.today)
    for notice in closures.notices(question.cite, first, last):
        announcements.say(question.turn, notice, question.today)


def say_age(question: Question) -> None:
    """Say when hours too old to be sure were checked, and whether it is doubtful that the Cité is still there."""
    cite, turn = question.cite, question.turn
    facts = [fact for fact in (cite.hours, cite.advisor_hours) if fact and fact.dated]
    stale = [fact for fact in facts if not cite.fictional and fact.is_stale("hours", question.today)]
    if stale:
        oldest = min(stale, key=lambda fact: fact.dated or date.min)
        turn.say("utter_hours_stale", date=_dated(oldest, question), how=question.how)
    if cite.status == "unknown":
        turn.say("utter_status_unknown", how=question.how)


def say_advisors(question: Question, days: list[date]) -> None:
    """Say the advisors' hours on these days, when they are known and not the reception's."""
    for found in question.advisors(days):
        day = wording.day(found.day, question.language, question.today)
        told = hours_words.interviews(found, question.language)
        question.turn.say("utter_hours_advisors", day=day, hours=told)


def say_advisors_week(question: Question, first: date, last: date) -> None:
    """Say the advisors' ordinary week, when it is known and not the reception's."""
    if not question.advisors([first, last]):
        return
    weeks = usual_weeks(question.cite, first, last, "advisors", question.today)
    question.turn.say("utter_hours_advisors_week", week=hours_words.usual_week(weeks[0], question.language))
    say_changes(question, weeks)


def say_changes(question: Question, weeks: Sequence[UsualWeek]) -> None:
    """Say what the first of these weeks, which has been told, leaves out: other hours later, and odd days."""
    if weeks[1:]:
        told = hours_words.changes(weeks[1:], question.language, question.today)
        question.turn.say("utter_hours_changes", changes=told)
    odd = [each for week in weeks for each in week.dates]
    if odd:
        lines = (hours_words.day_line(each, None, question.language, question.today) for each in odd[:_DATES_TOLD])
        response = "utter_hours_first_dates" if odd[_DATES_TOLD:] else "utter_hours_dates"
        question.turn.say(response, days="\n".join(lines))


def say_unknown(question: Question) -> None:
    """Say that there are no hours to tell, how to ask, and old ones as such where they may help."""
    question.say("utter_hours_unknown", how=question.how)
    told = [past for past in question.cite.past_hours if _is_worth_telling(past, question.today)]
    for past in told[:1]:
        _say_past(question, past)


def _is_worth_telling(past: PastHours, today: date) -> bool:
    """Hours of the Cité itself, with the date of their source, and not so old that they mislead."""
    as_of = past.fact.as_of
    return past.kind != "building" and as_of is not None and today - as_of < _FORGOTTEN


def _say_past(question: Question, past: PastHours) -> None:
    language = question.language
    kind = cite_words.words(f"past_hours.{past.kind}", language)
    told = past.text.get(language) if past.text else week(past.opening_hours or "", language)
    question.turn.say("utter_hours_past", date=cite_words.dated(past.fact, language), hours=f"{kind}, {told}")


def _dated(fact: Fact[str], question: Question) -> str:
    """The day; only the month or the year where no more is known."""
    if fact.dated is None or fact.precision != "day":
        return cite_words.dated(fact, question.language)
    return wording.day(fact.dated, question.language, question.today)


def _say_holiday(question: Question, found: DayHours, name: str | None) -> None:
    day = wording.day(found.day, question.language, question.today)
    if name:
        question.turn.say("utter_holiday", day=day, holiday=name)
    else:
        question.turn.say("utter_holiday_unnamed", day=day)
