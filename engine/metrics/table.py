"""All key figures of a run, from what it left behind.

The curve is the growth of the starting capital at the ends of sessions, deposits and withdrawals left out; the
risk-free rate is 0. Each number's convention stands with its function in the neighbours of this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.benchmark import Benchmark
from engine.instants import NANOS_PER_DAY, Instant
from engine.metrics.comparison import Comparison, compare
from engine.metrics.distribution import (
    expected_shortfall,
    gaussian_value_at_risk,
    standardised_moment,
    tail_ratio,
    value_at_risk,
)
from engine.metrics.drawdowns import Drawdown, deepest_drawdown, drawdowns, ulcer_index
from engine.metrics.groups import TradeGroup, groups_of
from engine.metrics.growth import growth_of_capital, session_ends
from engine.metrics.outcomes import payoff_ratio, profit_factor, win_rate
from engine.metrics.periods import PeriodReturn, monthly_returns, trailing_returns, yearly_returns
from engine.metrics.ratios import (
    calmar_ratio,
    omega_ratio,
    probabilistic_sharpe_ratio,
    sharpe_ratio,
    sortino_ratio,
    ulcer_performance_index,
)
from engine.metrics.regimes import Regime, regimes
from engine.metrics.returns import (
    annual_volatility,
    downside_deviation,
    growth_rate,
    mean,
    simple_returns,
    total_return,
)
from engine.metrics.rolling import Window, rolling_windows
from engine.metrics.sensitivity import FillSensitivity, fill_sensitivity
from engine.metrics.trades import TradeStatistics, closed_trades, closed_trades_drawdown, trade_statistics
from engine.result import BacktestResult, EquityPoint

_DEEPEST_LISTED = 10


@dataclass(frozen=True, slots=True)
class ReturnStatistics:
    """Figures of the curve's daily returns, as decimals; None where not defined."""

    total: float
    cagr: float | None
    mean_daily: float | None
    volatility: float | None
    downside_deviation: float | None
    sharpe: float | None
    probabilistic_sharpe: float | None
    sortino: float | None
    calmar: float | None
    omega: float | None
    tail_ratio: float | None
    ulcer_index: float
    ulcer_performance_index: float | None
    var95: float | None
    var99: float | None
    var95_gaussian: float | None
    cvar95: float | None
    skewness: float | None
    kurtosis: float | None
    best_day: float | None
    worst_day: float | None
    win_rate_daily: float | None
    profit_factor_daily: float | None
    payoff_ratio_daily: float | None


@dataclass(frozen=True, slots=True)
class PeriodStatistics:
    """Returns by calendar; `trailing` by name, None for a shorter curve."""

    months: tuple[PeriodReturn, ...]
    years: tuple[PeriodReturn, ...]
    trailing: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class DrawdownRecord:
    """One fall from a peak; `days` are calendar days to the recovery, or to the end where there was none."""

    depth: float
    start: Instant
    trough: Instant
    recovered: Instant | None
    days: int


