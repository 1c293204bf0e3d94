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
from engine.metrics.growth import growth_of_capital, session_ends
from engine.metrics.outcomes import (
    expectancy_r,
    kelly_fraction,
    longest_streak,
    losses_of,
    payoff_ratio,
    profit_factor,
    win_rate,
    wins_of,
)
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
from engine.money import Micros, to_usd
from engine.result import BacktestResult, EquityPoint, Trade

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
class TradeStatistics:
    """Figures of trades, after fees; averages are of closed ones."""

    count: int
    open_at_end: int
    winners: int
    losers: int
    breakeven: int
    win_rate: float | None
    profit_factor: float | None
    payoff_ratio: float | None
    expectancy_usd: float | None
    expectancy_r: float | None
    kelly_fraction: float | None
    average_win_usd: float | None
    average_loss_usd: float | None
    largest_win_usd: float | None
    largest_loss_usd: float | None
    longest_winning_streak: int
    longest_losing_streak: int
    average_days: float | None
    premium_collected_usd: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """Key figures of a run; money in USD, rates as decimals, losses and drawdowns negative.

    Attributes:
        comparison: None, as there are no regimes, without a benchmark that has two values.
    """

    returns: ReturnStatistics
    periods: PeriodStatistics
    rolling: tuple[Window, ...]
    drawdown: DrawdownStatistics
    comparison: Comparison | None
    regimes: tuple[Regime, ...]
    trades: TradeStatistics
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


def trade_statistics(trades: Sequence[Trade]) -> TradeStatistics:
    """Figures of trades in the order in which they were closed."""
    closed = closed_trades(trades)
    profits = [to_usd(trade.profit) for trade in closed]
    wins, losses = wins_of(profits), losses_of(profits)
    return TradeStatistics(
        count=len(trades),
        open_at_end=len(trades) - len(closed),
        winners=len(wins),
        losers=len(losses),
        breakeven=len(profits) - len(wins) - len(losses),
        win_rate=win_rate(profits),
        profit_factor=profit_factor(profits),
        payoff_ratio=payoff_ratio(profits),
        expectancy_usd=mean(profits),
        expectancy_r=expectancy_r(profits),
        kelly_fraction=kelly_fraction(profits),
        average_win_usd=mean(wins),
        average_loss_usd=mean(losses),
        largest_win_usd=max(wins, default=None),
        largest_loss_usd=min(losses, default=None),
        longest_winning_streak=longest_streak(profits, lambda profit: profit > 0),
        longest_losing_streak=longest_streak(profits, lambda profit: profit < 0),
        average_days=mean([_days_of(trade) for trade in closed]),
        premium_collected_usd=to_usd(sum(max(trade.entry_cash, 0) for trade in trades)),
    )


def closed_trades(trades: Sequence[Trade]) -> list[Trade]:
    """Trades that ended, in the order of their ends."""
    ended = [trade for trade in trades if trade.closed_at is not None]
    return sorted(ended, key=lambda trade: (trade.closed_at or 0, trade.position_id))


def closed_trades_drawdown(initial_cash: Micros, closed: Sequence[Trade]) -> float:
    """Deepest fall of a curve that moves only when a trade ends: what an account looks like that marks nothing."""
    value, curve = initial_cash, [to_usd(initial_cash)]
    for trade in closed:
        value += trade.profit
        curve.append(to_usd(value))
    return deepest_drawdown(curve).depth


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


def _days_of(trade: Trade) -> float:
    return ((trade.closed_at or trade.opened_at) - trade.opened_at) / NANOS_PER_DAY
