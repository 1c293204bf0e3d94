"""The fill models whose prices come from the quotes: touch, mid, a fraction of the spread, slippage, market impact.

They say what a leg would pay or get; `PricedPackage` keeps it between bid and ask where a model belongs there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import ClassVar, Literal

from engine.execution.leg_quotes import LegQuote
from engine.model import OptionContract


def toward_touch(quote: LegQuote, fraction: float) -> float:
    """Price at a fraction of the way from the other side of the quote to the one the leg takes."""
    bid, ask = quote.sides
    distance = fraction * (ask - bid)
    return bid + distance if quote.leg.ratio > 0 else ask - distance


class _OfQuotes:
    """What all of them have in common, as `FillModel` says it."""

    __slots__ = ()

    within_quotes: ClassVar[bool] = True
    theoretical: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class SpreadFraction(_OfQuotes):
    """Options at a fraction of the spread that depends on their number in the package, shares at the touch.

    Attributes:
        fraction_by_legs: fraction for one, two, three, and four or more option legs; 0.5 is mid, 1 is touch.
    """

    fraction_by_legs: tuple[float, ...]

    @property
    def name(self) -> str:
        """`spread_fraction` with its fractions."""
        return f"spread_fraction({', '.join(f'{fraction:g}' for fraction in self.fraction_by_legs)})"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Buy at bid + f (ask - bid), sell at ask - f (ask - bid)."""
        options = 0
        for quote in quotes:
            if isinstance(quote.leg.instrument, OptionContract):
                options += 1
        fraction = self.fraction_by_legs[: options or 1][-1]
        prices = []
        for quote in quotes:
            is_option = isinstance(quote.leg.instrument, OptionContract)
            prices.append(toward_touch(quote, fraction) if is_option else quote.touch)
        return tuple(prices)


@dataclass(frozen=True, slots=True)
class Mid(_OfQuotes):
    """Every leg in the middle of its bid and ask."""

    @property
    def name(self) -> str:
        """`mid`."""
        return "mid"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Half way."""
        return tuple(toward_touch(quote, 0.5) for quote in quotes)


@dataclass(frozen=True, slots=True)
class Touch(_OfQuotes):
    """Buy at the ask, sell at the bid."""

    @property
    def name(self) -> str:
        """`touch`."""
        return "touch"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """The side that the leg takes."""
        return tuple(quote.touch for quote in quotes)


@dataclass(frozen=True, slots=True)
class MidSlippage(_OfQuotes):
    """Every leg so far from the middle of its quote, against the trader, but never beyond the touch.

    Attributes:
        per_share_usd: a part that is always the same.
        spread_percent: a part of the spread; 50 reaches the touch.
        price_percent: a part of the middle.
    """

    per_share_usd: float
    spread_percent: float
    price_percent: float

    @property
    def name(self) -> str:
        """`mid_slippage` with its three parts."""
        return (
            f"mid_slippage({self.per_share_usd:g} USD per share, {self.spread_percent:g} % of the spread, "
            f"{self.price_percent:g} % of the price)"
        )

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Middle plus the three parts, less them for a sale."""
        return tuple(self._price(quote) for quote in quotes)

    def _price(self, quote: LegQuote) -> float:
        bid, ask = quote.sides
        mid = toward_touch(quote, 0.5)
        slippage = self.per_share_usd + (self.spread_percent * (ask - bid) + self.price_percent * mid) / 100.0
        return mid + slippage if quote.buys else mid - slippage


@dataclass(frozen=True, slots=True)
class SquareRootImpact(_OfQuotes):
    """A fraction of the spread, and the impact of the order's own size on top: it can lead beyond the touch.

    The impact is coefficient x spread x sqrt(contracts / depth), the square-root law (Almgren and others, 2005) with
    the spread in place of the daily volatility of the option's price, which chains do not show. An option without a
    depth has no price, and its order waits. A sale never gets less than 0; shares have no impact.

    Attributes:
        fraction: of the spread, without impact; 1 is the touch.
        depth: contracts shown on the side that is taken, or traded so far on the day.
    """

    fraction: float
    coefficient: float
    depth: Literal["size", "volume"]

    within_quotes: ClassVar[bool] = False
    """A large order goes through the quote."""

    @property
    def name(self) -> str:
        """`square_root_impact` with its parameters."""
        return f"square_root_impact({self.fraction:g} of the spread, coefficient {self.coefficient:g}, {self.depth})"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Price of each leg at the number of contracts that is to trade."""
        return tuple(self._price(quote) for quote in quotes)

    def _price(self, quote: LegQuote) -> float:
        if not isinstance(quote.leg.instrument, OptionContract):
            return quote.touch
        depth = quote.size if self.depth == "size" else quote.volume
        if not depth > 0.0:
            return nan
        bid, ask = quote.sides
        base = toward_touch(quote, self.fraction)
        impact = self.coefficient * (ask - bid) * sqrt(quote.contracts / depth)
        return base + impact if quote.buys else max(base - impact, 0.0)
