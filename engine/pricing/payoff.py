"""Payoff analytics of a position: break-evens, extremes, profit intervals, probabilities, expected values.

When all options expire together the measures at expiry are exact (`payoff_linear`); otherwise they are taken at the
first expiry, where the later options still have time value, and found numerically (`payoff_curve`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.pricing import payoff_curve
from engine.pricing.errors import PricingInputError
from engine.pricing.lognormal import Lognormal
from engine.pricing.payoff_legs import Market, PayoffLeg, market_value
from engine.pricing.payoff_linear import Piece, exact_cost, pieces
from engine.pricing.types import FloatArray, Numbers

__all__ = ["PayoffLeg", "PayoffProfile", "analyse"]

Interval = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class PayoffProfile:
    """Measures of a position at its first expiry, in money; spots in the price of the underlying.

    Unlimited extremes are None. max_loss is at most zero, min_pnl the lowest profit and loss whatever its sign. Profit
    means more than zero; break-evens are zeros outside of the intervals where the profit and loss stays zero.
    probability_of_touch has one probability per break-even, of spot reaching it until the horizon. Expected values are
    not discounted; those given profit (loss) are None when there is none.
    """

    legs: tuple[PayoffLeg, ...]
    market: Market
    distribution: Lognormal
    fees: float
    net_debit: float
    breakevens: tuple[float, ...]
    flat_zero_intervals: tuple[Interval, ...]
    max_profit: float | None
    max_loss: float | None
    min_pnl: float | None
    profit_intervals: tuple[Interval, ...]
    probability_of_profit: float
    probability_of_touch: tuple[float, ...]
    expected_value: float
    expected_profit_part: float
    expected_loss_part: float
    expected_profit_given_profit: float | None
    expected_loss_given_loss: float | None

    @property
    def max_profit_unlimited(self) -> bool:
        """Whether the profit has no bound."""
        return self.max_profit is None

    @property
    def max_loss_unlimited(self) -> bool:
        """Whether the loss has no bound."""
        return self.max_loss is None

    def value_at(self, spot: Numbers, years: Numbers) -> FloatArray:
        """Profit and loss in money after fees, at spots and years from now (broadcast); expired options: intrinsic."""
        return market_value(self.legs, self.market, spot, years) - (self.net_debit + self.fees)

    def probability_of_touching(self, level: float) -> float:
        """Probability that spot reaches the level until the horizon."""
        return self.distribution.touch(level)


def analyse(  # noqa: PLR0913 - the market's parameters, each with its unit, are what callers have
    legs: Sequence[PayoffLeg],
    *,
    spot: float,
    rate: float,
    dividend_yield: float,
    volatility: float,
    years: float,
    drift: float | None = None,
    fees: float = 0.0,
) -> PayoffProfile:
    """Measure a position at its first expiry.

    rate, dividend_yield and drift (of spot; default rate - dividend_yield) are continuously compounded decimals,
    volatility a decimal per square root of a year, years the time to the expiry of legs that name none, fees in money.
    Spot ends lognormally with the given volatility. Exact for one expiry; to 1e-9 of the position's scale for several.
    Raises `PricingInputError` for an empty position or parameters that cannot be.
    """
    market = Market(rate, dividend_yield, volatility, years)
    horizon = _horizon(legs, market)
    finite = all(math.isfinite(value) for value in (rate, dividend_yield, fees, 0.0 if drift is None else drift))
    if not (0.0 < spot < math.inf and 0.0 <= volatility < math.inf and 0.0 <= horizon < math.inf and finite):
        raise PricingInputError("spot must be positive, volatility and years zero or more, all parameters finite")
    outlook = Lognormal(spot, rate - dividend_yield if drift is None else drift, volatility, horizon)
    if all(market.expiry(leg) == horizon for leg in legs if leg.is_option):
        shape = _exact_shape(pieces(legs, fees), outlook)
    else:
        shape = payoff_curve.shape(legs, market, outlook, float(exact_cost(legs)) + fees)
    zeros = [zero for zero in shape.zeros if not any(_holds(flat, zero) for flat in shape.flats)]
    probability, lost = shape.probability_of_profit, shape.probability_of_loss
    return PayoffProfile(
        legs=tuple(legs),
        market=market,
        distribution=outlook,
        fees=fees,
        net_debit=float(exact_cost(legs)),
        breakevens=tuple(zeros),
        flat_zero_intervals=tuple(shape.flats),
        max_profit=shape.highest,
        max_loss=None if shape.lowest is None else min(shape.lowest, 0.0),
        min_pnl=shape.lowest,
        profit_intervals=tuple(shape.profits),
        probability_of_profit=probability,
        probability_of_touch=tuple(outlook.touch(zero) for zero in zeros),
        expected_value=shape.profit_part + shape.loss_part,
        expected_profit_part=shape.profit_part,
        expected_loss_part=shape.loss_part,
        expected_profit_given_profit=shape.profit_part / probability if probability > 0.0 else None,
        expected_loss_given_loss=shape.loss_part / lost if lost > 0.0 else None,
    )


def _horizon(legs: Sequence[PayoffLeg], market: Market) -> float:
    if not legs:
        raise PricingInputError("a position needs at least one leg")
    return min((market.expiry(leg) for leg in legs if leg.is_option), default=market.years)


def _holds(interval: Interval, level: float) -> bool:
    low, high = interval
    return low <= level and (high is None or level <= high)


def _exact_shape(parts: list[Piece], outlook: Lognormal) -> payoff_curve.Shape:
    zeros = {float(part.low) for part in parts if part.start == 0}
    ends = [float(part.start) for part in parts]
    last = parts[-1].slope
    means = {1: 0.0, -1: 0.0, 0: 0.0}
    chances = dict(means)
    for part in parts:
        low, high = float(part.low), math.inf if part.high is None else float(part.high)
        chance = outlook.probability(low, high)
        level = float(part.start - part.slope * part.low)
        means[part.sign] += level * chance + float(part.slope) * outlook.partial_mean(low, high)
        chances[part.sign] += chance
    return payoff_curve.Shape(
        zeros=sorted(zeros),
        flats=_merged(parts, 0),
        profits=_merged(parts, 1),
        highest=None if last > 0 else max(ends),
        lowest=None if last < 0 else min(ends),
        probability_of_profit=min(1.0, chances[1]),
        probability_of_loss=min(1.0, chances[-1]),
        profit_part=means[1],
        loss_part=means[-1],
    )


def _merged(parts: list[Piece], sign: int) -> list[Interval]:
    """Join neighbouring pieces of a sign, unless the profit and loss touches zero between them."""
    joined: list[Interval] = []
    for part in parts:
        if part.sign != sign:
            continue
        low, high = float(part.low), None if part.high is None else float(part.high)
        if joined and joined[-1][1] == low and (sign == 0 or part.start != 0):
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined
