"""Where the profit came from: by cause, over time and in all; and what it owes to the prices of the fills."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from api.decimation import extremes
from api.reports.figures.bars import Column, bars
from api.reports.figures.figure import Figure, inches
from api.reports.figures.scales import Days, date_axis, days_of, money_axis, percent_axis, roomy
from api.reports.figures.style import (
    AXIS,
    GAIN_INK,
    INK,
    LINE_POINTS,
    LOSS_INK,
    SERIES,
    Side,
    foot,
    note,
    plain,
    say_at_end,
    signed_colour,
)
from api.reports.figures.words import about_prices, percent, plainly, profit
from api.runs import StoredRun
from schemas.sections.attribution import Causes

_NAMED: Final = 4
"""Causes with a curve of their own; all others share one."""
_POINTS: Final = 420
_OTHERS: Final = "all others"
_SUFFIX: Final = "_usd"

Amounts = NDArray[np.float64]


def attribution_over_time(run: StoredRun, axes: Axes) -> None:
    """Running totals of the largest causes, of all others, and of the profit."""
    at, totals = _running_totals(run)
    plain(axes, "Profit so far by cause, USD")
    axes.axhline(0.0, color=AXIS, linewidth=0.6)
    ends = []
    for (name, values), (colour, dashes) in zip(totals.items(), (*SERIES, (INK, "solid")), strict=False):
        width = 1.8 if name == "profit" else LINE_POINTS
        axes.plot(at, values, color=colour, linestyle=dashes, linewidth=width)
        ends.append((float(values[-1]), f"{name} {profit(float(values[-1]))}", colour))
    axes.set_ylim(*roomy(np.concatenate(list(totals.values())), 0.0))
    money_axis(axes.yaxis, *axes.get_ylim())
    date_axis(axes, float(at[0]), float(at[-1]), run.summary.data.timezone)
    say_at_end(axes, ends)


def attribution_totals(run: StoredRun, axes: Axes) -> None:
    """A bar per cause, and the profit that they add up to."""
    found = {**_causes(run), "profit": run.summary.capital.profit_usd}
    amounts = list(found.values())
    colours = [*(signed_colour(amount) for amount in amounts[:-1]), INK]
    words = [profit(amount) for amount in amounts]
    bars(axes, list(found), [Column("Profit, USD", amounts, words, colours)])
    axes.axhline(len(found) - 1.5, color=AXIS, linewidth=0.6)


def fill_sensitivity(run: StoredRun, axes: Axes) -> None:
    """Profit of the same trades filled anywhere between the middle of the quotes and their far side."""
    mid, model, touch = _sensitivities(run)
    plain(axes, "Profit had every fill been at this part of its spread, USD")
    axes.plot([0.5, 1.0], [mid, touch], color=signed_colour(mid), linewidth=LINE_POINTS)
    axes.axhline(0.0, color=AXIS, linewidth=0.8)
    low, high = roomy(np.array([mid, model, touch]), 0.0)
    low, high = low - 0.1 * (high - low), high + 0.15 * (high - low)
    for place, amount, name, side in _named_fills(run, 2.0 * (mid - touch) / (high - low)):
        axes.plot(place, amount, "o", markersize=5, color=signed_colour(amount))
        note(axes, f"{name} {profit(amount)}", (place, amount), _ink(amount), side)
    fraction = run.summary.fill_sensitivity.breakeven_spread_fraction
    if fraction is not None and 0.5 < fraction < 1.0:
        axes.plot(fraction, 0.0, "D", markersize=4, color=INK)
        note(axes, f"nothing left at {percent(fraction, 0)}", (fraction, 0.0), INK, "below left")
    axes.set(xlim=(0.46, 1.04), ylim=(low, high))
    money_axis(axes.yaxis, low, high)
    percent_axis(axes.xaxis, 0.5, 1.0, ticks=6)
    foot(axes, "Part of the spread that is crossed: 50% is the middle, 100% the far side")


def _named_fills(run: StoredRun, steepness: float) -> list[tuple[float, float, str, Side]]:
    """Parts of the spread, profits there, their names, and the side on which words disturb neither curve nor others."""
    mid, model, touch = _sensitivities(run)
    paid = run.summary.fill_sensitivity.spread_fraction_paid
    if paid is None or round(paid, 3) == 0.5:
        return [(0.5, mid, "mid, this run", "above right"), (1.0, touch, "touch", "below left")]
    if round(paid, 3) == 1.0:
        return [(0.5, mid, "mid", "above right"), (1.0, touch, "touch, this run", "below left")]
    crowded = paid < 0.7 and steepness < 1.0
    return [
        (0.5, mid, "mid", "above right"),
        (paid, model, "this run", "below right" if crowded else "above right"),
        (1.0, touch, "touch", "below left"),
    ]


def _running_totals(run: StoredRun) -> tuple[Days, dict[str, Amounts]]:
    """Days, and sums up to each of them: of the largest causes, of the others, of all, thinned out."""
    columns = list(Causes.model_fields)
    daily = run.attribution.groupby("day", sort=True)[columns].sum()
    sums = daily.to_numpy(np.float64).cumsum(axis=0)
    largest = sorted(range(len(columns)), key=lambda place: -float(np.abs(sums[:, place]).max()))[:_NAMED]
    curves = {plainly(columns[place].removesuffix(_SUFFIX)): sums[:, place] for place in sorted(largest)}
    curves[_OTHERS] = sums.sum(axis=1) - sums[:, largest].sum(axis=1)
    curves["profit"] = sums.sum(axis=1)
    rows = extremes(list(curves.values()), _POINTS)
    return days_of(daily.index.to_series())[rows], {name: values[rows] for name, values in curves.items()}


def _causes(run: StoredRun) -> dict[str, float]:
    """Amounts by the names of the causes, in the engine's order; those of no whole dollar are left out."""
    found = run.summary.attribution.causes.model_dump().items()
    return {plainly(name.removesuffix(_SUFFIX)): amount for name, amount in found if round(amount)}


