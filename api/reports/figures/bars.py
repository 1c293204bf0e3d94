"""Bars that lie: a name per row, and one or several columns of values with their words at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from api.reports.figures.boxes import boxes
from api.reports.figures.style import AXIS, INK, TEXT_POINTS

_GAP: Final = 0.05
"""Between two columns, as a share of the axes."""
_HALF: Final = 0.31
"""Half the thickness of a bar, in rows."""
_POINTS_ACROSS: Final = 360.0
"""About as wide are the axes, the names of the rows left out."""
_POINTS_PER_LETTER: Final = 0.62 * TEXT_POINTS


@dataclass(frozen=True, slots=True)
class Column:
    """Values of all rows: how long their bars are, what is said of them, and how they are coloured."""

    heading: str
    values: Sequence[float]
    words: Sequence[str]
    colours: Sequence[str]


def bars(axes: Axes, names: Sequence[str], columns: Sequence[Column]) -> None:
    """Draw rows from top to bottom; each column has a scale of its own."""
    axes.set_axis_off()
    axes.set(xlim=(0.0, 1.0), ylim=(len(names) - 0.4, -0.6))
    for row, name in enumerate(names):
        axes.text(-0.012, row, name, ha="right", va="center", color=INK)
    width = (1.0 - _GAP * (len(columns) - 1)) / len(columns)
    for number, column in enumerate(columns):
        _draw(axes, column, number * (width + _GAP), width)


def _draw(axes: Axes, column: Column, left: float, width: float) -> None:
    low, high = min(0.0, *column.values), max(0.0, *column.values)
    before = _room(column, negative=True)
    scale = (width - before - _room(column, negative=False)) / ((high - low) or 1.0)
    zero = left + before - low * scale
    ends = zero + scale * np.array(column.values)
    rows = np.arange(len(ends))
    axes.add_collection(
        boxes(np.minimum(ends, zero), rows - _HALF, np.maximum(ends, zero), rows + _HALF, column.colours), autolim=False
    )
    axes.plot([zero, zero], [-0.6, len(ends) - 0.4], color=AXIS, linewidth=0.6)
    for row, (value, end, words) in enumerate(zip(column.values, ends, column.words, strict=True)):
        negative = value < 0
        axes.text(end + (-0.008 if negative else 0.008), row, words, ha="right" if negative else "left", va="center")
    axes.text(left, -0.75, column.heading, color=INK, va="bottom")


def _room(column: Column, *, negative: bool) -> float:
    """Share of the axes that the longest words on one side of zero take."""
    said = (len(words) for value, words in zip(column.values, column.words, strict=True) if (value < 0) is negative)
    return 0.008 + _POINTS_PER_LETTER * max(said, default=0) / _POINTS_ACROSS
