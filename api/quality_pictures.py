"""Pictures of the report on stored quotes: sessions by their suspicious quotes, and findings by kind. Inline SVG."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.collections import PatchCollection
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from data.quality.findings import FINDINGS
from data.quality.report import DatasetQuality

_STYLE: Final[Any] = {"svg.hashsalt": "ironfly", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
_CLEAN, _MISSING, _INK = "#dfe9e4", "#c0392b", "#33373d"
_COLOURS: Final = LinearSegmentedColormap.from_list("shares", ["#fbd68a", "#ec7a1c", "#6b2004"])
_LEAST_SHARE, _MOST_SHARE = 1e-4, 1.0
"""Shares are coloured on a logarithmic scale: one bad quote in ten thousand is visible, and so is a bad day."""
_CELL: Final = 0.86
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_LEAST_WEEKS: Final = 12
_WHOLE_YEAR: Final = (0, 52)


def calendar_picture(found: DatasetQuality) -> str:
    """A square per session, a column per week, a strip per year."""
    years = sorted({day.year for day in (*found.coverage.days, *found.coverage.missing)})
    first, last = _weeks(found, years[0]) if len(years) == 1 else _WHOLE_YEAR
    width = 1.6 + 0.185 * max(last - first + 1, _LEAST_WEEKS)
    with rc_context(_STYLE):
        figure = Figure(figsize=(width, 1.55 * len(years) + 0.55), layout="constrained")
        colours = LogNorm(_LEAST_SHARE, _MOST_SHARE)
        axes = figure.subplots(len(years), 1, squeeze=False)[:, 0]
        shaded: Any = None
        for year, axis in zip(years, axes, strict=True):
            shaded = _strip(axis, found, year, colours)
            axis.set_xlim(first - 0.3, max(last + 1, first + _LEAST_WEEKS))
        bar = figure.colorbar(shaded, ax=list(axes), shrink=min(1.0, 1.6 / len(years) + 0.2), aspect=14, pad=0.02)
        bar.set_label("suspicious quotes")
        bar.set_ticks([1e-4, 1e-3, 1e-2, 1e-1, 1.0], labels=["0.01 %", "0.1 %", "1 %", "10 %", "100 %"])
        bar.minorticks_off()
        bar.outline.set_visible(False)
        return _svg(figure, "Sessions by their share of suspicious quotes; missing sessions are crossed out")


def findings_picture(found: DatasetQuality) -> str:
    """A bar per finding that there is, on a logarithmic scale."""
    counted = [(one, found.counts[one.name]) for one in FINDINGS if found.counts[one.name]]
    with rc_context(_STYLE):
        figure = Figure(figsize=(6.6, 0.75 + 0.27 * len(counted)), layout="constrained")
        axis = figure.add_subplot()
        places = range(len(counted))
        colours = ["#9aa5ad" if one.usual else "#b5651d" for one, _ in counted]
        axis.barh(places, [count for _, count in counted], color=colours, height=0.66)
        for place, (_, count) in zip(places, counted, strict=True):
            axis.annotate(f"{count:,}", (count, place), xytext=(4, 0), textcoords="offset points", va="center")
        axis.set_yticks(places, [one.title for one, _ in counted])
        axis.invert_yaxis()
        axis.set_xscale("log")
        axis.minorticks_off()
        axis.xaxis.set_major_formatter(lambda count, _: f"{count:,.0f}")
        axis.set_xlim(0.5, 6 * max((count for _, count in counted), default=1))
        axis.set_xlabel("count (grey: usual in good chains)")
        _plain(axis)
        return _svg(figure, "Findings by kind")


def _strip(axis: Any, found: DatasetQuality, year: int, colours: LogNorm) -> Any:
    """One year; answers what the scale of colours belongs to."""
    shares = {day.day: day.share for day in found.days if day.day.year == year}
    flagged = {day: share for day, share in shares.items() if share > 0}
    missing = [day for day in found.coverage.missing if day.year == year]
    axis.add_collection(PatchCollection(_squares(day for day in shares if day not in flagged), facecolor=_CLEAN))
    shaded = PatchCollection(_squares(flagged), cmap=_COLOURS, norm=colours)
    shaded.set_array([max(share, _LEAST_SHARE) for share in flagged.values()])
    axis.add_collection(shaded)
    axis.add_collection(PatchCollection(_squares(missing), facecolor="white", edgecolor=_MISSING, linewidth=0.9))
    for day in missing:
        week, weekday = _place(day)
        axis.plot([week + 0.12, week + 0.74], [weekday + 0.12, weekday + 0.74], color=_MISSING, linewidth=0.9)
    # Coins are quoted at weekends, too.
    rows = 7 if any(day.weekday() > 4 for day in (*shares, *missing)) else 5
    axis.set_ylim(rows, -0.2)
    axis.set_aspect("equal")
    axis.set_yticks([place + _CELL / 2 for place in range(rows)], _WEEKDAYS[:rows])
    months = [date(year, month, 1) for month in range(1, 13)]
    present = sorted({*shares, *missing})
    shown = [day for day in months if present[0] - timedelta(days=4) <= day <= present[-1]]
    axis.set_xticks([_place(day)[0] + _CELL / 2 for day in shown], [f"{day:%b}" for day in shown])
    axis.set_title(str(year), loc="left", fontsize=9, fontweight="bold", color=_INK)
    _plain(axis)
    return shaded


def _squares(days: Any) -> list[Rectangle]:
    return [Rectangle(_place(day), _CELL, _CELL) for day in days]


def _place(day: date) -> tuple[int, int]:
    """Column and row of a date in its year: weeks from the first Monday on or before New Year."""
    new_year = date(day.year, 1, 1)
    monday = new_year - timedelta(days=new_year.weekday())
    return (day - monday).days // 7, day.weekday()


def _weeks(found: DatasetQuality, year: int) -> tuple[int, int]:
    """First and last column that a year has something in."""
    columns = [_place(day)[0] for day in (*found.coverage.days, *found.coverage.missing) if day.year == year]
    return min(columns), max(columns)


def _plain(axis: Any) -> None:
    for side in axis.spines.values():
        side.set_visible(False)
    axis.tick_params(length=0, colors=_INK)


def _svg(figure: Figure, title: str) -> str:
    """The figure as an element of a page, the same bytes every time."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Title": title})
    drawing = text.getvalue()
    return drawing[drawing.index("<svg") :].replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
