"""A table of coloured cells: blue where its numbers are gains, vermillion where they are losses, darker the larger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from api.reports.figures.style import INK, MUTED, TEXT_POINTS, signed_colour

_DARKEST: Final = 0.55
"""How much of the colour the largest cell has: letters stay readable on it."""


def cells(
    axes: Axes,
    found: Mapping[tuple[int, int], tuple[float, str]],
    rows: Sequence[str],
    columns: Sequence[str],
) -> None:
    """Draw a cell for each row and column that has one: its value decides the colour, its words stand in it."""
    largest = max((abs(value) for value, _ in found.values()), default=0.0) or 1.0
    for (row, column), (value, words) in found.items():
        colour = _mixed(signed_colour(value), _DARKEST * abs(value) / largest)
        axes.add_patch(Rectangle((column + 0.02, row + 0.04), 0.96, 0.92, facecolor=colour, linewidth=0))
        axes.text(column + 0.5, row + 0.5, words, ha="center", va="center", color=INK, fontsize=TEXT_POINTS - 1)
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    axes.set_xticks([place + 0.5 for place in range(len(columns))], columns)
    axes.set_yticks([place + 0.5 for place in range(len(rows))], rows)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, colors=MUTED, labelsize=TEXT_POINTS, pad=2)
    for side in axes.spines.values():
        side.set_visible(False)


def _mixed(colour: str, share: float) -> tuple[float, float, float]:
    """A share of a colour on white."""
    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(colour))
    return red, green, blue
