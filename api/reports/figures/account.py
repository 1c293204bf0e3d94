"""The account over time: its value, its falls, its margin."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from api.decimation import extremes
from api.reports.figures.figure import Figure, inches
from api.reports.figures.run import StoredRun
from api.reports.figures.scales import Days, date_axis, days_of, money_axis, percent_axis, roomy
from api.reports.figures.style import (
    AXIS,
    GAIN,
    INK,
    LINE_POINTS,
    LOSS,
    LOSS_INK,
    MUTED,
    plain,
    say_at_end,
)
from api.reports.figures.words import about_prices, counted, day, percent, usd

_POINTS: Final = 900
"""Points of a curve: about two per point of its width."""

Amounts = NDArray[np.float64]


def equity(run: StoredRun, axes: Axes) -> None:
    """Net liquidation at the marks of the account, beside the cash that it began with."""
    at, value = _marks(run, "net_liquidation_usd")
    start = run.summary.capital.start_usd
    plain(axes, "Net liquidation value, USD")
    axes.plot(at, value, color=GAIN, linewidth=LINE_POINTS, gid="net_liquidation")
    axes.axhline(start, color=AXIS, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.set_ylim(*roomy(value, start))
    money_axis(axes.yaxis, *axes.get_ylim())
    _time(run, axes, at)
    say_at_end(axes, [(float(value[-1]), usd(float(value[-1])), INK), (start, f"{usd(start)} at start", MUTED)])


def underwater(run: StoredRun, axes: Axes) -> None:
    """How far the account stood below its highest value so far, deposits and withdrawals left out."""
    at, depth = _fall(run)
    plain(axes, "Below the highest value so far")
    axes.fill_between(at, depth, 0.0, color=LOSS, alpha=0.25, linewidth=0)
    axes.plot(at, depth, color=LOSS, linewidth=0.9)
    axes.set_ylim(min(1.12 * float(depth.min()), -0.001), 0.0)
    percent_axis(axes.yaxis, *axes.get_ylim(), ticks=4)
    _time(run, axes, at)
    worst = int(depth.argmin())
    if depth[worst] < 0:
        axes.plot(at[worst], depth[worst], marker="v", markersize=4, color=LOSS_INK)
        say_at_end(axes, [(float(depth[worst]), f"{percent(float(depth[worst]))} deepest", LOSS_INK)])


def _marks(run: StoredRun, column: str) -> tuple[Days, Amounts]:
    """A curve of the account with its extremes, thinned out."""
    values = run.equity[column].to_numpy(np.float64)
    rows = extremes([values], _POINTS)
    return days_of(run.equity["at"].iloc[rows]), values[rows]


def _fall(run: StoredRun) -> tuple[Days, Amounts]:
    """Fractions below the highest growth so far, thinned out."""
    grown = run.equity["growth_usd"].to_numpy(np.float64)
    depth = grown / np.maximum(np.maximum.accumulate(grown), run.summary.capital.start_usd) - 1.0
    rows = extremes([depth], _POINTS)
    return days_of(run.equity["at"].iloc[rows]), depth[rows]


def _time(run: StoredRun, axes: Axes, at: Days) -> None:
    date_axis(axes, float(at[0]), float(at[-1]), run.summary.data.timezone)


def _has_marks(run: StoredRun) -> bool:
    return len(run.equity) > 0


def _equity_alt(run: StoredRun) -> str:
    capital, total = run.summary.capital, run.summary.returns.total
    gained = "" if total is None else f", {percent(total)} in all"
    return (
        f"Net liquidation from {usd(capital.start_usd)} to {usd(capital.end_usd)}{gained}; "
        f"lowest {usd(capital.min_net_liquidation_usd)}."
    )


def _underwater_alt(run: StoredRun) -> str:
    falls = run.summary.drawdown
    if not falls.max or falls.start is None or falls.trough is None:
        return "The account never stood below its highest value at the end of a session."
    end = "not recovered" if falls.recovered is None else f"recovered on {day(falls.recovered)}"
    return (
        f"Deepest fall {percent(falls.max)} at the ends of sessions, from {day(falls.start)} to {day(falls.trough)}, "
        f"{end}. {counted(falls.count, 'fall')} in all; the longest lasted {counted(falls.longest_days, 'day')}."
    )


EQUITY: Final = Figure(
    name="equity",
    title="Value of the account",
    caption=lambda run: about_prices(run, "Cash and marked value of everything held, at every mark. Dashes: at start."),
    alt=_equity_alt,
    draw=equity,
    applies=_has_marks,
    height=inches(2.5),
)

UNDERWATER: Final = Figure(
    name="underwater",
    title="Falls from the peak",
    caption=lambda run: about_prices(
        run, "Share of the highest value so far that was lost at each mark; deposits and withdrawals are left out."
    ),
    alt=_underwater_alt,
    draw=underwater,
    applies=_has_marks,
    height=inches(1.7),
)
