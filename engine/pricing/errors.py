"""The pricing errors, all below `EngineError`."""

from engine.errors import EngineError


class PricingError(EngineError):
    """Root of everything that `engine.pricing` raises."""


class PricingInputError(PricingError, ValueError):
    """An argument wrong for all elements: an unknown style, shapes that do not broadcast, a bad schedule."""


class UnsupportedPricingError(PricingError, NotImplementedError):
    """A combination of style and dividends that the chosen backend cannot price."""


class NotYetPublished(PricingError, LookupError):
    """A rate was asked for at an instant at which none was known."""
