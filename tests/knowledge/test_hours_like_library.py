"""Ten thousand random hours and instants: what is told is what the library tells, holidays being its own or left out.

Our holidays are dates written into the hours, those of the library are its own for France: two sources, one answer.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from bot.knowledge import public_holidays
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import Fact, load_cites
from bot.knowledge.hours import day, next_opening, state
from bot.knowledge.opening import runs_past_midnight

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 23)
DEMO = load_cites()["demo"]
BATCHES, BATCH = 400, 25


def clock(quarters: int) -> str:
    return f"{quarters // 4:02}:{quarters % 4 * 15:02}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class Hours(random.Random):
    """Expressions of the grammar [wide] weekdays times [state], joined by ";"; and instants of fourteen years.

    Hypothesis gives the seed, and by it each expression again: drawing them piece by piece takes it far longer than
    to evaluate them.
    """

    def expression(self) -> str:
        return "; ".join(self.rule() for _ in range(self.randint(1, 3)))

    def rule(self) -> str:
        if self.random() < 0.02:
            return "24/7"
        times = self.times() if self.random() < 0.9 else self.choice(["off", "unknown", "closed"])
        return f"{self.wide()}{self.weekdays()} {times}"

    def wide(self) -> str:
        first, last = self.choice(MONTHS), self.choice(MONTHS)
        months = f"{first} " if first == last else f"{first}-{last} "
        dates = f"{first} {self.randint(1, 10):02}-{self.randint(11, 28)} "
        special = self.choice(["Dec 20-Jan 05 ", "Feb 29 ", "easter ", "easter -2 days-easter +1 day ", "2025-2029 "])
        weeks = self.choice(["week 01-31 ", "week 30-53 ", "week 01-53/2 ", "week 02-52/2 "])
        return self.choice([*[""] * 9, months, months, months, dates, special, weeks])

    def weekdays(self) -> str:
        first, last = self.sample(DAYS, 2)
        nth = f"{first}[{self.choice([1, 2, 4, -1])}]"
        return self.choice([first, f"{first}-{last}", f"{first}-{last}", f"{first},{last}", "Mo-Su", nth])

    def times(self) -> str:
        bounds = sorted(self.sample(range(0, 120), self.choice([2, 2, 4])))
        if bounds[0] >= 96 or (len(bounds) == 4 and bounds[2] >= 96):
            bounds = [bounds[0] % 96, bounds[0] % 96 + 8]
        spans = zip(bounds[::2], bounds[1::2], strict=True)
        told = ",".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
        return told + self.choice([*[""] * 34, *[" open", ' "sur rendez-vous"'] * 2, " unknown", ' unknown "?"'])

    def instant(self) -> datetime:
        moment = datetime(2021, 1, 2) + timedelta(minutes=5 * self.randrange(14 * 365 * 24 * 12))
        return moment.replace(tzinfo=timezone.utc).astimezone(PARIS)

    def holidays(self) -> str:
        return self.choice(["PH off", "PH off", "PH 10:00-12:00", "PH unknown", 'PH off "férié"', ""])


SEEDS = st.integers(0, 2**64 - 1).map(Hours)


def cite(hours: str) -> Cite:
    return replace(DEMO, hours=Fact(hours, "https://example.org/", TODAY))


def library(hours: str, country: str | None = "FR") -> OpeningHours:
    return OpeningHours(hours, timezone=PARIS, country=country, max_interval_days=800)


def told_by(hours: OpeningHours, moment: datetime) -> str:
    return str(hours.state(moment)[0])


def change(hours: OpeningHours, moment: datetime) -> datetime | None:
    """When the library says that the state becomes another, within a year; another comment is none."""
    kind, at, last = told_by(hours, moment), hours.next_change(moment), moment + timedelta(days=366)
    while at and at < last and told_by(hours, at) == kind:
        at = hours.next_change(at)
    return at if at and at < last else None


def is_after_holiday(said: str, *moments: datetime | None) -> bool:
    """Whether one is on the day after a holiday, and hours run past midnight: of a night that would have begun on the
    holiday the library opens what is left at midnight, and we do not."""
    eves = [moment.date() - timedelta(days=1) for moment in moments if moment]
    return runs_past_midnight(said) and any(public_holidays.holiday("FR", None, eve) for eve in eves)


def test_ten_thousand_hours_and_instants() -> None:
    written: set[str] = set()

    @settings(max_examples=BATCHES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SEEDS)
    def equal(random: Hours) -> None:
        for _ in range(BATCH):
            plain, holidays, at = random.expression(), random.holidays(), random.instant()
            said = f"{plain}; {holidays}" if holidays else plain
            written.add(said)
            theirs, found = library(f"{plain}; {holidays or 'PH unknown'}"), state(cite(said), at, today=TODAY)
            kind, until = told_by(theirs, at), change(theirs, at)
            if is_after_holiday(said, at, until):
                continue
            assert (found.known, found.open) == (kind != "unknown", {"open": True, "closed": False}.get(kind)), said
            assert found.until == until, (said, at)

    equal()
    assert len(written) > 9_000  # hardly any of them twice


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_day_without_any_holiday_near(random: Hours) -> None:
    """Holidays left out on both sides: a day, and the one before it, that are none."""
    for _ in range(BATCH):
        plain, at = random.expression(), random.instant()
        if any(public_holidays.holiday("FR", None, at.date() - timedelta(days=days)) for days in (0, 1)):
            continue
        start = datetime.combine(at.date(), time(), PARIS)
        theirs = library(plain, None).intervals(start, datetime.combine(at.date() + timedelta(days=1), time(), PARIS))
        wanted = [(max(first, start), last, str(kind)) for first, last, kind, _ in theirs if str(kind) != "closed"]
        found = day(cite(plain), at.date(), today=TODAY).ranges
        assert [(span.start, span.end, "open" if span.sure else "unknown") for span in found] == wanted, plain


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_next_opening(random: Hours) -> None:
    """It is the first instant after the present state at which the library says "open"."""
    for _ in range(5):
        said, at = f"{random.expression()}; PH off", random.instant()
        theirs, found = library(said), next_opening(cite(said), at)
        moment = change(theirs, at)
        while moment and told_by(theirs, moment) != "open":
            later = change(theirs, moment)
            moment = later if later and later < at + timedelta(days=366) else None
        assert found == moment or is_after_holiday(said, at, moment), (said, at)
