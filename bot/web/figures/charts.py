"""Bars, laid out here and drawn by a template as SVG: no script, no style; the same figures stand in a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH = 760
_LABEL = 360
"""The room for the labels of lying bars; numbers stand at their ends, with room for them too."""
_NUMBER = 90
_ROW = 28
_BAR = 18
_TALL = 160
_UNDER = 28


@dataclass(frozen=True)
class Bar:
    """A bar and its label, in the units of the chart; `number_x` and `number_y` are where its number stands."""

    label: str
    number: str
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    number_x: float
    number_y: float


@dataclass(frozen=True)
class Chart:
    """A chart of bars. `lying`: labels stand to their left and end at the bar; else they are centred below."""

    id: str
    width: int
    height: int
    lying: bool
    bars: tuple[Bar, ...]


Row = tuple[str, int]
"""A label and a number."""


def lying(name: str, rows: Sequence[Row]) -> Chart:
    """Bars one below the other, for labels that are long."""
    scale = (_WIDTH - _LABEL - _NUMBER) / _highest(rows)
    bars = tuple(_lying(index, label, number, scale) for index, (label, number) in enumerate(rows))
    return Chart(name, _WIDTH, _ROW * len(rows) + _ROW - _BAR, True, bars)


def standing(name: str, rows: Sequence[Row]) -> Chart:
    """Bars side by side, for what follows in time; their labels must be short."""
    scale = (_TALL - _UNDER) / _highest(rows)
    step = _WIDTH / max(len(rows), 1)
    bars = tuple(_standing(index, label, number, scale, step) for index, (label, number) in enumerate(rows))
    return Chart(name, _WIDTH, _TALL + _UNDER, False, bars)


def _lying(index: int, label: str, number: int, scale: float) -> Bar:
    y, width = index * _ROW + _ROW - _BAR, round(number * scale, 1)
    middle = y + _BAR - 5
    return Bar(label, str(number), _LABEL, y, width, _BAR, _LABEL - 8, middle, _LABEL + width + 6, middle)


def _standing(index: int, label: str, number: int, scale: float, step: float) -> Bar:
    height, x = round(number * scale, 1), round(index * step + 0.15 * step, 1)
    middle = round((index + 0.5) * step, 1)
    top = _TALL - height
    return Bar(label, str(number), x, top, round(0.7 * step, 1), height, middle, _TALL + 18, middle, top - 5)


def _highest(rows: Sequence[Row]) -> int:
    return max([number for _, number in rows], default=0) or 1
