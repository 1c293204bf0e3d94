"""The same trades at other prices: what crossing the spread cost, and how much of it the edge bears."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, isfinite, isnan
from typing import Final

from engine.model import LegFill, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_micros, to_usd
from engine.result import BacktestResult, Trade

_ONE_SIDED: Final = int(QuoteFlag.NO_BID | QuoteFlag.NO_ASK)


@dataclass(frozen=True, slots=True)
class FillSensitivity:
    """Profit of the same decisions at other prices, USD, and what the fills paid.

    Attributes:
        breakeven_fraction: f that makes the profit zero when every leg pays bid + f (ask - bid); None when no leg had a
            spread.
        legs: fills of single legs; two_sided: those against a quote with bid and ask.
        fraction_paid: f that the fills paid, spreads weighing by their money; 0.5 the middle, 1 the touch.
        cost_usd: profit at mid less profit as filled.
        cost_per_trade_usd: the same by the number of trades; None without any.
    """

    at_mid_usd: float
    at_model_usd: float
    at_touch_usd: float
    breakeven_fraction: float | None
    legs: int
    two_sided: int
    fraction_paid: float | None
    cost_usd: float
    cost_per_trade_usd: float | None


@dataclass(frozen=True, slots=True)
class FillTable:
    """The whole run, and the trades of each strategy and structure; dividends and interest are the whole's alone."""

    total: FillSensitivity
    by_strategy: Mapping[str, FillSensitivity]
    by_structure: Mapping[str, FillSensitivity]


def middle_of(leg: LegFill) -> Micros:
    """Exact middle of the quote that a leg filled against; its own price where that was not two-sided."""
    return to_micros((leg.bid + leg.ask) / 2) if is_two_sided(leg) else leg.price


def is_two_sided(leg: LegFill) -> bool:
    """Whether a leg filled against a quote that has a bid and an ask."""
    missing = isnan(leg.bid) or not isfinite(leg.ask)
    return not missing and not int(leg.flags) & _ONE_SIDED


def spread_cost(leg: LegFill) -> tuple[float, float]:
    """What a leg's fill gave up against the middle, and the half spread it could have given up at most, USD.

    A fill without a two-sided quote (shares on a bar, an option handed over for nothing) counts as no choice.
    """
    if not is_two_sided(leg):
        return 0.0, 0.0
    shares = leg.quantity * leg.instrument.multiplier
    given_up = shares * (leg.price / MICROS_PER_USD - (leg.bid + leg.ask) / 2)
    return given_up, abs(shares) * (leg.ask - leg.bid) / 2


def fill_sensitivity(result: BacktestResult) -> FillTable:
    """Profit of the same decisions at mid, as filled, and at touch, and the spread fraction without an edge."""
    totals = result.totals
    legs: dict[int, list[LegFill]] = {}
    for fill in result.fills:
        legs.setdefault(fill.position_id, []).extend(fill.legs)
    return FillTable(
        total=_sensitivity(
            totals.net_liquidation - totals.initial_cash - totals.external_flows,
            [leg for fill in result.fills for leg in fill.legs],
            len(result.trades),
        ),
        by_strategy=_grouped(result.trades, legs, lambda trade: trade.strategy),
        by_structure=_grouped(result.trades, legs, lambda trade: trade.structure),
    )


def _grouped(
    trades: Iterable[Trade], legs: Mapping[int, list[LegFill]], name_of: Callable[[Trade], str]
) -> dict[str, FillSensitivity]:
    members: dict[str, list[Trade]] = {}
    for trade in trades:
        members.setdefault(name_of(trade), []).append(trade)
    return {
        name: _sensitivity(
            sum(trade.profit for trade in members[name]),
            [leg for trade in members[name] for leg in legs.get(trade.position_id, ())],
            len(members[name]),
        )
        for name in sorted(members)
    }


def _sensitivity(profit: Micros, legs: list[LegFill], trades: int) -> FillSensitivity:
    costs = [spread_cost(leg) for leg in legs]
    model, cost = to_usd(profit), fsum(given_up for given_up, _ in costs)
    mid, half_spreads = model + cost, fsum(half for _, half in costs)
    return FillSensitivity(
        at_mid_usd=mid,
        at_model_usd=model,
        at_touch_usd=mid - half_spreads,
        breakeven_fraction=0.5 + mid / (2 * half_spreads) if half_spreads else None,
        legs=len(legs),
        two_sided=sum(map(is_two_sided, legs)),
        fraction_paid=0.5 + cost / (2 * half_spreads) if half_spreads else None,
        cost_usd=cost,
        cost_per_trade_usd=cost / trades if trades else None,
    )
