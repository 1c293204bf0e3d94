"""Fill models: the price at which a package trades against the quotes of one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.config import (
    FillConfig,
    MidFills,
    MidSlippageFills,
    ModelPriceFills,
    PricingConfig,
    SpreadFractionFills,
    SquareRootImpactFills,
)
from engine.execution.fill_models import Mid, MidSlippage, SpreadFraction, SquareRootImpact, Touch
from engine.execution.leg_quotes import LegQuote, blocked_legs
from engine.execution.model_price import ModelPrice
from engine.execution.net_prices import package_prices

__all__ = [
    "FillModel",
    "LegQuote",
    "Mid",
    "SpreadFraction",
    "Touch",
    "blocked_legs",
    "fill_model",
    "package_prices",
]


class FillModel(Protocol):
    """Prices of the legs of one package that trades as a whole."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    @property
    def within_quotes(self) -> bool:
        """Whether no leg trades outside of its bid and ask, rounding included."""

    @property
    def theoretical(self) -> bool:
        """Whether prices are computed values instead of quotes; such fills are labelled and counted."""

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Price of each leg, USD per share, before the net is rounded; NaN where the model has none."""


def fill_model(config: FillConfig, pricing: PricingConfig | None = None) -> FillModel:
    """The model that a configuration asks for; `pricing` gives the rates of model prices."""
    match config:
        case SpreadFractionFills():
            return SpreadFraction(config.fraction_by_legs)
        case MidFills():
            return Mid()
        case MidSlippageFills():
            return MidSlippage(config.per_share_usd, config.spread_percent, config.price_percent)
        case SquareRootImpactFills():
            return SquareRootImpact(config.fraction, config.coefficient, config.depth)
        case ModelPriceFills():
            return ModelPrice(pricing or PricingConfig(), config.clamp_to_quotes)
        case _:
            return Touch()
