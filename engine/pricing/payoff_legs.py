"""What a position consists of, and what it is worth at a spot and a time."""

import math
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Literal

import numpy as np

from engine.pricing import european
from engine.pricing.errors import PricingInputError
from engine.pricing.types import FloatArray, Numbers

_OPTIONS = ("call", "put")


@dataclass(frozen=True, slots=True)
class PayoffLeg:
    """One holding: quantity (negative: short) bought at a price per share.

    Options need a strike; years (to their expiry) and volatility default to those of the analysis. The multiplier
    (shares per contract) defaults to 100 for options and 1 otherwise. A unit of cash is worth 1. Raises
    `PricingInputError` for values that cannot be.
    """

    kind: Literal["call", "put", "stock", "cash"]
    quantity: float
    price: float
    _: KW_ONLY
    strike: float | None = None
    years: float | None = None
    volatility: float | None = None
    multiplier: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in (*_OPTIONS, "stock", "cash"):
            raise PricingInputError(f"a leg is a call, put, stock or cash, not {self.kind!r}")
        if self.is_option and not (self.strike is not None and 0.0 <= self.strike < math.inf):
            raise PricingInputError(f"an option leg needs a strike of zero or more, not {self.strike!r}")
        if not (math.isfinite(self.quantity) and math.isfinite(self.price)):
            raise PricingInputError("quantity and price of a leg must be finite")
        for name, value in (("years", self.years), ("volatility", self.volatility)):
            if value is not None and not 0.0 <= value < math.inf:
                raise PricingInputError(f"{name} of a leg must be zero or more, not {value!r}")

    @property
    def is_option(self) -> bool:
        """Whether the leg has a strike and an expiry."""
        return self.kind in _OPTIONS

    @property
    def shares(self) -> float:
        """Quantity times multiplier."""
        if self.multiplier is not None:
            return self.quantity * self.multiplier
        return self.quantity * (100.0 if self.is_option else 1.0)


@dataclass(frozen=True, slots=True)
class Market:
    """What legs are valued with: continuously compounded rate and yield, default volatility and years to expiry."""

    rate: float
    dividend_yield: float
    volatility: float
    years: float

    def expiry(self, leg: PayoffLeg) -> float:
        """Return the years to the leg's expiry."""
        return self.years if leg.years is None else leg.years

    def sigma(self, leg: PayoffLeg) -> float:
        """Return the leg's volatility."""
        return self.volatility if leg.volatility is None else leg.volatility


def leg_value(leg: PayoffLeg, market: Market, spot: FloatArray, years: FloatArray) -> FloatArray:
    """Value per share of a leg at spots and years from now; options past their expiry keep their intrinsic value."""
    if leg.kind == "stock":
        return spot
    if leg.kind == "cash" or leg.strike is None:
        return np.ones_like(spot)
    right = 1.0 if leg.kind == "call" else -1.0
    left = np.maximum(market.expiry(leg) - years, 0.0)
    return european.price((right, spot, leg.strike, left, market.rate, market.dividend_yield, market.sigma(leg)))


def market_value(legs: Sequence[PayoffLeg], market: Market, spot: Numbers, years: Numbers) -> FloatArray:
    """Value of all legs in money; spot and years broadcast."""
    spots, times = np.broadcast_arrays(np.asarray(spot, dtype=np.float64), np.asarray(years, dtype=np.float64))
    total = np.zeros(spots.shape)
    for leg in legs:
        total = total + leg.shares * leg_value(leg, market, spots, times)
    return total