@dataclass(frozen=True, slots=True)
class DrawdownStatistics:
    """Falls of the curve, negative.

    Attributes:
        deepest: the deepest of them, deepest first.
        closed_trades: deepest fall of a curve that moves only when a trade ends.
        recovery_factor: total return over the size of the deepest fall.
    """

    count: int
    deepest: tuple[DrawdownRecord, ...]
    average: float | None
    longest_days: int
    average_days: float | None
    closed_trades: float
    recovery_factor: float | None

    @property
    def max(self) -> float:
        """Depth of the deepest fall; 0 for a curve that never falls."""
        return self.deepest[0].depth if self.deepest else 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Key figures of a run; money in USD, rates as decimals, losses and drawdowns negative.

    Attributes:
        groups: trades by question, e.g. `structure` or `weekday`.
        comparison: None, as there are no regimes, without a benchmark that has two values.
    """

    returns: ReturnStatistics
    periods: PeriodStatistics
    rolling: tuple[Window, ...]
    drawdown: DrawdownStatistics
    comparison: Comparison | None
    regimes: tuple[Regime, ...]
    trades: TradeStatistics
    groups: Mapping[str, tuple[TradeGroup, ...]]
    fills: FillSensitivity


def statistics(result: BacktestResult, benchmark: Benchmark | None = None) -> Statistics:
    """All key figures of a run, beside a benchmark where there is one."""
    ends = session_ends(result)
    values, dates = growth_of_capital(result, ends), result.days[-len(ends) :]
    return Statistics(
        returns=return_statistics(values, (result.finished_at - result.started_at) // NANOS_PER_DAY),
        periods=PeriodStatistics(
            months=tuple(monthly_returns(values, dates)),
            years=tuple(yearly_returns(values, dates)),
            trailing=trailing_returns(values, dates),
        ),
        rolling=tuple(rolling_windows(values, dates)),
        drawdown=_drawdown_statistics(result, ends, values),
        comparison=None if benchmark is None else compare(benchmark, values),
        regimes=() if benchmark is None else tuple(regimes(values, benchmark)),
        trades=trade_statistics(result.trades),
        groups=groups_of(result.trades),
        fills=fill_sensitivity(result),
    )


def return_statistics(values: Sequence[float], days: int) -> ReturnStatistics:
    """Figures of a curve of session ends over so many calendar days."""
    returns = simple_returns(values)
    cagr, ulcer = growth_rate(values[0], values[-1], days), ulcer_index(values)
    return ReturnStatistics(
        total=total_return(values),
        cagr=cagr,
        mean_daily=mean(returns),
        volatility=annual_volatility(returns),
        downside_deviation=downside_deviation(returns),
        sharpe=sharpe_ratio(returns),
        probabilistic_sharpe=probabilistic_sharpe_ratio(returns),
        sortino=sortino_ratio(returns),
        calmar=calmar_ratio(cagr, deepest_drawdown(values).depth),
        omega=omega_ratio(returns),
        tail_ratio=tail_ratio(returns),
        ulcer_index=ulcer,
        ulcer_performance_index=ulcer_performance_index(cagr, ulcer),
        var95=value_at_risk(returns, 0.05),
        var99=value_at_risk(returns, 0.01),
        var95_gaussian=gaussian_value_at_risk(returns, 0.05),
        cvar95=expected_shortfall(returns, 0.05),
        skewness=standardised_moment(returns, 3),
        kurtosis=standardised_moment(returns, 4),
        best_day=max(returns, default=None),
        worst_day=min(returns, default=None),
        win_rate_daily=win_rate(returns),
        profit_factor_daily=profit_factor(returns),
        payoff_ratio_daily=payoff_ratio(returns),
    )


def _drawdown_statistics(
    result: BacktestResult, ends: Sequence[EquityPoint], values: Sequence[float]
) -> DrawdownStatistics:
    instants = [result.started_at, *(end.at for end in ends)]
    dates = [result.days[0], *result.days[-len(ends) :]]
    falls = drawdowns(values)
    records = [_record(fall, instants, dates) for fall in sorted(falls, key=lambda fall: fall.depth)]
    deepest = records[0].depth if records else 0.0
    return DrawdownStatistics(
        count=len(records),
        deepest=tuple(records[:_DEEPEST_LISTED]),
        average=mean([record.depth for record in records]),
        longest_days=max((record.days for record in records), default=0),
        average_days=mean([float(record.days) for record in records]),
        closed_trades=closed_trades_drawdown(result.totals.initial_cash, closed_trades(result.trades)),
        recovery_factor=total_return(values) / abs(deepest) if deepest else None,
    )


def _record(fall: Drawdown, instants: Sequence[Instant], dates: Sequence[date]) -> DrawdownRecord:
    recovered = None if fall.recovered is None else instants[fall.recovered]
    return DrawdownRecord(fall.depth, instants[fall.peak], instants[fall.trough], recovered, fall.days(dates))
