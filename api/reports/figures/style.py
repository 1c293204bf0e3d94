"""How figures look: the page's colours on white, thin rules, words instead of legends.

Blue is gain and vermillion is loss, as on the page. The colour-blind tell them apart, and where grey
paper would not, a sign, a side or a dash does. Text has a contrast of at least 4.5:1, marks of 3:1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any, Final, Literal, TypeAlias

from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

INK: Final = "#14191f"
MUTED: Final = "#55606c"
RULE: Final = "#e1e5ea"
AXIS: Final = "#8a95a1"
GAIN: Final = "#0072b2"
LOSS: Final = "#d55e00"
GAIN_INK: Final = "#005f96"
LOSS_INK: Final = "#a84900"
CAUTION: Final = "#fdf6e3"

FONTS: Final = "Inter, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif"
"""What an SVG asks for. Places are measured in DejaVu Sans, the widest of them, which comes with matplotlib."""

TEXT_POINTS: Final = 8.0
SMALL_POINTS: Final = 7.0
LINE_POINTS: Final = 1.2
_FOOT_INCHES: Final = 0.21

SETTINGS: Final[Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": TEXT_POINTS,
    "text.color": INK,
    "svg.fonttype": "none",
    "hatch.linewidth": 0.6,
    "text.parse_math": False,
}

SERIES: Final[Sequence[tuple[str, Any]]] = (
    (GAIN, "solid"),
    (LOSS, (0, (5, 1.5))),
    ("#00755a", (0, (6, 1.5, 1.2, 1.5))),
    ("#8a4fa3", (0, (1.5, 1.2))),
    ("#7a5c00", (0, (3, 1, 1, 1, 1, 1))),
)
"""Colour and dash of curves that share axes; no two share either."""

Side: TypeAlias = Literal["below", "left", "right", "above left", "above right", "below left", "below right"]
_BESIDE: Final[Mapping[Side, Any]] = {
    "below": ((0, -5), "center", "top"),
    "left": ((-3, 0), "right", "center"),
    "right": ((3, 0), "left", "center"),
    "above left": ((-4, 4), "right", "bottom"),
    "above right": ((4, 4), "left", "bottom"),
    "below left": ((-4, -4), "right", "top"),
    "below right": ((4, -4), "left", "top"),
}
"""Distance in points, and which edge of the words stands there."""


def signed_colour(value: float) -> str:
    """The colour of a gain or a loss; nothing is a gain."""
    return LOSS if value < 0 else GAIN


def plain(axes: Axes, heading: str = "") -> None:
    """Quiet axes: a rule at the bottom, light lines across, and above them what is measured, in which unit."""
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color=AXIS, linewidth=0.6)
    axes.tick_params(length=0, colors=MUTED, labelsize=TEXT_POINTS)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_label_coords(0.0, 0.0)
    axes.set_axisbelow(True)
    if heading:
        head(axes, heading)


def head(axes: Axes, words: str, *, colour: str = INK, right: bool = False) -> None:
    """Words above axes, at their left or their right end."""
    # Named heights spare matplotlib the search for what might be in the way.
    axes.set_title(words, loc="right" if right else "left", y=1.0, fontsize=TEXT_POINTS, color=colour, pad=5)


def foot(axes: Axes, words: str) -> None:
    """Words under the ticks of an axis: what it measures."""
    down = ScaledTranslation(0.0, -_FOOT_INCHES, axes.figure.dpi_scale_trans)
    axes.text(0.5, 0.0, words, transform=axes.transAxes + down, color=MUTED, ha="center", va="top")


def panels(
    axes: Axes, rows: int, columns: int = 1, *, gaps: tuple[float, float] = (0.0, 0.0), heights: Sequence[float] = ()
) -> list[Axes]:
    """Divide axes into panels, row by row.

    Args:
        axes: what is divided; its own frame disappears.
        rows: how many above each other.
        columns: how many beside each other.
        gaps: fractions of the axes between two columns, and between two rows.
        heights: of each row, relative to each other; equal where none are given.
    """
    axes.set_axis_off()
    across, down = gaps
    width = (1.0 - across * (columns - 1)) / columns
    shares = heights or [1.0] * rows
    room, top, found = 1.0 - down * (rows - 1), 1.0, []
    for share in shares:
        height = room * share / fsum(shares)
        found += [
            axes.inset_axes((column * (width + across), top - height, width, height)) for column in range(columns)
        ]
        top -= height + down
    return found


def note(axes: Axes, words: str, place: tuple[float, float], colour: str, side: Side) -> None:
    """Words beside a place of the axes, with a little air between them."""
    offset, across, along = _BESIDE[side]
    axes.annotate(words, place, offset, textcoords="offset points", color=colour, ha=across, va=along)


def say_at_end(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Name curves at their right ends, apart from each other.

    Args:
        axes: with their final limits.
        ends: height of each end in the unit of the axes, its words, their colour.
    """
    low, high = axes.get_ylim()
    inches = axes.get_window_extent().height / axes.figure.dpi
    apart = 1.25 * TEXT_POINTS / 72.0 / max(inches, 0.1)
    places = spread([(height - low) / ((high - low) or 1.0) for height, _, _ in ends], apart)
    for place, (_, words, colour) in zip(places, ends, strict=True):
        axes.text(1.01, place, words, color=colour, va="center", transform=axes.transAxes)


def spread(wanted: Sequence[float], apart: float) -> list[float]:
    """Places near the wanted ones, in their order, that keep a distance; none above 1 where they all fit."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = list(wanted)
    floor = -float("inf")
    for number in order:
        placed[number] = floor = max(wanted[number], floor)
        floor += apart
    ceiling = max(1.0, apart * (len(wanted) - 1))
    for number in reversed(order):
        placed[number] = min(placed[number], ceiling)
        ceiling = placed[number] - apart
    return placed
