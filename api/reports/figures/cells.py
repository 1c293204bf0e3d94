"""A table of coloured cells: blue where its numbers are gains, vermillion where they are losses, darker the larger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from api.reports.figures.boxes import boxes
from api.reports.figures.style import MUTED, SMALL_POINTS, signed_colour

_DARKEST: Final = 0.55
"""How much of the colour the largest cell has: letters stay readable on it."""


def cells(
    axes: Axes,
    found: Mapping[tuple[int, int], tuple[float, str]],
    rows: Sequence[str],
    columns: Sequence[str],
) -> None:
    """Draw a cell for each row and column that has one: its value decides the colour, its words stand in it."""
    axes.set_axis_off()
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    largest = max((abs(value) for value, _ in found.values()), default=0.0) or 1.0
    colours = [_mixed(signed_colour(value), _DARKEST * abs(value) / largest) for value, _ in found.values()]
    top, left = np.array(list(found), dtype=np.float64).reshape(-1, 2).T
    axes.add_collection(boxes(left + 0.02, top + 0.04, left + 0.98, top + 0.96, colours), autolim=False)
    for (row, column), (_, words) in found.items():
        # Inside of the axes, and of no concern to the room that words around them need.
        inside = axes.text(column + 0.5, row + 0.5, words, ha="center", va="center", fontsize=SMALL_POINTS)
        inside.set_in_layout(False)
    for place, name in enumerate(columns):
        axes.text(place + 0.5, -0.12, name, ha="center", va="bottom", color=MUTED)
    for place, name in enumerate(rows):
        axes.text(-0.08, place + 0.5, name, ha="right", va="center", color=MUTED)


def _mixed(colour: str, share: float) -> tuple[float, float, float]:
    """A share of a colour on white."""
    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(colour))
    return red, green, blue
