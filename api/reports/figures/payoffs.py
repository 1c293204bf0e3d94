"""The payoff of a typical trade: of the commonest structure, the trade whose profit is the median."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from api.reports.figures.figure import Figure, inches
from api.reports.figures.scales import money_axis, plain_axis, roomy
from api.reports.figures.style import AXIS, GAIN, INK, LINE_POINTS, LOSS, MUTED, foot, head, note, plain
from api.reports.figures.words import about_prices, counted, day, number, plainly, profit
from api.runs import StoredRun

_POINTS: Final = 241
_DAYS_PER_YEAR: Final = 365.0
_REACH: Final = 0.05
"""How far beyond strikes and spot the curve goes, as a share of the spot."""

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Payoff:
    """A trade as it was opened, and its profit when its first option expires.

    Attributes:
        trade: its row of the table of trades.
        legs: what its first order brought: `quantity`, `right`, `strike`, `expires_on`, `multiplier`, `price_usd`.
        spots, profits: the curve, USD, fees of the opening paid.
        breakevens: spots at which it crosses zero.
    """

    trade: Any
    legs: pd.DataFrame
    spots: Amounts
    profits: Amounts
    breakevens: tuple[float, ...]

    @property
    def horizon(self) -> pd.Timestamp:
        """Exchange date of the first expiration."""
        return pd.Timestamp(self.legs["expires_on"].min())


def typical_payoff(run: StoredRun, axes: Axes) -> None:
    """Profit over the price of the underlying at the first expiration, with strikes, break-evens and spot at entry."""
    found = typical(run)
    if found is None:
        return
    spots, profits = found.spots, found.profits
    plain(axes, f"Profit on {day(found.horizon)}, USD")
    axes.fill_between(spots, profits, 0.0, where=profits >= 0, interpolate=True, color=GAIN, alpha=0.18, linewidth=0)
    axes.fill_between(spots, profits, 0.0, where=profits <= 0, interpolate=True, color=LOSS, alpha=0.18, linewidth=0)
    axes.axhline(0.0, color=AXIS, linewidth=0.8)
    axes.plot(spots, profits, color=INK, linewidth=LINE_POINTS)
    low, high = roomy(profits, 0.0)
    axes.set_ylim(low - 0.08 * (high - low), high + 0.14 * (high - low))
    axes.set_xlim(float(spots[0]), float(spots[-1]))
    money_axis(axes.yaxis, *axes.get_ylim())
    plain_axis(axes.xaxis, *axes.get_xlim(), ticks=8)
    foot(axes, f"Price of {found.trade['underlying']}, USD")
    _mark_prices(axes, found)


def typical(run: StoredRun) -> Payoff | None:
    """The payoff of a typical trade; None where no trade began with options."""
    opened = run.fills[run.fills["intent"] == "open"]
    trades = run.trades[run.trades["position_id"].isin(opened["position_id"].dropna())]
    if not len(trades):
        return None
    commonest = trades["structure"].value_counts(sort=True).index[0]
    alike = trades[trades["structure"] == commonest].sort_values(["profit_usd", "position_id"])
    trade = alike.iloc[(len(alike) - 1) // 2]
    fills = opened[opened["position_id"] == trade["position_id"]]
    fills = fills[fills["order_id"] == fills["order_id"].min()]
    described = run.legs[run.legs["position_id"] == trade["position_id"]]
    described = described[["symbol", "right", "strike", "expires_on", "multiplier"]].drop_duplicates("symbol")
    legs = fills.merge(described, on="symbol", how="inner")
    if not legs["strike"].notna().any():
        return None
    return _payoff(run, trade, legs)


def _payoff(run: StoredRun, trade: Any, legs: pd.DataFrame) -> Payoff:
    strikes = np.unique(legs["strike"].dropna().to_numpy(np.float64))
    spot = float(trade["spot"])
    reach = max(_REACH * spot, 0.4 * float(strikes[-1] - strikes[0]))
    low, high = min(float(strikes[0]), spot) - reach, max(float(strikes[-1]), spot) + reach
    spots = np.unique(np.concatenate((np.linspace(max(low, 0.0), high, _POINTS), strikes, [spot])))
    worth = _worth(run, legs, spots, spot, trade["opened_on"])
    profits = worth + float(legs["cash_usd"].sum()) - float(legs["fee_usd"].sum())
    return Payoff(trade, legs, spots, profits, _crossings(spots, profits))


def _worth(run: StoredRun, legs: pd.DataFrame, spots: Amounts, spot: float, opened_on: pd.Timestamp) -> Amounts:
    """Value of all legs when the first of them expires, USD."""
    first, total = legs["expires_on"].min(), np.zeros(len(spots))
    for _, leg in legs.iterrows():
        if pd.isna(leg["strike"]):
            per_share = spots
        elif leg["expires_on"] == first:
            per_share = np.maximum(_sign(leg) * (spots - leg["strike"]), 0.0)
        else:
            per_share = _later(run, leg, spots, spot, (opened_on, first))
        total += leg["quantity"] * leg["multiplier"] * per_share
    return total


def _later(run: StoredRun, leg: Any, spots: Amounts, spot: float, dates: tuple[pd.Timestamp, pd.Timestamp]) -> Amounts:
    """Value per share of an option that outlives the first expiration, at the volatility of its price at entry."""
    # Only calendars and diagonals need the kernels.
    from engine.pricing import implied_volatility, price  # noqa: PLC0415  compiled, half a second to load

    pricing = run.summary.config.pricing
    opened_on, first = dates
    lives, left = ((leg["expires_on"] - since).days / _DAYS_PER_YEAR for since in (opened_on, first))
    contract = (leg["strike"], lives, pricing.rate, pricing.dividend_yield)
    volatility, _ = implied_volatility(leg["price_usd"], _sign(leg), spot, *contract)
    value = price(_sign(leg), spots, leg["strike"], left, pricing.rate, pricing.dividend_yield, volatility)
    # A price below intrinsic value has no volatility: then nothing but intrinsic value is left.
    return np.where(np.isfinite(value), value, np.maximum(_sign(leg) * (spots - leg["strike"]), 0.0))


def _sign(leg: Any) -> float:
    return 1.0 if leg["right"] == "call" else -1.0


def _crossings(spots: Amounts, profits: Amounts) -> tuple[float, ...]:
    """Where the curve crosses zero, between neighbouring points on a straight line."""
    before, after = profits[:-1], profits[1:]
    places = np.flatnonzero((before < 0) != (after < 0))
    share = before[places] / (before[places] - after[places])
    return tuple((spots[places] + share * (spots[places + 1] - spots[places])).tolist())


def _mark_prices(axes: Axes, found: Payoff) -> None:
    """Spot, strikes and break-evens, each with its words where they disturb nobody."""
    spot, (low, high) = float(found.trade["spot"]), axes.get_ylim()
    bought, sold = low + 0.03 * (high - low), low + 0.07 * (high - low)
    axes.axvline(spot, color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
    head(axes, f"spot {number(spot)} at entry", colour=MUTED, right=True)
    for _, leg in found.legs[found.legs["strike"].notna()].iterrows():
        held = leg["quantity"] > 0
        axes.plot(leg["strike"], bought if held else sold, "^" if held else "v", color=INK, markersize=4)
    for price in found.breakevens:
        axes.plot(price, 0.0, "o", color=INK, markersize=3.5)
        rising = float(np.interp(price + 1e-6 * spot, found.spots, found.profits)) > 0
        note(axes, number(price, 0), (price, 0.0), INK, "above left" if rising else "above right")


def _caption(run: StoredRun) -> str:
    return about_prices(
        run,
        "The trade with the median profit among those of the commonest structure, as it was opened, held to its first "
        "expiration; later options keep the volatility that they were bought or sold at. Triangles: strikes, upwards "
        "bought, downwards sold. Dots: break-evens.",
    )


def _alt(run: StoredRun) -> str:
    found = typical(run)
    if found is None:
        return "No trade began with options."
    trade, zeros = found.trade, ", ".join(number(price) for price in found.breakevens) or "none"
    return (
        f"Trade {trade['position_id']}, {plainly(trade['structure'])}, {counted(int(trade['quantity']), 'package')}, "
        f"opened on {day(trade['opened_on'])} at a spot of {number(float(trade['spot']))}. On {day(found.horizon)} "
        f"between {profit(float(found.profits.min()))} and {profit(float(found.profits.max()))} over the prices "
        f"shown; break-evens {zeros}. The trade made {profit(float(trade['profit_usd']))}."
    )


TYPICAL_PAYOFF: Final = Figure(
    name="typical-payoff",
    title="Payoff of a typical trade",
    caption=_caption,
    alt=_alt,
    draw=typical_payoff,
    applies=lambda run: typical(run) is not None,
    height=inches(2.6),
)
