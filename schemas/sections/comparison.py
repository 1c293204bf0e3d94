"""The curve beside a benchmark, and in the markets that it tells apart."""

from __future__ import annotations

from schemas.sections.base import Count, Ratio, Return, Section, Sha256


class Benchmark(Section):
    """What the benchmark explains of the curve.

    Daily returns of the same sessions, from the end of the first one on. Those of the benchmark are of its price:
    splits are left out, dividends are not added. The risk-free rate is 0.

    Source: `equity.csv`, and the last price of each session of `config.benchmark`: a market of the run, or a file.
    """

    name: str
    """Symbol of a market of the run, or name of the file that the configuration names."""
    sha256: Sha256 | None
    """Hash of that file; null: a market of the run."""
    days: Count
    """Daily returns compared."""
    total_return: Return | None
    """The benchmark's over these days; null: not finite."""
    alpha: Return | None
    """Mean daily return less beta times the benchmark's, times 252; null: the benchmark has no spread."""
    beta: Ratio | None
    """Covariance with the benchmark by its variance, both of samples; null: the benchmark has no spread."""
    correlation: Ratio | None
    """Pearson's, -1 to 1; null: one of the two has no spread."""
    r_squared: Ratio | None
    """Square of the correlation: the share of the variance that the benchmark explains; null: as `correlation`."""
    tracking_error: Return | None
    """Standard deviation of the daily differences (ddof 1) times the root of 252; null: fewer than two days."""
    information_ratio: Ratio | None
    """Mean daily difference by its standard deviation, times the root of 252; null: the differences have no spread."""
    treynor: Return | None
    """Mean daily return times 252 by beta; null: beta is 0 or null."""
    up_capture: Ratio | None
    """Mean return by the benchmark's on the days on which that rose; null: no such day."""
    down_capture: Ratio | None
    """The same on the days on which it fell; null: no such day."""


class Regime(Section):
    """The curve on the days of one kind of market, told by what was known of the benchmark on the evening before.

    Source: as `benchmark`.
    """

    kind: str
    """`trend`: the benchmark at or above the mean of its last 50 sessions, or below; `volatility`: of its last 21
    returns, per year."""
    name: str
    """Which market of its kind, e.g. `rising` or `15 to 20 %`."""
    days: Count
    """Daily returns in it."""
    total: Return | None
    """Compounded return over these days; null: not finite."""
    mean_daily: Return | None
    """As `returns.mean_daily`; null: not finite."""
    volatility: Return | None
    """As `returns.volatility`; null: fewer than two days."""
    sharpe: Ratio | None
    """As `returns.sharpe`; null: fewer than two days, or no spread."""
    worst_day: Return | None
    """Lowest daily return; null: not finite."""
