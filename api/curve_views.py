"""What the summary says of the curve: returns, falls, and the curve beside others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from api.figures import figure
from data.benchmark_values import BenchmarkValues
from engine.instants import utc_datetime
from engine.metrics import periods, regimes, robustness, rolling
from engine.metrics.comparison import Comparison
from engine.metrics.curve import DrawdownRecord, DrawdownStatistics, PeriodStatistics, ReturnStatistics
from engine.metrics.outcomes import win_rate
from engine.money import to_usd
from schemas.sections import robustness as published
from schemas.sections.comparison import Benchmark, Regime
from schemas.sections.curve import Drawdown, Fall, PeriodFigures, PeriodReturn, Periods, Returns, Trailing, Window


def returns_of(statistics: ReturnStatistics) -> Returns:
    """Returns, field by field."""
    return Returns(**{name: figure(value) for name, value in asdict(statistics).items()})


def periods_of(statistics: PeriodStatistics) -> Periods:
    """Returns by calendar, and the best and the worst of them."""
    months = [one.total for one in statistics.months if one.total is not None]
    years = [one.total for one in statistics.years if one.total is not None]
    return Periods(
        months=tuple(_period(one) for one in statistics.months),
        years=tuple(_period(one) for one in statistics.years),
        best_month=figure(max(months, default=None)),
        worst_month=figure(min(months, default=None)),
        best_year=figure(max(years, default=None)),
        worst_year=figure(min(years, default=None)),
        win_rate_monthly=figure(win_rate(months)),
        monthly=_period_figures(statistics.monthly),
        quarterly=_period_figures(statistics.quarterly),
        yearly=_period_figures(statistics.yearly),
        trailing=Trailing(**{name: figure(value) for name, value in statistics.trailing.items()}),
    )


def rolling_of(windows: Sequence[rolling.Window]) -> tuple[Window, ...]:
    """Windows in the order of their length and their ends."""
    return tuple(
        Window(
            ends_on=one.ends_on,
            sessions=one.sessions,
            total=figure(one.total),
            volatility=figure(one.volatility),
            sharpe=figure(one.sharpe),
            max_drawdown=figure(one.max_drawdown),
        )
        for one in windows
    )


def benchmark_section(comparison: Comparison | None, file: BenchmarkValues | None) -> Benchmark | None:
    """The comparison, field by field, and the hash of the file that the benchmark came from."""
    if comparison is None:
        return None
    figures = asdict(comparison)
    name, days = figures.pop("name"), figures.pop("days")
    rounded = {field: figure(value) for field, value in figures.items()}
    return Benchmark(name=name, sha256=None if file is None else file.sha256, days=days, **rounded)


def regimes_of(found: Sequence[regimes.Regime]) -> tuple[Regime, ...]:
    """Regimes in the order of their kinds."""
    return tuple(
        Regime(
            kind=one.kind,
            name=one.name,
            days=one.days,
            total=figure(one.total),
            mean_daily=figure(one.mean_daily),
            volatility=figure(one.volatility),
            sharpe=figure(one.sharpe),
            worst_day=figure(one.worst_day),
        )
        for one in found
    )


def drawdown_of(statistics: DrawdownStatistics, deepest_at_any_mark: float) -> Drawdown:
    """Falls, the deepest of them at the top."""
    deepest = [_fall(record) for record in statistics.deepest]
    worst = deepest[0] if deepest else None
    return Drawdown(
        max=worst.depth if worst else 0.0,
        start=worst.start if worst else None,
        trough=worst.trough if worst else None,
        recovered=worst.recovered if worst else None,
        count=statistics.count,
        average=figure(statistics.average),
        longest_days=statistics.longest_days,
        average_days=figure(statistics.average_days),
        recovery_factor=figure(statistics.recovery_factor),
        longest_recovery_days=statistics.longest_recovery_days,
        intraday=figure(deepest_at_any_mark),
        closed_trades=figure(statistics.closed_trades),
        closed_trades_usd=to_usd(statistics.closed_trades_amount),
        deepest=tuple(deepest),
    )


def _period_figures(found: periods.PeriodFigures) -> PeriodFigures:
    figures = asdict(found)
    count = figures.pop("count")
    return PeriodFigures(count=count, **{name: figure(value) for name, value in figures.items()})


def _period(one: periods.PeriodReturn) -> PeriodReturn:
    return PeriodReturn(year=one.year, month=one.month, sessions=one.sessions, total=figure(one.total))


def _fall(record: DrawdownRecord) -> Fall:
    return Fall(
        depth=figure(record.depth) or 0.0,
        start=utc_datetime(record.start),
        trough=utc_datetime(record.trough),
        recovered=None if record.recovered is None else utc_datetime(record.recovered),
        days=record.days,
        recovery_days=record.recovery_days,
    )


def robustness_of(found: robustness.Robustness | None) -> published.Robustness | None:
    """What became of the paths, field by field."""
    if found is None:
        return None
    return published.Robustness(
        method="stationary_bootstrap",
        paths=found.paths,
        mean_block_sessions=found.mean_block_sessions,
        cagr=None if found.cagr is None else _spread(found.cagr),
        max_drawdown=_spread(found.max_drawdown),
        probability_of_loss=found.probability_of_loss,
        probability_of_halving=found.probability_of_halving,
        p_value=figure(found.p_value),
    )


def _spread(found: robustness.Spread) -> published.Spread:
    return published.Spread(low=figure(found.low), median=figure(found.median), high=figure(found.high))
