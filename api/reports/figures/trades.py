"""What came of the trades: their profits, when they were held, how far they went, why they ended."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from api.decimation import extremes
from api.reports.figures.bars import Column, bars
from api.reports.figures.boxes import boxes
from api.reports.figures.figure import Figure, inches
from api.reports.figures.scales import date_axis, days_of, money_axis, plain_axis, roomy
from api.reports.figures.style import (
    AXIS,
    GAIN,
    INK,
    LOSS,
    MUTED,
    RULE,
    foot,
    head,
    panels,
    plain,
    signed_colour,
)
from api.reports.figures.words import about_prices, counted, plainly, profit, usd
from api.runs import StoredRun

_MOST_SHOWN: Final = 600
"""Trades in a figure; of more than these the extremes of each stretch of time are drawn."""
_MOST_PANELS: Final = 4
_BINS: Final = 32

Amounts = NDArray[np.float64]


def profit_distribution(run: StoredRun, axes: Axes) -> None:
    """Closed trades by profit, with mean and median; zero is the edge of a bar."""
    profits = _closed(run)["profit_usd"].to_numpy(np.float64)
    edges = _edges(profits)
    counts, _ = np.histogram(profits, edges)
    plain(axes, "Closed trades")
    step = edges[1] - edges[0]
    colours = [signed_colour(edge) for edge in edges[:-1]]
    drawn = boxes(edges[:-1] + 0.04 * step, counts, edges[1:] - 0.04 * step, 0.0, colours)
    axes.add_collection(drawn, autolim=False)
    axes.set_xlim(edges[0] - 0.5 * step, edges[-1] + 0.5 * step)
    axes.set_ylim(0.0, 1.12 * float(counts.max()))
    money_axis(axes.xaxis, edges[0], edges[-1], ticks=8)
    plain_axis(axes.yaxis, *axes.get_ylim(), ticks=4, whole=True)
    mean, median = float(profits.mean()), float(np.median(profits))
    axes.axvline(mean, color=INK, linewidth=1.0)
    axes.axvline(median, color=INK, linewidth=1.0, linestyle=(0, (2, 2)))
    said = f"\N{EM DASH} mean {profit(mean)}   \N{MIDDLE DOT}\N{MIDDLE DOT} median {profit(median)}"
    head(axes, said, right=True)
    foot(axes, "Profit after fees, USD")


def trade_timeline(run: StoredRun, axes: Axes) -> None:
    """Every trade from its opening to its end at the height of its profit; a panel per strategy where there are few."""
    shown, named = _shown(run.trades), _strategies(run)
    limits = roomy(shown["profit_usd"].to_numpy(np.float64), 0.0)
    drawn = panels(axes, len(named), gaps=(0.0, 0.12)) if named else [axes]
    for number, panel in enumerate(drawn):
        trades = shown[shown["strategy"] == named[number]] if named else shown
        plain(panel, f"{named[number]}: profit after fees, USD" if named else "Profit after fees, USD")
        panel.set_ylim(*limits)
        money_axis(panel.yaxis, *limits)
        _lifetimes(run, panel, trades, labelled=panel is drawn[-1])
        panel.axhline(0.0, color=AXIS, linewidth=0.6)


def excursions(run: StoredRun, axes: Axes) -> None:
    """The worst mark of each closed trade and what became of it."""
    trades = _shown(_closed(run))
    worst, gained = trades["worst_usd"].to_numpy(np.float64), trades["profit_usd"].to_numpy(np.float64)
    plain(axes, "Profit after fees, USD")
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    for chosen, colour in ((gained >= 0, GAIN), (gained < 0, LOSS)):
        _dots(axes, worst[chosen], gained[chosen], colour)
    axes.axhline(0.0, color=AXIS, linewidth=0.6)
    air = 0.03 * float(np.ptp(worst)) or 1.0
    axes.set_xlim(float(worst.min()) - air, max(float(worst.max()), 0.0) + air)
    axes.set_ylim(*roomy(gained, -0.05 * float(np.abs(gained).max())))
    low = max(axes.get_xlim()[0], axes.get_ylim()[0])
    axes.plot([low, 0.0], [low, 0.0], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    money_axis(axes.xaxis, *axes.get_xlim(), ticks=7)
    money_axis(axes.yaxis, *axes.get_ylim())
    foot(axes, "Lowest profit at any mark, before fees, USD")


def exit_reasons(run: StoredRun, axes: Axes) -> None:
    """How many trades ended for each reason, and what they made together."""
    found = sorted(run.summary.trades.by_exit_reason.items(), key=lambda one: (-one[1].count, one[0]))
    names = [plainly(reason) for reason, _ in found]
    counts, profits = [one.count for _, one in found], [one.profit_usd for _, one in found]
    columns = (
        Column("Trades", counts, [f"{count:,}" for count in counts], [AXIS] * len(found)),
        Column("Profit after fees, USD", profits, list(map(profit, profits)), list(map(signed_colour, profits))),
    )
    bars(axes, names, columns)


def _closed(run: StoredRun) -> pd.DataFrame:
    return run.trades[run.trades["closed_at"].notna()]


def _strategies(run: StoredRun) -> list[str]:
    """Strategies that have a panel of their own; none where there is one, or too many for that."""
    found = sorted(set(run.trades["strategy"]))
    return found if 1 < len(found) <= _MOST_PANELS else []


def _shown(trades: pd.DataFrame) -> pd.DataFrame:
    """The trades in the order of their opening, thinned out where there are very many."""
    return trades.iloc[extremes([trades["profit_usd"].to_numpy(np.float64)], _MOST_SHOWN)]


def _lifetimes(run: StoredRun, axes: Axes, trades: pd.DataFrame, *, labelled: bool) -> None:
    begun, ended = days_of(trades["opened_at"]), days_of(trades["closed_at"])
    gained = trades["profit_usd"].to_numpy(np.float64)
    span = days_of(run.equity["at"].iloc[[0, -1]])
    still_open = ~np.isfinite(ended)
    ended = np.where(still_open, span[1], ended)
    for chosen, colour in ((gained >= 0, GAIN), (gained < 0, LOSS)):
        _strokes(axes, begun[chosen], ended[chosen], gained[chosen], colour)
        _dots(axes, ended[chosen & ~still_open], gained[chosen & ~still_open], colour)
    axes.plot(ended[still_open], gained[still_open], "o", markersize=3.5, color=INK, markerfacecolor="white", zorder=3)
    date_axis(axes, float(span[0]), float(span[1]), run.summary.data.timezone, labelled=labelled)


def _strokes(axes: Axes, begin: Amounts, end: Amounts, height: Amounts, colour: str) -> None:
    """Horizontal strokes in one path, which is small."""
    gap = np.full(len(begin), np.nan)
    along, up = np.column_stack((begin, end, gap)).ravel(), np.column_stack((height, height, gap)).ravel()
    axes.plot(along, up, color=colour, linewidth=0.9, alpha=0.6, solid_capstyle="butt")


def _dots(axes: Axes, along: Amounts, up: Amounts, colour: str) -> None:
    axes.plot(along, up, "o", color=colour, markersize=3.0, markeredgewidth=0.0, zorder=3)


def _edges(profits: Amounts) -> Amounts:
    """Edges of about `_BINS` bars, round numbers, zero among them."""
    low, high = min(float(profits.min()), 0.0), max(float(profits.max()), 0.0)
    wanted = ((high - low) or 1.0) / _BINS
    magnitude = 10.0 ** np.floor(np.log10(wanted))
    step = magnitude * next(factor for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if magnitude * factor >= wanted)
    # One more where a profit lies on the last edge, so that gains of zero stand on the side of gains.
    edges: Amounts = step * np.arange(np.floor(low / step), np.floor(high / step) + 2)
    return edges


def _distribution_alt(run: StoredRun) -> str:
    found = run.summary.trades
    if found.expectancy_usd is None or found.median_usd is None:
        return "No trade was closed."
    return (
        f"{counted(found.winners, 'winner')}, {counted(found.losers, 'loser')}; mean {profit(found.expectancy_usd)}, "
        f"median {profit(found.median_usd)}, largest gain {profit(found.largest_win_usd or 0.0)}, "
        f"largest loss {profit(found.largest_loss_usd or 0.0)}."
    )


def _timeline_alt(run: StoredRun) -> str:
    profits: Any = run.trades["profit_usd"]
    return (
        f"{counted(len(run.trades), 'trade')} between {profit(float(profits.min()))} and "
        f"{profit(float(profits.max()))}; "
        f"{run.summary.trades.open_at_end:,} still open at the end."
    )


def _excursions_alt(run: StoredRun) -> str:
    closed = _closed(run)
    came_back = int(((closed["worst_usd"] < 0) & (closed["profit_usd"] > 0)).sum())
    return (
        f"Of {counted(len(closed), 'closed trade')} {came_back:,} stood below zero and ended with a gain; "
        f"the lowest mark was {usd(float(closed['worst_usd'].min()))}."
    )


def _exits_alt(run: StoredRun) -> str:
    found = run.summary.trades.by_exit_reason.items()
    return (
        "; ".join(f"{plainly(name)}: {counted(one.count, 'trade')}, {profit(one.profit_usd)}" for name, one in found)
        + "."
    )


PROFIT_DISTRIBUTION: Final = Figure(
    name="profit-distribution",
    title="Profit of the trades",
    caption=lambda run: about_prices(run, "Closed trades by profit after fees, in USD."),
    alt=_distribution_alt,
    draw=profit_distribution,
    applies=lambda run: len(_closed(run)) > 0,
    height=inches(2.3),
)

TRADE_TIMELINE: Final = Figure(
    name="trade-timeline",
    title="Trades over time",
    caption=lambda run: about_prices(
        run,
        "A stroke from opening to end at the height of the profit, a dot where it ended, "
        "a ring where it is still open, at its last mark.",
    ),
    alt=_timeline_alt,
    draw=trade_timeline,
    applies=lambda run: len(run.trades) > 0 and len(run.equity) > 0,
    height=lambda run: max(2.5, 0.4 + 1.3 * len(_strategies(run))),
)

EXCURSIONS: Final = Figure(
    name="excursions",
    title="How far trades fell, and what became of them",
    caption=lambda run: about_prices(
        run, "A dot per closed trade. On the dashes a trade ended at its lowest mark, less fees; above zero it gained."
    ),
    alt=_excursions_alt,
    draw=excursions,
    applies=lambda run: len(_closed(run)) > 1,
    height=inches(2.5),
)

EXIT_REASONS: Final = Figure(
    name="exit-reasons",
    title="Why trades ended",
    caption=lambda run: about_prices(run, "Trades still open at the end count with their last mark."),
    alt=_exits_alt,
    draw=exit_reasons,
    applies=lambda run: len(run.summary.trades.by_exit_reason) > 0,
    height=lambda run: 0.45 + 0.22 * len(run.summary.trades.by_exit_reason),
)
