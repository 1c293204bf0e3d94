"""Statistics of a run: small pure functions, and the table of them."""

from engine.metrics.growth import growth_of_capital
from engine.metrics.table import Statistics, statistics

__all__ = ["Statistics", "growth_of_capital", "statistics"]
