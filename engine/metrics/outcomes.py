"""Wins and losses, of trades (USD) or of days (returns). An outcome of exactly 0 counts, but is neither.

Losses are negative. A number that is not defined is None, never 0 and never infinite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import fsum

from engine.metrics.returns import mean


def wins_of(outcomes: Sequence[float]) -> list[float]:
    """Outcomes above 0."""
    return [value for value in outcomes if value > 0]


def losses_of(outcomes: Sequence[float]) -> list[float]:
    """Outcomes below 0."""
    return [value for value in outcomes if value < 0]


def win_rate(outcomes: Sequence[float]) -> float | None:
    """Wins by all outcomes; None of nothing."""
    return len(wins_of(outcomes)) / len(outcomes) if outcomes else None


def profit_factor(outcomes: Sequence[float]) -> float | None:
    """Sum of wins over the size of the sum of losses; None without a loss."""
    losses = -fsum(losses_of(outcomes))
    return fsum(wins_of(outcomes)) / losses if losses else None


def payoff_ratio(outcomes: Sequence[float]) -> float | None:
    """Average win over the size of the average loss; None without a win or without a loss."""
    win, loss = mean(wins_of(outcomes)), mean(losses_of(outcomes))
    return None if win is None or loss is None else win / -loss


def expectancy_r(outcomes: Sequence[float]) -> float | None:
    """Mean outcome in units of the size of the average loss; None without a loss."""
    expected, loss = mean(outcomes), mean(losses_of(outcomes))
    return None if expected is None or loss is None else expected / -loss


def kelly_fraction(outcomes: Sequence[float]) -> float | None:
    """Win rate less (1 - win rate) over the payoff ratio; negative without an edge; None where that ratio is."""
    rate, payoff = win_rate(outcomes), payoff_ratio(outcomes)
    return None if rate is None or payoff is None else rate - (1.0 - rate) / payoff


def longest_streak(outcomes: Sequence[float], counts: Callable[[float], bool]) -> int:
    """Most outcomes in a row that count; anything else, a 0 too, ends a streak."""
    return max((len(list(run)) for counted, run in groupby(outcomes, key=counts) if counted), default=0)
