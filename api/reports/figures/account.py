"""The account over time: its value, its falls, its margin."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from api.decimation import extremes
from api.reports.figures.figure import Figure, inches
from api.reports.figures.scales import Days, date_axis, days_of, money_axis, percent_axis, plain_axis, roomy
from api.reports.figures.style import (
    AXIS,
    GAIN,
    GAIN_INK,
    INK,
    LINE_POINTS,
    LOSS,
    LOSS_INK,
    MUTED,
    head,
    note,
    panels,
    plain,
    say_at_end,
)
from api.reports.figures.words import about_prices, counted, day, percent, plainly, usd
from api.runs import StoredRun

_POINTS: Final = 640
"""Points of a curve: more than one per point of its width."""
_STEPS: Final = 260
"""Steps of a curve, each of two points."""
_CALLS: Final = 100
"""Places of margin calls that can be told apart."""

Amounts = NDArray[np.float64]


def equity(run: StoredRun, axes: Axes) -> None:
    """Net liquidation at the marks of the account, beside the cash that it began with."""
    at, value = _marks(run, "net_liquidation_usd")
    start = run.summary.capital.start_usd
    plain(axes, "Net liquidation value, USD")
    axes.plot(at, value, color=GAIN, linewidth=LINE_POINTS, marker="o" if len(at) == 1 else "", markersize=4)
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
    worst = int(depth.argmin())
    deepest = float(depth[worst])
    axes.set_ylim(min(1.25 * deepest, -0.001), 0.0)
    percent_axis(axes.yaxis, *axes.get_ylim(), ticks=4)
    _time(run, axes, at)
    if deepest < 0:
        axes.plot(at[worst], deepest, marker="v", markersize=4, color=LOSS_INK)
        note(axes, percent(deepest, 1 if deepest <= -0.01 else 2), (float(at[worst]), deepest), LOSS_INK, "below")


def margin(run: StoredRun, axes: Axes) -> None:
    """What margin required beside what there was, and how many trades were open."""
    money, count = panels(axes, 2, gaps=(0.0, 0.17), heights=(0.66, 0.34))
    at, value = _marks(run, "net_liquidation_usd")
    required_at, required = _requirement(run)
    plain(money, "Net liquidation value and margin requirement, USD")
    money.plot(at, value, color=GAIN, linewidth=LINE_POINTS)
    money.plot(required_at, required, color=LOSS, linewidth=LINE_POINTS, drawstyle="steps-post", linestyle="solid")
    money.fill_between(required_at, required, 0.0, color=LOSS, alpha=0.2, linewidth=0, step="post")
    money.set_ylim(*roomy(np.concatenate((value, required)), 0.0))
    money_axis(money.yaxis, *money.get_ylim(), ticks=4)
    date_axis(money, float(at[0]), float(at[-1]), run.summary.data.timezone, labelled=False)
    _calls(run, money)
    last = required[np.isfinite(required)]
    ends = [(float(value[-1]), "net liquidation", GAIN_INK)]
    say_at_end(money, [*ends, (float(last[-1]), "required", LOSS_INK)] if len(last) else ends)
    _open_trades(run, count, at)


def _requirement(run: StoredRun) -> tuple[Days, Amounts]:
    """The requirement, thinned out; NaN where no amount would have been enough."""
    values = run.equity["margin_requirement_usd"].to_numpy(np.float64)
    bounded = np.isfinite(values)
    rows = extremes([np.where(bounded, values, 0.0), bounded.astype(np.float64)], _STEPS)
    return days_of(run.equity["at"].iloc[rows]), values[rows]


def _calls(run: StoredRun, axes: Axes) -> None:
    """Margin calls at the top of the axes."""
    called = days_of(run.margin_calls["at"])
    if not len(called):
        return
    (first, last), top = axes.get_xlim(), axes.get_ylim()[1]
    places = np.unique(np.round((called - first) / (last - first) * _CALLS)) / _CALLS * (last - first) + first
    axes.plot(places, np.full(len(places), top), "v", color=LOSS_INK, markersize=4, clip_on=False)
    said = f"\N{BLACK DOWN-POINTING TRIANGLE} {counted(len(called), 'margin call')}"
    head(axes, said, colour=LOSS_INK, right=True)


def _open_trades(run: StoredRun, axes: Axes, at: Days) -> None:
    """How many trades were open, as steps."""
    opened, closed = days_of(run.trades["opened_at"]), days_of(run.trades["closed_at"])
    closed = closed[np.isfinite(closed)]
    changes = np.concatenate((opened, closed))
    order = np.argsort(changes, kind="stable")
    held = np.cumsum(np.concatenate((np.ones(len(opened)), -np.ones(len(closed))))[order])
    moments = np.concatenate(([at[0]], changes[order], [at[-1]]))
    counts = np.concatenate(([0.0], held, held[-1:] if len(held) else [0.0]))
    last = np.append(moments[1:] != moments[:-1], True)
    moments, counts = moments[last], counts[last]
    rows = extremes([counts], _STEPS)
    plain(axes, "Open trades")
    axes.plot(moments[rows], counts[rows], color=INK, linewidth=0.9, drawstyle="steps-post")
    most = max(float(counts.max()), 1.0)
    axes.set_ylim(-0.06 * most, 1.15 * most)
    plain_axis(axes.yaxis, *axes.get_ylim(), ticks=3, whole=True)
    _time(run, axes, at)


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


def _fell(run: StoredRun) -> bool:
    return _has_marks(run) and float(_fall(run)[1].min()) < 0


def _equity_alt(run: StoredRun) -> str:
    capital, total = run.summary.capital, run.summary.returns.total
    gained = "" if total is None else f", {percent(total)} in all"
    return (
        f"Net liquidation from {usd(capital.start_usd)} to {usd(capital.end_usd)}{gained}; "
        f"lowest {usd(capital.min_net_liquidation_usd)}."
    )


def _underwater_alt(run: StoredRun) -> str:
    falls = run.summary.drawdown
    deepest = percent(falls.intraday or 0.0)
    if not falls.max or falls.start is None or falls.trough is None:
        return f"Deepest fall {deepest} at any mark; at the ends of sessions there was none."
    end = "not recovered" if falls.recovered is None else f"recovered on {day(falls.recovered)}"
    return (
        f"Deepest fall {deepest} at any mark; {percent(falls.max)} at the ends of sessions, from "
        f"{day(falls.start)} to {day(falls.trough)}, {end}. {counted(falls.count, 'fall')} in all; the longest lasted "
        f"{counted(falls.longest_days, 'day')}."
    )


def _margin_alt(run: StoredRun) -> str:
    most, calls = run.summary.capital.max_margin_usd, run.summary.margin_calls
    highest = "At some mark no amount would have been enough" if most is None else f"Highest requirement {usd(most)}"
    return (
        f"{highest}; {counted(calls.count, 'margin call')}, {counted(calls.liquidations, 'position')} closed by them."
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
    applies=_fell,
    height=inches(1.7),
)

MARGIN: Final = Figure(
    name="margin",
    title="Margin and open trades",
    caption=lambda run: about_prices(
        run, f"Margin by {plainly(run.summary.assumptions.margin_model)}. A gap: no amount would have been enough."
    ),
    alt=_margin_alt,
    draw=margin,
    applies=lambda run: _has_marks(run) and len(run.trades) > 0,
    height=inches(3.2),
)
