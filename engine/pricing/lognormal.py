"""The lognormal terminal distribution: probabilities, partial expectations, touch."""

import math
from dataclasses import dataclass

from scipy.special import log_ndtr, ndtr


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Spot at a horizon: spot exp((drift - volatility**2 / 2) years + volatility sqrt(years) Z), Z standard normal."""

    spot: float
    drift: float
    volatility: float
    years: float

    @property
    def deviation(self) -> float:
        """Standard deviation of the logarithm."""
        return self.volatility * math.sqrt(self.years)

    @property
    def mean(self) -> float:
        """Expected spot."""
        return self.spot * math.exp(self.drift * self.years)

    def score(self, level: float) -> float:
        """Return the standard normal variable at which spot ends at the level."""
        if level <= 0.0:
            return -math.inf
        if math.isinf(level):
            return math.inf
        ratio = level / self.mean
        if ratio == 0.0:  # smaller than every number
            return -math.inf
        distance = math.log(ratio) + 0.5 * self.deviation**2
        if self.deviation > 0.0:
            return distance / self.deviation
        return math.inf if distance > 0.0 else -math.inf

    def level(self, score: float) -> float:
        """Return the spot at a standard normal variable."""
        return self.mean * math.exp(self.deviation * (score - 0.5 * self.deviation))

    def probability(self, low: float, high: float) -> float:
        """Probability of ending between two levels."""
        return _between(self.score(low), self.score(high))

    def partial_mean(self, low: float, high: float) -> float:
        """Expectation of spot on the event of ending between two levels."""
        return self.mean * _between(self.score(low) - self.deviation, self.score(high) - self.deviation)

    def touch(self, level: float) -> float:
        """Probability of reaching the level before or at the horizon (reflection principle)."""
        if level / self.spot <= 0.0:
            return 0.0
        distance = math.log(level / self.spot)
        if distance == 0.0:
            return 1.0
        growth = (self.drift - 0.5 * self.volatility**2) * self.years
        if self.deviation == 0.0:
            return float(0.0 < distance <= growth or growth <= distance < 0.0)
        sign = math.copysign(1.0, distance)
        ending = float(ndtr(sign * (growth - distance) / self.deviation))
        # The reflected paths, in logarithms: the factor alone can overflow.
        reflected = 2.0 * growth * distance / self.deviation**2 + float(
            log_ndtr(-sign * (growth + distance) / self.deviation)
        )
        return min(1.0, ending + math.exp(min(reflected, 0.0)))


def _between(low: float, high: float) -> float:
    """Normal probability of an interval, without cancellation in the upper tail."""
    if low > 0.0:
        low, high = -high, -low
    return max(0.0, float(ndtr(high)) - float(ndtr(low)))
