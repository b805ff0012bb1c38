"""What goes with a house's number: flat, staircase, floor."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:(?:flat|apt|apartment|unit|suite|studio|appt|app|appartement|bat|bât|bâtiment)\.? ?(?:[A-Za-z]|\d{1,4}[A-Za-z]?)[ ,]{1,3}){1,2}$",
    re.IGNORECASE,
)
_NAMED = (
    r"(?:b[aâ]t(?:iment)?|appt?|appartement|apt|apartment|apartamento|apto|flat|unit|esc(?:alier|alera)?|bte|bo[iî]te|scala|int(?:erno)?|piso|piano|depto|dpto|dept|of|oficina"
    r"|puerta|pta|bloque|bloco|portal|lote?|floor|porte|hall|etage|étage)\.? ?(?:\d{1,4}[A-Za-z]?|[A-Z]|izq|dcha|der|dto|esq)\b"
)
_FLOOR = (
    r"\d{1,2}(?:\.?[ºª°]|e|er|ère|ème|eme|th|st|nd|rd)?\.? ?(?:ét(?:age)?\b|etage\b|floor\b|esq\b|dto\b|dt\b|dta\b|izq\b|dcha\b|drcha\b|frente\b|[A-D]\b|\d[ªº])"
    r"|\d{1,2}\.?[ºª°]"
)
_WORD = r"(?:r/c|rés-do-chão|ático|atico|bajo|entresuelo|principal|esq|dto|izq|dcha)\b"
_AFTER = re.compile(rf"(?:[ ,-]{{1,3}}(?:{_NAMED}|{_FLOOR}|{_WORD})){{1,4}}", re.IGNORECASE)


def start(text: str, at: int) -> int:
    """Where an address that begins at `at` really begins: with "Flat 3," before it."""
    match = _BEFORE.search(text[max(0, at - 30) : at])
    return at - len(match.group()) if match else at


def end(text: str, at: int) -> int:
    """Where an address whose number or name ends at `at` really ends: with "3º B" or "bât. C" after it."""
    match = _AFTER.match(text, at)
    return match.end() if match else at
