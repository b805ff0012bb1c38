"""Patterns for clock times, parts of the day, and "now"."""

from __future__ import annotations

from bot.knowledge.date_patterns import Found, table
from bot.knowledge.date_pieces import PARTS, Piece

_DAY = 24 * 60
_HALF_DAY = 12 * 60
_SHORT_TEXT = 4  # items
_SHORT_QUESTION = 10  # items
_SMALL = 7 * 60  # where people count to twelve, "at 7" or less is in the afternoon
_NOT_A_MOMENT = frozenset({"par", "per", "por", "pro", "semaine", "semana", "settimana", "week", "semanales"})


def _part(found: Found) -> Piece:
    part = found.value("part")
    return found.piece(hours=PARTS[part], part=part, weak=not found.reading.expected)


def _habit(found: Found) -> Piece:
    """ "le soir": asked about in a short question or beside opening; in a longer story it is a way of
    speaking."""
    part, reading = found.value("part"), found.reading
    asked = reading.opening or reading.expected or len(reading.codes) <= _SHORT_QUESTION
    return found.piece(hours=PARTS[part], part=part, kind="recurring", weak=not asked)


def _noon(found: Found) -> Piece | None:
    part = found.value("part")
    if part not in {"noon", "lunch"}:
        return None
    if part == "noon" and found.value("side"):
        return _on_side(found, PARTS[part][0])
    return found.piece(hours=PARTS[part], part=part)


def _on_side(found: Found, minutes: int) -> Piece:
    """ "after 6 pm": until midnight; "before 9": from midnight. Asked about in a short question or beside opening."""
    reading = found.reading
    asked = reading.opening or reading.expected or len(reading.codes) <= _SHORT_QUESTION
    hours = (0, minutes) if found.value("side") == "before" else (minutes, _DAY)
    return found.piece(hours=hours, kind="range", weak=not asked)


def _clock_side(found: Found) -> Piece | None:
    """ "après 18 h", "before 9am", "después de las 6 de la tarde"."""
    minutes = _minutes(found)
    sided = found.value("side") or found.code("side") == "f"
    told = sided and (found.code("clock") == "T" or found.code("hour", "mark") or _has_hour_article(found))
    if not told or not minutes or found.reading.folded(found.match.end()) in _NOT_A_MOMENT:
        return None
    small = found.reading.words.afternoon_hours and minutes <= _SMALL and found.code("clock") == "N"
    return _on_side(found, minutes + _HALF_DAY * int(small and not found.code("mark")))


def _has_hour_article(found: Found) -> bool:
    article = found.place("article")
    listed = article is not None and found.reading.folded(article) in found.reading.words.hour_articles
    return listed or bool(found.code("at"))


def _now(found: Found) -> Piece | None:
    """ "maintenant" is a moment when asked about, or said alone; else it is a way of speaking."""
    if not (found.reading.opening or found.reading.expected or len(found.reading.codes) <= _SHORT_TEXT):
        return None
    return found.piece(instant=found.reading.now.replace(microsecond=0), kind="instant")


def _clock(found: Found) -> Piece | None:
    minutes = _minutes(found)
    if minutes is None or found.reading.folded(found.match.end()) in _NOT_A_MOMENT:
        return None
    return found.piece(hours=(minutes, None), kind="instant", weak=_is_weak(found))


def _bare_hour(found: Found) -> Piece | None:
    """ "tomorrow at 5": an hour only beside a day, and only where hours are said so."""
    hour = found.value("clock")
    if not found.reading.words.afternoon_hours or not 1 <= hour <= 23:
        return None
    minutes = hour * 60 + (_HALF_DAY if hour * 60 <= _SMALL else 0)
    return found.piece(hours=(minutes, None), kind="instant", weak=True)


def _is_weak(found: Found) -> bool:
    """A lone hour is a moment only after "at"; "à 2h de Lyon" is a distance."""
    distance = found.following == "F" and found.reading.codes[
        found.match.end() + 1 : found.match.end() + 2
    ] not in set("PBRW")
    spelled = found.code("clock") == "N" and not found.code("mark") and not found.reading.opening
    worded = spelled and not found.reading.folded(found.place("clock") or 0).isdigit()
    return not found.reading.expected and (distance or worded or not found.code("at"))


