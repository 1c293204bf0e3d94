"""How unlike each other outcomes of trades are, and how much hangs on a few of them; what is not defined is None."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, sqrt

from engine.metrics.returns import mean, standard_deviation


def downside_deviation_of(outcomes: Sequence[float]) -> float | None:
    """Root of the mean square of the losses over all outcomes; None of nothing."""
    return sqrt(fsum(min(value, 0.0) ** 2 for value in outcomes) / len(outcomes)) if outcomes else None


def concentration(outcomes: Sequence[float]) -> float | None:
    """Herfindahl index of outcomes of one sign: sum of the squares of their shares of the sum.

    1 where one is everything, 1 / n where n are alike; None without an outcome.
    """
    total = fsum(outcomes)
    return fsum((value / total) ** 2 for value in outcomes) if total else None


def risk_of_ruin(outcomes: Sequence[float], capital: float) -> float | None:
    """Probability that a capital is ever lost where outcomes go on with their mean and their deviation.

    exp(-2 x mean x capital / variance), 1 where the mean is not positive: a random walk without end that is looked at
    as a diffusion. Source: Cox and Miller, The Theory of Stochastic Processes, 1965, section 5.7. None for fewer than
    two outcomes, or where they are all the same and positive.
    """
    expected, deviation = mean(outcomes), standard_deviation(outcomes)
    if expected is None or deviation is None:
        return None
    if expected <= 0.0 or capital <= 0.0:
        return 1.0
    return exp(-2.0 * expected * capital / deviation**2) if deviation else None


def fractions_of_capital(outcomes: Sequence[float], initial: float) -> list[float]:
    """Each outcome by the capital that those before it left, in their order; ends where nothing is left."""
    found, capital = [], initial
    for value in outcomes:
        if capital <= 0.0:
            break
        found.append(value / capital)
        capital += value
    return found
