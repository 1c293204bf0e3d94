"""Option prices, sensitivities and implied volatilities over arrays; see docs/pricing.md."""

from engine.pricing.contracts import greeks, implied_volatility, price
from engine.pricing.types import Greeks, IvStatus

__all__ = ["Greeks", "IvStatus", "greeks", "implied_volatility", "price"]
