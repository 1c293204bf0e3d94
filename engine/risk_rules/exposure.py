"""Exposure: what a book or a package gains and loses when price, volatility and time move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from engine.model import Instrument
from engine.records import record

DAYS_PER_YEAR: Final = 365.0
POINTS_PER_UNIT: Final = 100.0
"""Volatility points in 1.00 of volatility."""


class Held(Protocol):
    """A quantity of an instrument: a leg of a position, of a fill, or of a margin book."""

    @property
    def instrument(self) -> Instrument:
        """Contract or shares."""

    @property
    def quantity(self) -> int:
        """Contracts or shares, negative when short."""


@record
class Exposure:
    """Sensitivities in the units of the screen.

    Attributes:
        delta_shares: shares of the underlyings that move alike; underlyings are added up share for share.
        gamma_shares_per_point: change of `delta_shares` per point of the underlying.
        vega_usd_per_point: gain per volatility point.
        theta_usd_per_day: gain per calendar day.
    """

    delta_shares: float = 0.0
    gamma_shares_per_point: float = 0.0
    vega_usd_per_point: float = 0.0
    theta_usd_per_day: float = 0.0

    def times(self, quantity: int) -> Exposure:
        """Exposure of so many of the same."""
        return Exposure(
            self.delta_shares * quantity,
            self.gamma_shares_per_point * quantity,
            self.vega_usd_per_point * quantity,
            self.theta_usd_per_day * quantity,
        )


@dataclass(frozen=True, slots=True)
class Greek:
    """One sensitivity, as limits and budgets look at it.

    Attributes:
        unit: in words.
    """

    name: str
    field: str
    unit: str

    def of(self, exposure: Exposure) -> float:
        """Its value in an exposure."""
        value: float = getattr(exposure, self.field)
        return value


DELTA: Final = Greek("delta", "delta_shares", "shares")
GAMMA: Final = Greek("gamma", "gamma_shares_per_point", "shares per point")
VEGA: Final = Greek("vega", "vega_usd_per_point", "USD per volatility point")
THETA: Final = Greek("theta", "theta_usd_per_day", "USD per day")
