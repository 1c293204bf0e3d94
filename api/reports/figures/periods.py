"""The calendar of a run: returns by month, and figures of windows that move through it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from api.reports.figures.cells import cells
from api.reports.figures.figure import Figure, inches
from api.reports.figures.scales import date_axis, days_at, percent_axis, plain_axis, roomy
from api.reports.figures.style import AXIS, LINE_POINTS, SERIES, panels, plain, say_at_end
from api.reports.figures.words import about_prices, number, percent
from api.runs import StoredRun
from schemas.sections.curve import PeriodReturn, Window

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOT_DEFINED: Final = "\N{EN DASH}"


def monthly_returns(run: StoredRun, axes: Axes) -> None:
    """A row per year, a cell per month, and the return of each year at the end of its row."""
    periods = run.summary.periods
    rows = {one.year: row for row, one in enumerate(periods.years)}
    found: dict[tuple[int, int], tuple[float, str]] = {}
    for one in (*periods.months, *periods.years):
        column = 12 if one.month is None else one.month - 1
        found[rows[one.year], column] = (one.total or 0.0, _total(one))
    cells(axes, found, [str(year) for year in rows], [*_MONTHS, "Year"])
    axes.axvline(12.0, color="white", linewidth=4)


def rolling(run: StoredRun, axes: Axes) -> None:
    """Sharpe ratio and return of the windows that end with each month."""
    windows = run.summary.rolling
    lengths = sorted({window.sessions for window in windows})
    ratio, gained = panels(axes, 2, gaps=(0.0, 0.15))
    for panel, heading, field in ((ratio, "Sharpe ratio", "sharpe"), (gained, "Return of the window", "total")):
        plain(panel, heading)
        curves = [_curve([window for window in windows if window.sessions == length], field) for length in lengths]
        for (at, values), (colour, dashes) in zip(curves, SERIES, strict=False):
            panel.plot(at, values, color=colour, linestyle=dashes, linewidth=LINE_POINTS)
        panel.axhline(0.0, color=AXIS, linewidth=0.6)
        panel.set_ylim(*roomy(np.concatenate([values for _, values in curves]), 0.0))
        (plain_axis if panel is ratio else percent_axis)(panel.yaxis, *panel.get_ylim(), ticks=6)
        times = np.concatenate([at for at, _ in curves])
        date_axis(panel, float(times.min()), float(times.max()), run.summary.data.timezone, labelled=panel is gained)
        named = zip(curves, lengths, SERIES, strict=False)
        ends = [(_last(values), f"{length} sessions", colour) for (_, values), length, (colour, _) in named]
        say_at_end(panel, [end for end in ends if np.isfinite(end[0])])


def _curve(windows: list[Window], field: str) -> tuple[np.ndarray, np.ndarray]:
    """Ends of windows and a field of theirs, NaN where it is not defined."""
    at = [days_at(datetime.fromisoformat(f"{window.ends_on}T00:00:00+00:00")) for window in windows]
    return np.array(at), np.array([getattr(window, field) for window in windows], np.float64)


def _last(values: np.ndarray) -> float:
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else np.nan


def _total(one: PeriodReturn) -> str:
    return _NOT_DEFINED if one.total is None else percent(one.total)


def _monthly_alt(run: StoredRun) -> str:
    periods = run.summary.periods
    years = ", ".join(f"{one.year} {_total(one)}" for one in periods.years)
    if periods.best_month is None or periods.worst_month is None:
        return f"By year: {years}."
    return f"Best month {percent(periods.best_month)}, worst month {percent(periods.worst_month)}. By year: {years}."


def _rolling_alt(run: StoredRun) -> str:
    said = []
    for length in sorted({window.sessions for window in run.summary.rolling}):
        ratios = [one.sharpe for one in run.summary.rolling if one.sessions == length and one.sharpe is not None]
        if ratios:
            said.append(f"{length} sessions: between {number(min(ratios))} and {number(max(ratios))}")
    return "Sharpe ratio over windows of " + ("; ".join(said) or "any length is not defined") + "."


MONTHLY_RETURNS: Final = Figure(
    name="monthly-returns",
    title="Returns by month and year",
    caption=lambda run: about_prices(
        run, "Net liquidation from the end of the month before, deposits and withdrawals left out. Blue: gain."
    ),
    alt=_monthly_alt,
    draw=monthly_returns,
    applies=lambda run: len(run.summary.periods.months) > 0,
    height=lambda run: 0.4 + 0.24 * len(run.summary.periods.years),
)

ROLLING: Final = Figure(
    name="rolling",
    title="Sharpe ratio and return over moving windows",
    caption=lambda run: about_prices(
        run, "A window ends with each month, as soon as the run is as long. Daily returns, 252 sessions a year, rate 0."
    ),
    alt=_rolling_alt,
    draw=rolling,
    applies=lambda run: len(run.summary.rolling) > 0,
    height=inches(2.9),
)
