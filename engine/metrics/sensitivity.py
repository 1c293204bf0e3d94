"""The same trades at other prices: what crossing the spread cost, and how much of it the edge bears."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isfinite, isnan

from engine.model import LegFill, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_micros, to_usd
from engine.result import BacktestResult


@dataclass(frozen=True, slots=True)
class FillSensitivity:
    """Profit of the same decisions at other prices, USD.

    Attributes:
        breakeven_fraction: f that makes the profit zero when every leg pays bid + f (ask - bid); None when no leg had a
            spread.
    """

    at_mid_usd: float
    at_model_usd: float
    at_touch_usd: float
    breakeven_fraction: float | None


def middle_of(leg: LegFill) -> Micros:
    """Exact middle of the quote that a leg filled against; its own price where that was not two-sided."""
    return to_micros((leg.bid + leg.ask) / 2) if _two_sided(leg) else leg.price


def spread_cost(leg: LegFill) -> tuple[float, float]:
    """What a leg's fill gave up against the middle, and the half spread it could have given up at most, USD.

    A fill without a two-sided quote (shares on a bar, an option handed over for nothing) counts as no choice.
    """
    if not _two_sided(leg):
        return 0.0, 0.0
    shares = leg.quantity * leg.instrument.multiplier
    given_up = shares * (leg.price / MICROS_PER_USD - (leg.bid + leg.ask) / 2)
    return given_up, abs(shares) * (leg.ask - leg.bid) / 2


def fill_sensitivity(result: BacktestResult) -> FillSensitivity:
    """Profit of the same decisions at mid, as filled, and at touch, and the spread fraction without an edge."""
    costs = [spread_cost(leg) for fill in result.fills for leg in fill.legs]
    totals = result.totals
    model = to_usd(totals.net_liquidation - totals.initial_cash - totals.external_flows)
    mid = model + fsum(given_up for given_up, _ in costs)
    half_spreads = fsum(half for _, half in costs)
    fraction = 0.5 + mid / (2 * half_spreads) if half_spreads else None
    return FillSensitivity(mid, model, mid - half_spreads, fraction)


def _two_sided(leg: LegFill) -> bool:
    missing = isnan(leg.bid) or not isfinite(leg.ask)
    return not missing and not leg.flags & (QuoteFlag.NO_BID | QuoteFlag.NO_ASK)
