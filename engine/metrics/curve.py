"""What a curve was like: its returns, its periods and its falls; conventions stand with the functions next door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from engine.instants import Instant
from engine.metrics.distribution import (
    expected_shortfall,
    gaussian_value_at_risk,
    standardised_moment,
    tail_ratio,
    value_at_risk,
)
from engine.metrics.drawdowns import Drawdown, deepest_drawdown, drawdowns, ulcer_index
from engine.metrics.outcomes import losses_of, payoff_ratio, profit_factor, win_rate, wins_of
from engine.metrics.periods import (
    PeriodFigures,
    PeriodReturn,
    monthly_returns,
    period_figures,
    quarterly_returns,
    trailing_returns,
    yearly_returns,
)
from engine.metrics.ratios import (
    calmar_ratio,
    deflated_by_chance,
    omega_ratio,
    probabilistic_sharpe_ratio,
    sharpe_ratio,
    sortino_ratio,
    ulcer_performance_index,
)
from engine.metrics.returns import (
    annual_volatility,
    autocorrelation,
    downside_deviation,
    growth_rate,
    mean,
    simple_returns,
    total_return,
)
from engine.metrics.trades import closed_trades, closed_trades_curve
from engine.money import Micros, to_usd
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
    average_gain_daily: float | None
    average_loss_daily: float | None
    autocorrelation: float | None
    deflated_sharpe_10: float | None
    deflated_sharpe_100: float | None
    deflated_sharpe_1000: float | None


@dataclass(frozen=True, slots=True)
class PeriodStatistics:
    """Returns by calendar; `trailing` by name, None for a shorter curve."""

    months: tuple[PeriodReturn, ...]
    years: tuple[PeriodReturn, ...]
    monthly: PeriodFigures
    quarterly: PeriodFigures
    yearly: PeriodFigures
    trailing: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class DrawdownRecord:
    """One fall from a peak.

    Attributes:
        days: calendar days from the peak to the recovery, or to the end where there was none.
        recovery_days: calendar days from the trough to the recovery; None where there was none.
    """

    depth: float
    start: Instant
    trough: Instant
    recovered: Instant | None
    days: int
    recovery_days: int | None


@dataclass(frozen=True, slots=True)
class DrawdownStatistics:
    """Falls of the curve, negative.

    Attributes:
        deepest: the deepest of them, deepest first.
        longest_recovery_days: most days from a trough to its recovery; None where no fall recovered.
        closed_trades: deepest fall of a curve that moves only when a trade ends.
        closed_trades_amount: the largest fall of that curve in money, exact.
        recovery_factor: total return over the size of the deepest fall.
    """

    count: int
    deepest: tuple[DrawdownRecord, ...]
    average: float | None
    longest_days: int
    average_days: float | None
    longest_recovery_days: int | None
    closed_trades: float
    closed_trades_amount: Micros
    recovery_factor: float | None

    @property
    def max(self) -> float:
        """Depth of the deepest fall; 0 for a curve that never falls."""
        return self.deepest[0].depth if self.deepest else 0.0


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
        average_gain_daily=mean(wins_of(returns)),
        average_loss_daily=mean(losses_of(returns)),
        autocorrelation=autocorrelation(returns),
        deflated_sharpe_10=deflated_by_chance(returns, 10),
        deflated_sharpe_100=deflated_by_chance(returns, 100),
        deflated_sharpe_1000=deflated_by_chance(returns, 1_000),
    )


def period_statistics(values: Sequence[float], dates: Sequence[date]) -> PeriodStatistics:
    """Returns by calendar of a curve: its start, and the values at the ends of sessions of these dates."""
    months, years = monthly_returns(values, dates), yearly_returns(values, dates)
    return PeriodStatistics(
        months=tuple(months),
        years=tuple(years),
        monthly=period_figures(months),
        quarterly=period_figures(quarterly_returns(values, dates)),
        yearly=period_figures(years),
        trailing=trailing_returns(values, dates),
    )


def drawdown_statistics(
    result: BacktestResult, ends: Sequence[EquityPoint], values: Sequence[float]
) -> DrawdownStatistics:
    """Falls of the curve of a run, from the ends of its sessions and the values that the capital grew to there."""
    instants = [result.started_at, *(end.at for end in ends)]
    dates = [result.days[0], *result.days[-len(ends) :]]
    falls = drawdowns(values)
    records = [_record(fall, instants, dates) for fall in sorted(falls, key=lambda fall: fall.depth)]
    deepest = records[0].depth if records else 0.0
    closed = closed_trades_curve(result.totals.initial_cash, closed_trades(result.trades))
    return DrawdownStatistics(
        count=len(records),
        deepest=tuple(records[:_DEEPEST_LISTED]),
        average=mean([record.depth for record in records]),
        longest_days=max((record.days for record in records), default=0),
        average_days=mean([float(record.days) for record in records]),
        longest_recovery_days=max(
            (record.recovery_days for record in records if record.recovery_days is not None), default=None
        ),
        closed_trades=deepest_drawdown([to_usd(value) for value in closed]).depth,
        closed_trades_amount=min(value - peak for value, peak in zip(closed, accumulate(closed, max), strict=True)),
        recovery_factor=total_return(values) / abs(deepest) if deepest else None,
    )


def _record(fall: Drawdown, instants: Sequence[Instant], dates: Sequence[date]) -> DrawdownRecord:
    recovered = None if fall.recovered is None else instants[fall.recovered]
    return DrawdownRecord(
        fall.depth,
        instants[fall.peak],
        instants[fall.trough],
        recovered,
        fall.days(dates),
        fall.recovery_days(dates),
    )
