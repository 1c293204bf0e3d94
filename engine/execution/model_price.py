"""The fill model that asks no quote for a price: the pricing kernel at the chain's implied volatility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from engine.config import PricingConfig
from engine.execution.leg_quotes import LegQuote
from engine.instants import years_between
from engine.model import ExerciseStyle, OptionContract
from engine.pricing.backend import pricing_backend


@dataclass(frozen=True, slots=True)
class ModelPrice:
    """Options at their theoretical value, shares at the touch; a leg must still have a quote that it can trade on.

    The value is the pricing kernel's at the contract's implied volatility in the chain and the rates of the
    configuration, early exercise included. Without a volatility there is no price, and the order waits.

    Attributes:
        clamp: keep the value within bid and ask.
    """

    pricing: PricingConfig
    clamp: bool

    @property
    def name(self) -> str:
        """`model_price`, and whether it is kept within the quotes."""
        return f"model_price({'within' if self.clamp else 'whatever the'} bid and ask)"

    @property
    def within_quotes(self) -> bool:
        """Only where it is asked for."""
        return self.clamp

    @property
    def theoretical(self) -> bool:
        """Always: its fills are labelled and counted."""
        return True

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Value of each leg, NaN without a volatility."""
        return tuple(self._price(quote) for quote in quotes)

    def _price(self, quote: LegQuote) -> float:
        contract = quote.leg.instrument
        if not isinstance(contract, OptionContract):
            return quote.touch
        if not quote.implied_volatility > 0.0:
            return nan
        value = pricing_backend(self.pricing.backend).price(
            int(contract.right),
            quote.underlying_price,
            contract.strike,
            max(years_between(quote.at, contract.series.settles_at), 0.0),
            self.pricing.rate,
            self.pricing.dividend_yield,
            quote.implied_volatility,
            style="american" if contract.series.style is ExerciseStyle.AMERICAN else "european",
        )
        return max(float(value), 0.0)