def _minutes(found: Found) -> int | None:
    if found.code("clock") == "T":
        minutes, marked = found.value("clock")
    elif found.code("clock") == "d":
        (hour, minute), marked = found.value("clock"), False
        minutes = (
            hour * 60 + minute
            if minute < 60 and "." in found.reading.folded(found.place("clock") or 0)
            else 1440
        )
    else:
        minutes, marked = found.value("clock") * 60 + (found.value("minute") or 0), False
    if not marked and found.code("mark"):
        minutes = _marked(minutes, found.value("mark") == "after_noon")
    elif (
        not marked
        and found.code("at") == "K"
        and found.reading.words.afternoon_hours
        and 60 <= minutes <= _SMALL
    ):
        minutes += _HALF_DAY
    return minutes if 0 <= minutes < 24 * 60 else None


def _marked(minutes: int, after_noon: bool) -> int:
    return minutes % _HALF_DAY + _HALF_DAY if after_noon and minutes < 13 * 60 else minutes


def _clock_range(found: Found) -> Piece | None:
    """ "de 9h à 17h", "entre 12h et 14h", "from 2 to 5 pm"."""
    told = any(found.code(name) for name in ("hour1", "hour2", "mark")) or "T" in found.code(
        "one"
    ) + found.code("two")
    if not told and found.reading.codes[found.match.start()] not in "FbK":
        return None
    first, last = _plain_minutes(found, "one"), _plain_minutes(found, "two")
    if found.value("mark") == "after_noon":
        first, last = _marked(first, True), _marked(last, True)
    if last < first <= last + _HALF_DAY <= _DAY and last <= _SMALL:
        last += _HALF_DAY  # "between 12 and 2"
    if first + _HALF_DAY < last and isinstance(found.value("two"), tuple) and found.value("two")[1]:
        first += _HALF_DAY  # "from 2 to 4 pm"
    valid = first < last <= _DAY and found.reading.folded(found.match.end()) not in _NOT_A_MOMENT
    sure = told or found.reading.expected or found.reading.opening
    return found.piece(hours=(first, last), kind="range", weak=not sure) if valid else None


def _plain_minutes(found: Found, name: str) -> int:
    value = found.value(name)
    return int(value[0] if isinstance(value, tuple) else value * 60)


PATTERNS = table(
    [
        (r"A?(?P<part>P)", _part),
        (r"(?P<part>B)", _habit),
        (r"(?:[XE]|(?P<side>Q))A?(?P<part>P)", _noon),
        (
            r"(?P<side>[Qf])X?F?(?:(?P<article>A)|(?P<at>K))?(?P<clock>[TN])(?P<hour>h)?(?P<minute>N)?(?P<mark>z)?(?![uUMmNT])",
            _clock_side,
        ),
        (r"(?P<now>I)", _now),
        (r"(?P<at>[XK])?A?K?(?P<clock>T)h?(?P<mark>z)?", _clock),
        (r"(?P<at>[XK])?A?(?P<clock>N)h(?P<minute>N)?(?P<mark>z)?(?![UuF]?U)", _clock),
        (r"(?P<at>[XK])A?(?P<clock>d)h?", _clock),
        (r"(?P<at>K)(?P<clock>N)(?![uUM])(?P<mark>z)?", _clock),
        (r"(?P<at>X)?A?(?P<clock>N)(?P<mark>z)", _clock),
        (r"(?P<at>X)(?P<clock>N)(?![uUMmhzTNX]|F?A?[Mm])", _bare_hour),
        (
            (
                r"(?:[FbK]A?K?)?A?(?P<one>[TN])(?P<hour1>h)?z?"
                r"(?:[X&]A?K?|(?P<at>K))(?P<two>[TN])(?P<hour2>h)?(?P<mark>z)?"
            ),
            _clock_range,
        ),
    ]
)
