"""The curve beside a benchmark: daily returns of the same sessions, from the end of the first one on.

The benchmark's returns are those of its price: splits are left out, dividends are not added. The risk-free rate is 0. A
figure is null where the benchmark has no spread, or there are too few days.
"""

from __future__ import annotations

from schemas.sections.base import Count, Number, Section, Sha256


class Benchmark(Section):
    """What the benchmark explains of the curve."""

    name: str
    """Symbol of a market of the run, or name of the file that the configuration names."""
    sha256: Sha256 | None
    """Hash of that file; null: a market of the run."""
    days: Count
    """Daily returns compared."""
    total_return: Number | None
    """The benchmark's over these days, as a decimal."""
    alpha: Number | None
    """Mean daily return less beta times the benchmark's, times 252."""
    beta: Number | None
    """Covariance with the benchmark by its variance, both of samples."""
    correlation: Number | None
    """Pearson's."""
    r_squared: Number | None
    """Square of the correlation: the share of the variance that the benchmark explains."""
    tracking_error: Number | None
    """Standard deviation of the daily differences (ddof 1) times the root of 252."""
    information_ratio: Number | None
    """Mean daily difference by its standard deviation, times the root of 252."""
    treynor: Number | None
    """Mean daily return times 252 by beta."""
    up_capture: Number | None
    """Mean return by the benchmark's on the days on which that rose; null: no such day."""
    down_capture: Number | None
    """The same on the days on which it fell; null: no such day."""


class Regime(Section):
    """The curve on the days of one kind of market, told by what was known of the benchmark on the evening before."""

    kind: str
    """`trend`: the benchmark at or above the mean of its last 50 sessions, or below; `volatility`: of its last 21
    returns, per year."""
    name: str
    days: Count
    total: Number | None
    """Compounded return over these days."""
    mean_daily: Number | None
    volatility: Number | None
    sharpe: Number | None
    worst_day: Number | None
