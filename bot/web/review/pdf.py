"""A transcript as a PDF, with the fonts that every reader has: they know the letters of western Europe.

Other letters (Arabic, Greek, Cyrillic…) are written in Latin ones, which is said at the end: the text file keeps them.
"""

from __future__ import annotations

import unicodedata

from anyascii import anyascii
from fpdf import FPDF

from bot.web.review.transcript import Written
from bot.web.words import word

_FONT = "Helvetica"
_MARGIN = 20  # mm
_SHADE = (235, 241, 243)


def pdf(found: Written) -> bytes:
    """The document, A4."""
    return _Pages(found).made()


def western(text: str) -> tuple[str, bool]:
    """A text in letters that the fonts have (windows-1252), and whether some had to be written otherwise."""
    even = unicodedata.normalize("NFC", text)
    latin = (letter if _is_western(letter) else anyascii(letter) for letter in even)
    written = "".join(each for each in latin if each.isprintable())
    return written, written != even


def _is_western(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return letter.isprintable()


class _Pages(FPDF):
    def __init__(self, found: Written) -> None:
        super().__init__(format="A4")
        self._found = found
        self._otherwise = False
        self.core_fonts_encoding = "windows-1252"
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, _MARGIN)
        self.set_lang(found.language)
        self.set_title(self._plain(found.title))
        self.set_creator(self._plain(word("desk.title", found.language)))

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-15)
        self.set_font(_FONT, size=8)
        self.cell(0, 5, f"{self.page_no()}", align="C")

    def made(self) -> bytes:
        """All pages."""
        found = self._found
        self.add_page()
        self._say(found.title, 16, "B")
        for label, value in found.facts:
            self._say(label, 8)
            self._say(value, 10)
        for part in found.parts:
            self.ln(3)
            self._say(part.heading, 9, "B")
            for line in part.lines:
                self._say(line, 10, shaded=part.is_person)
        if self._otherwise:
            self.ln(6)
            self._say(word("review.otherwise", found.language), 8)
        return bytes(self.output())

    def _say(self, text: str, size: int, style: str = "", shaded: bool = False) -> None:
        self.set_font(_FONT, style, size)
        self.set_fill_color(*_SHADE)
        self.multi_cell(0, size * 0.5, self._plain(text) or " ", fill=shaded, new_x="LMARGIN", new_y="NEXT")

    def _plain(self, text: str) -> str:
        written, otherwise = western(text)
        self._otherwise = self._otherwise or otherwise
        return written
