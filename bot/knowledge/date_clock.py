"""Patterns for clock times, parts of the day, and "now"."""

from __future__ import annotations

from bot.knowledge.date_patterns import SHORT_IN, Found, table
from bot.knowledge.date_pieces import PARTS, Piece

_DAY = 24 * 60
_HALF_DAY = 12 * 60
_SHORT_TEXT = 4  # items
_SHORT_QUESTION = 14  # items
_SMALL = 7 * 60  # where people count to twelve, "at 7" or less is in the afternoon
_LEAST_WORDED = 3  # "as duas" are more often two people than two o'clock
_NOT_A_MOMENT = frozenset({"/", "par", "per", "por", "pro", "semaine", "semana", "settimana", "week", "semanales"})


def _part(found: Found) -> Piece:
    part = found.value("part")
    return found.piece(hours=PARTS[part], part=part, weak=not found.reading.expected)


def _habit(found: Found) -> Piece:
    """ "le soir": asked about in a short question or beside opening; in a longer story it is a way of
    speaking."""
    part = found.value("part")
    kind = "range" if _is_inside(found, found.match.start() - 1) else "recurring"  # "dans l'après-midi"
    return found.piece(hours=PARTS[part], part=part, kind=kind, weak=not _is_asked(found))


def _is_inside(found: Found, place: int) -> bool:
    """Whether the word there says "in" of a time to come; "in the morning", "en la noche" are habits."""
    reading = found.reading
    return place >= 0 and reading.codes[place] == "i" and reading.folded(place) not in SHORT_IN


def _part_to_come(found: Found) -> Piece | None:
    """ "dans la soirée": the one to come, not a habit."""
    if not _is_inside(found, found.match.start()):
        return None
    part = found.value("part")
    return found.piece(hours=PARTS[part], part=part, kind="range", weak=not _is_asked(found))


def _is_asked(found: Found) -> bool:
    reading = found.reading
    return reading.opening or reading.expected or len(reading.codes) <= _SHORT_QUESTION


def _noon(found: Found) -> Piece | None:
    part = found.value("part")
    if part not in {"noon", "lunch"} or not _leads(found, "XEQ"):
        return None
    sided = part == "noon" and _side(found)
    return _moment(found, PARTS[part][0] or 0) if sided else found.piece(hours=PARTS[part], part=part)


def _side(found: Found) -> str | None:
    """The side of an hour that the word before it tells: "before", "after" ("from 6 pm" too) or None."""
    value = found.value("lead")
    return value if value in ("before", "after") else None


def _leads(found: Found, codes: str = "XK") -> bool:
    """Whether the word before an hour, if any, can stand there: one of these codes, or one that tells a side."""
    return not found.code("lead") or found.code("lead") in codes or _side(found) is not None


def _moment(found: Found, minutes: int, weak: bool = False) -> Piece | None:
    """ "at 6 pm"; "after 6 pm": until midnight; "before 9": from midnight."""
    side = _side(found)
    if side is None:
        return found.piece(hours=(minutes, None), kind="instant", weak=weak)
    hours = (0, minutes) if side == "before" else (minutes, _DAY)
    return found.piece(hours=hours, kind="range", weak=weak or not _is_asked(found)) if minutes else None


def _now(found: Found) -> Piece | None:
    """ "maintenant" is a moment when asked about, or said alone; else it is a way of speaking."""
    if not (found.reading.opening or found.reading.expected or len(found.reading.codes) <= _SHORT_TEXT):
        return None
    return found.piece(instant=found.reading.now.replace(microsecond=0), kind="instant")


def _clock(found: Found) -> Piece | None:
    minutes = _minutes(found)
    if minutes is None or not _leads(found) or found.reading.folded(found.match.end()) in _NOT_A_MOMENT:
        return None
    return _moment(found, minutes, _is_weak(found))


def _bare_side(found: Found) -> Piece | None:
    """ "después de las 6", "ab 18", "before 9 pm": an hour without a unit, after a word that tells a side of it."""
    told = found.code("lead") == "K" or found.code("at", "mark") or _has_hour_article(found)
    return _clock(found) if told and _side(found) else None


def _has_hour_article(found: Found) -> bool:
    article = found.place("article")
    return article is not None and found.reading.folded(article) in found.reading.words.hour_articles


def _quarters(found: Found) -> Piece | None:
    """Catalan counts the quarters of the hour that runs: "dos quarts de deu" is 9:30."""
    count, hour = found.value("count"), found.value("clock")
    if not (_leads(found) and 1 <= count <= 3 and 1 <= hour <= 12):
        return None
    return _moment(found, _of_half_day(found, (hour - 1) * 60 + 15 * count))


