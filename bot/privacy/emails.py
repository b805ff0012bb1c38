"""E-mail addresses, also as people spell them ("jean (at) exemple point fr") or mistype them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.spans import Span

# Every repetition is bounded, so that no text makes the search slow (RFC 5321: 64 and 255 characters).
_LOCAL = r"[^\s@<>()\[\],;:\"'«»]{1,64}"
_DOMAIN = r"(?:[^\W_](?:[\w-]{0,62})\.){1,6}[^\W\d_]{2,24}"
_PLAIN = re.compile(rf"{_LOCAL}\s?@\s?{_DOMAIN}")
# A comma, or a space before the dot: only where the end is one that exists in our countries or is used everywhere.
_ENDS = r"(?:com|fr|org|net|eu|be|ch|it|es|pt|lu|cl|mu|ca|uk|re|eus|cat|example)\b"
_MISTYPED = re.compile(rf"{_LOCAL} ?@ ?(?:[\w-]{{1,63}}\.){{0,3}}[\w-]{{1,63}}(?: ?[.,] ?){_ENDS}", re.IGNORECASE)
# Without its end: only at the hosts that everybody knows.
_HOSTS = "gmail|hotmail|outlook|yahoo|live|icloud|orange|wanadoo|free|sfr|laposte|libero|virgilio|bluewin|skynet|sapo|protonmail|proton"
_ENDLESS = re.compile(rf"{_LOCAL}@(?:{_HOSTS})\b", re.IGNORECASE)
_DOT_WORD = r"(?:dot|point|punto|ponto)"
_LINE_WORD = r"(?:underscore|tiret|tiret du bas|dash|hyphen|guion|guión|guion bajo|trattino|trattino basso|hífen|hifen|traço)"
_DOT = rf"(?:\.|\s?[(\[{{]{_DOT_WORD}[)\]}}]\s?|\s{_DOT_WORD}\s)"
_BEGINNING = rf"[\w.+-]{{1,64}}(?:\s(?:{_DOT_WORD}|{_LINE_WORD})\s[\w+-]{{1,32}}){{0,3}}"
_END = rf"(?:[\w-]{{1,63}}{_DOT}){{1,4}}[^\W\d_]{{2,24}}"
_AT = (
    r"(?:\s{0,2}[(\[{]\s?(?:at|arobase|arobas|arroba|chiocciola|a)\s?[)\]}]\s{0,2}"
    r"|\s(?:arobase|arobas|arrobas|arobaze|arroba|chiocciola)\s)"
)
_SPELT = re.compile(_BEGINNING + _AT + _END, re.IGNORECASE)
# "at" is a word like others: only where the dot is spelt too, or a word tells that an address comes.
_AT_ALONE = re.compile(
    rf"{_BEGINNING}\sat\s(?:[\w-]{{1,63}}(?:\s?[(\[{{]{_DOT_WORD}[)\]}}]\s?|\s{_DOT_WORD}\s)){{1,4}}[^\W\d_]{{2,24}}", re.IGNORECASE
)
_ANNOUNCED = re.compile(
    rf"(?:mail|email|e-mail|courriel|correo|posta|write|écrire|contact|send it|reply)\b[^\n@]{{0,12}}\s({_BEGINNING}\sat\s{_END})", re.IGNORECASE
)


def find(text: str) -> Iterator[Span]:
    """All e-mail addresses of `text`."""
    for form in (_PLAIN, _MISTYPED, _ENDLESS) if "@" in text else ():
        yield from (Span(match.start(), match.end(), "email") for match in form.finditer(text))
    for form in _SPELT, _AT_ALONE:
        yield from (Span(match.start(), match.end(), "email") for match in form.finditer(text))
    yield from (Span(match.start(1), match.end(1), "email") for match in _ANNOUNCED.finditer(text))
