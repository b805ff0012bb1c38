"""A Cité in lines ready to show, in the words of a language: its hours now, where it is, how old a fact is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bot.knowledge import hours, wording
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.cite_types import Cite
from bot.knowledge.facts import Fact
from bot.knowledge.hours import HoursState
from bot.knowledge.text import fold

_A_DAY = timedelta(hours=24)


def map_link(cite: Cite) -> str | None:
    """Return an OpenStreetMap search for the address; None without a sourced address."""
    if cite.address is None:
        return None
    return "https://www.openstreetmap.org/search?query=" + quote(cite.address.value)


def hours_line(cite: Cite, now: datetime, language: str) -> str:
    """Return the hours in one short line: open until, closed until, not confirmed, or perhaps gone."""
    if cite.status == "unknown":
        return words("card.status_unknown", language)
    found = hours.state(cite, now, today=now.date())
    if not found.known or found.stale:
        return words("card.hours_unknown", language)
    if found.open:
        return with_remark(_open_line(found, language), found.comment, language)
    if found.next_opening:
        told = opening(cite, found.next_opening, found.at.date(), language)
        return Catalogue.load().text("card.closed_until", language, **told)
    return words("card.closed", language)


def hours_are_sure(cite: Cite, now: datetime) -> bool:
    """Whether the hours of the reception may be told without a word of doubt: known, fresh, of a Cité that is there."""
    found = hours.state(cite, now, today=now.date())
    return found.known and not found.stale and cite.status != "unknown"


def _open_line(found: HoursState, language: str) -> str:
    """Until when, where that is on the same day."""
    if found.until is None or found.until - found.at > _A_DAY:
        return words("card.open", language)
    time = wording.end_time(found.until, language)
    return Catalogue.load().text("card.open_until", language, time=time)


def opening(cite: Cite, moment: datetime, today: date, language: str) -> dict[str, str]:
    """Return the day and the time at which the reception opens, with what is said of it ("sur rendez-vous")."""
    starting = (span for span in hours.day(cite, moment.date(), today=today).ranges if span.start == moment)
    remark = next((span.comment for span in starting), None)
    time = with_remark(wording.time(moment, language), remark, language)
    return {"day": wording.day(moment.date(), language, today), "time": time}


def with_remark(told: str, remark: str | None, language: str) -> str:
    """Return a text with a remark of the hours in brackets: as the file has it, "by appointment" in the language."""
    if not remark:
        return told
    known = {fold(words("card.by_appointment", code)) for code in SPOKEN}
    return f"{told} ({words('card.by_appointment', language) if fold(remark) in known else remark})"


def dated(fact: Fact[Any], language: str) -> str:
    """Return when a fact was true for sure, in words: "2017", "octobre 2019"; empty when nothing tells."""
    if fact.dated is None:
        return ""
    return str(fact.dated.year) if fact.precision == "year" else wording.month_year(fact.dated, language)


def words(key: str, language: str) -> str:
    """Return the catalogue's words for `key`."""
    return Catalogue.load().text(key, language)