def _half(found: Found) -> Piece | None:
    """ "half past nine", "halb zehn", "às nove e meia", "10h et quart", "las seis menos cuarto"."""
    minutes = _plain_minutes(found, "clock") or 0
    if not _leads(found) or minutes % 60 or not 60 <= minutes <= (_HALF_DAY if found.code("half") else _DAY - 60):
        return None
    beside = int(found.value("half", "after"))
    lasting = found.code("after") and not (found.code("lead", "at", "mark") or found.is_alone)  # "2h et demie de route"
    return _moment(found, _of_half_day(found, minutes + beside), weak=bool(lasting))


def _past_noon(found: Found) -> Piece | None:
    """ "à midi et demi", "mediodía y cuarto"."""
    noon = _plain_minutes(found, "part")
    return _moment(found, noon + int(found.value("after"))) if noon and _leads(found, "XEQK") else None


def _of_half_day(found: Found, minutes: int) -> int:
    """Who says quarters and halves counts to twelve, and "half past two" is after noon."""
    if found.code("mark"):
        return _marked(minutes, found.value("mark") == "after_noon")
    marked = found.code("clock") == "T" and found.value("clock")[1]
    return minutes + _HALF_DAY * int(not marked and minutes < _SMALL)


def _bare_hour(found: Found) -> Piece | None:
    """ "tomorrow at 5": an hour only beside a day, and only where hours are said so."""
    hour = found.value("clock")
    if not found.reading.words.afternoon_hours or not 1 <= hour <= 23:
        return None
    minutes = hour * 60 + (_HALF_DAY if hour * 60 <= _SMALL else 0)
    return found.piece(hours=(minutes, None), kind="instant", weak=True)


def _is_weak(found: Found) -> bool:
    """An hour is a moment only after "at", or as all that is said; "à 2h de Lyon" is a distance."""
    distance = found.following == "F" and found.reading.codes[
        found.match.end() + 1 : found.match.end() + 2
    ] not in set("PBRW")
    spelled = found.code("clock") == "N" and not found.code("mark") and not found.reading.opening
    worded = spelled and not found.reading.folded(found.place("clock") or 0).isdigit() and not _is_said_alone(found)
    lone = not (found.code("lead") or found.is_alone)
    return not found.reading.expected and (distance or worded or lone)


def _is_said_alone(found: Found) -> bool:
    """ "às nove?", "à neuf heures": nothing follows that there could be nine of."""
    ends = found.following in {"", ";", ",", ".", "&", "Q"}
    return ends and bool(found.code("lead")) and found.value("clock") >= _LEAST_WORDED


def _minutes(found: Found) -> int | None:
    marked = False
    if found.code("clock") == "T":
        minutes, marked = found.value("clock")
    elif found.code("clock") == "d":
        hour, minute = found.value("clock")
        dotted = minute < 60 and "." in found.reading.folded(found.place("clock") or 0)
        minutes = hour * 60 + minute if dotted else _DAY
    else:
        minutes = found.value("clock") * 60 + (found.value("minute") or 0)
    if not marked and found.code("mark"):
        minutes = _marked(minutes, found.value("mark") == "after_noon")
    elif not marked and 60 <= minutes <= _SMALL and _counts_to_twelve(found):
        minutes += _HALF_DAY
    return minutes if 0 <= minutes < _DAY else None


def _counts_to_twelve(found: Found) -> bool:
    by_the_clock = "K" in found.code("lead") + found.code("at") or _has_hour_article(found)
    told = by_the_clock or (_side(found) and found.code("clock") == "N")
    return found.reading.words.afternoon_hours and bool(told)


def _marked(minutes: int, after_noon: bool) -> int:
    return minutes % _HALF_DAY + _HALF_DAY if after_noon and minutes < 13 * 60 else minutes


def _clock_range(found: Found) -> Piece | None:
    """ "de 9h à 17h", "entre midi et 14h", "from 2 to 5 pm", "9h-12h"."""
    lead = found.reading.codes[found.match.start()]
    bare = not (found.code("hour1", "hour2", "mark") or set("TdP") & {found.code("one"), found.code("two")})
    led = lead in "FbK" or (bare and found.code("link") == "~" and _is_beside_day(found))
    if _is_day_at_an_hour(found) or (bare and not led) or (found.code("link") == "&" and lead != "b"):
        return None
    first, last = _plain_minutes(found, "one"), _plain_minutes(found, "two")
    if first is None or last is None or found.reading.folded(found.match.end()) in _NOT_A_MOMENT:
        return None
    first, last = _in_order(found, first, last, bare)
    if not first < last <= _DAY:
        return None
    # "de 3 a 17" may be days of a month.
    likely = found.is_alone or (found.reading.opening and (lead in "bK" or first >= _SMALL))
    return found.piece(hours=(first, last), kind="range", weak=bare and not (likely or found.reading.expected))