def _sensitivities(run: StoredRun) -> tuple[float, float, float]:
    """Profit at mid, as it was, and at the touch."""
    found = run.summary.fill_sensitivity
    return found.mid_usd or 0.0, found.model_usd or 0.0, found.touch_usd or 0.0


def _ink(amount: float) -> str:
    return GAIN_INK if amount >= 0 else LOSS_INK


def _has_spreads(run: StoredRun) -> bool:
    mid, _, touch = _sensitivities(run)
    return run.summary.fill_sensitivity.model_usd is not None and mid != touch


def _causes_alt(run: StoredRun) -> str:
    found = [f"{name} {profit(amount)}" for name, amount in _causes(run).items()]
    return f"Profit {profit(run.summary.capital.profit_usd)}: {', '.join(found)}."


def _fills_alt(run: StoredRun) -> str:
    mid, model, touch = _sensitivities(run)
    fraction = run.summary.fill_sensitivity.breakeven_spread_fraction
    zero = "" if fraction is None else f" The profit is zero at {percent(fraction)} of the spread."
    if fraction is not None and not 0.5 <= fraction <= 1.0:
        zero = " It does not become zero between the two."
    return f"Profit {profit(mid)} at mid, {profit(model)} as the run filled, {profit(touch)} at the touch.{zero}"


ATTRIBUTION_OVER_TIME: Final = Figure(
    name="attribution-over-time",
    title="Causes of the profit over time",
    caption=lambda run: about_prices(
        run, "Running totals; the curves of the causes add up to the profit on every day."
    ),
    alt=_causes_alt,
    draw=attribution_over_time,
    applies=lambda run: len(run.attribution) > 0,
    height=inches(2.8),
)

ATTRIBUTION_TOTALS: Final = Figure(
    name="attribution-totals",
    title="Causes of the profit in all",
    caption=lambda run: about_prices(run, "In whole USD; to the cent, the causes add up to the profit."),
    alt=_causes_alt,
    draw=attribution_totals,
    applies=lambda run: bool(_causes(run)),
    height=lambda run: 0.35 + 0.2 * len(_causes(run)),
)

FILL_SENSITIVITY: Final = Figure(
    name="fill-sensitivity",
    title="What the profit owes to the fills",
    caption=lambda run: about_prices(
        run, "The same trades at other prices; orders that would not have filled are not taken out."
    ),
    alt=_fills_alt,
    draw=fill_sensitivity,
    applies=_has_spreads,
    height=inches(2.3),
)
