"""The curve in different markets, told apart by what was known of the benchmark on the evening before.

Trend: its value at or above the mean of its last 50 sessions, or below. Volatility: the standard deviation of its last
21 returns per year, in bands that people know from volatility indices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, prod
from typing import Final

from engine.benchmark import Benchmark
from engine.metrics.ratios import sharpe_ratio
from engine.metrics.returns import annual_volatility, mean, simple_returns

TREND_SESSIONS: Final = 50
VOLATILITY_RETURNS: Final = 21
_BANDS: Final = ((0.10, "below 10 %"), (0.15, "10 to 15 %"), (0.20, "15 to 20 %"), (0.30, "20 to 30 %"))
_HIGHEST: Final = "30 % and above"
TRENDS: Final = ("rising", "falling")
BANDS: Final = (*(name for _, name in _BANDS), _HIGHEST)
"""Names of regimes in their order, by kind."""


@dataclass(frozen=True, slots=True)
class Regime:
    """The curve on the days of one regime.

    Attributes:
        kind: `trend` or `volatility`.
        total: compounded return over these days.
    """

    kind: str
    name: str
    days: int
    total: float
    mean_daily: float | None
    volatility: float | None
    sharpe: float | None
    worst_day: float


def regimes(values: Sequence[float], benchmark: Benchmark) -> list[Regime]:
    """The curve in each regime that occurred; days without enough of a benchmark before them are left out.

    Args:
        values: shape (1 + sessions,): the starting capital, and the value at the end of each session.
        benchmark: one value per session.
    """
    returns = simple_returns(values)
    found: dict[tuple[str, str], list[float]] = {}
    for day, own in enumerate(returns):
        for kind, name in regimes_before(benchmark, day):
            found.setdefault((kind, name), []).append(own)
    order = [*TRENDS, *BANDS]
    return [_regime(key, found[key]) for key in sorted(found, key=lambda key: order.index(key[1]))]


def regimes_before(benchmark: Benchmark, day: int) -> list[tuple[str, str]]:
    """Kind and name of each regime that was known on the evening before a day of the run."""
    known = benchmark.values[max(day - TREND_SESSIONS, 0) : day]
    return _regimes_of([value for value in known if value is not None])


def _regimes_of(known: Sequence[float]) -> list[tuple[str, str]]:
    """What the values of a benchmark up to an evening say of the next day."""
    told = []
    if len(known) >= TREND_SESSIONS:
        told.append(("trend", "rising" if known[-1] >= fsum(known) / len(known) else "falling"))
    volatility = annual_volatility(simple_returns(known[-VOLATILITY_RETURNS - 1 :]))
    if len(known) > VOLATILITY_RETURNS and volatility is not None:
        told.append(("volatility", next((name for bound, name in _BANDS if volatility < bound), _HIGHEST)))
    return told


def _regime(key: tuple[str, str], returns: Sequence[float]) -> Regime:
    return Regime(
        kind=key[0],
        name=key[1],
        days=len(returns),
        total=prod(1.0 + value for value in returns) - 1.0,
        mean_daily=mean(returns),
        volatility=annual_volatility(returns),
        sharpe=sharpe_ratio(returns),
        worst_day=min(returns),
    )