def _is_day_at_an_hour(found: Found) -> bool:
    """ "le 12 à 14h": the article is that of a day, and only what follows is an hour."""
    start = found.match.start()
    article = start if found.reading.codes[start] == "A" else start - 1 if found.reading.before(start) == "A" else None
    words = found.reading.words
    if article is None or found.code("one") != "N" or found.code("hour1"):
        return False
    return found.reading.folded(article) in words.day_articles - words.hour_articles


def _is_beside_day(found: Found) -> bool:
    """ "demain 9-12": figures that may be hours, and count nothing."""
    small = found.value("one") * 60 < _SMALL or found.value("two") * 60 >= _DAY
    return not small and found.reading.before(found.match.start()) in set("WRC") and found.following not in set("uUhr~")


def _in_order(found: Found, first: int, last: int, bare: bool) -> tuple[int, int]:
    """The two ends in the half of the day that makes sense of them."""
    if found.value("mark") == "after_noon":
        first, last = _marked(first, True), _marked(last, True)
    if bare and found.reading.words.afternoon_hours and 60 <= first < last <= _SMALL:
        first, last = first + _HALF_DAY, last + _HALF_DAY  # "between 2 and 4"
    if last < first <= last + _HALF_DAY <= _DAY and last <= _SMALL:
        last += _HALF_DAY  # "between 12 and 2"
    if first + _HALF_DAY < last and found.code("two") == "T" and found.value("two")[1]:
        first += _HALF_DAY  # "from 2 to 4 pm"
    return first, last


def _plain_minutes(found: Found, name: str) -> int | None:
    value = found.value(name)
    if found.code(name) == "N":
        return int(value) * 60
    if found.code(name) == "T":
        return int(value[0])
    if found.code(name) == "P":
        return PARTS[value][0] if value == "noon" else None
    place = found.place(name) or 0
    dotted = value[1] < 60 and "." in found.reading.folded(place) and found.reading.before(place) == "K"
    return value[0] * 60 + value[1] if dotted else None


_LEAD = r"(?:(?P<lead>[XKQFf])X?F?)"
"""What may stand before an hour: "at", "a las", or a word that tells a side of it ("after", "from")."""
_AT = _LEAD + r"?(?P<article>A)?(?P<at>K)?"
PATTERNS = table(
    [
        (r"A?(?P<part>P)", _part),
        (r"(?P<part>B)", _habit),
        (r"iA(?P<part>P)", _part_to_come),
        (r"(?P<lead>[XEQKFf])A?(?P<part>P)", _noon),
        (r"(?P<now>I)", _now),
        (_AT + r"(?P<clock>T)h?(?P<mark>z)?", _clock),
        (_AT + r"(?P<clock>N)h(?P<minute>N)?(?P<mark>z)?(?![UuF]?U)", _clock),
        (r"(?P<lead>[XK])A?(?P<clock>d)h?", _clock),
        (_LEAD + r"A?(?P<clock>d)h", _clock),
        (r"(?P<lead>K)(?P<clock>N)(?![uU]|\.?[Mmj])(?P<mark>z)?", _clock),
        (_LEAD + r"(?P<article>A)?(?P<at>K)?(?P<clock>N)(?P<mark>z)?(?![uUhNT]|\.?[Mmj])", _bare_side),
        (_LEAD + r"?A?(?P<at>K)?(?P<count>N)4F?A?(?P<clock>N)h?(?P<mark>z)?", _quarters),
        (_LEAD + r"?(?P<half>5)(?P<clock>[NT])h?(?P<mark>z)?", _half),
        (_AT + r"(?P<clock>[NT])h?(?P<after>6)h?(?P<mark>z)?", _half),
        (r"(?P<lead>[XEQKFf])?A?(?P<part>P)(?P<after>6)", _past_noon),
        (r"(?P<lead>X)?A?(?P<clock>N)(?P<mark>z)", _clock),
        (r"(?P<lead>X)(?P<clock>N)(?![uUMmhzTNX]|\.?F?A?[Mmj]|F?A?[tnl]U|F?A?U[nl])", _bare_hour),
        (
            (
                r"(?:[FbK]A?K?)?A?(?P<one>[TNdP])(?P<hour1>h)?z?"
                r"(?:(?P<link>[X&~])A?K?|K|(?<=T)(?=T))(?P<two>[TNdP])(?P<hour2>h)?(?P<mark>z)?"
            ),
            _clock_range,
        ),
    ]
)
