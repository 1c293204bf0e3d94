"""All key figures of a run, from what it left behind.

The curve is the growth of the starting capital at the ends of sessions, deposits and withdrawals left out; the
risk-free rate is 0. Each number's convention stands with its function in the neighbours of this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.benchmark import Benchmark
from engine.metrics.account import AccountStatistics, account_statistics
from engine.metrics.capacity import Capacity, capacity
from engine.metrics.comparison import Comparison, compare
from engine.metrics.curve import (
    DrawdownStatistics,
    PeriodStatistics,
    ReturnStatistics,
    drawdown_statistics,
    period_statistics,
    return_statistics,
)
from engine.metrics.groups import TradeGroup, groups_of
from engine.metrics.growth import growth_of_capital, session_ends
from engine.metrics.regimes import Regime, regimes, regimes_before
from engine.metrics.returns import simple_returns
from engine.metrics.robustness import Robustness, robustness
from engine.metrics.rolling import Window, rolling_windows
from engine.metrics.sensitivity import FillTable, fill_sensitivity
from engine.metrics.trades import TradeStatistics, trade_statistics
from engine.result import BacktestResult


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
    account: AccountStatistics
    drawdown: DrawdownStatistics
    comparison: Comparison | None
    regimes: tuple[Regime, ...]
    trades: TradeStatistics
    groups: Mapping[str, tuple[TradeGroup, ...]]
    fills: FillTable
    capacity: Capacity
    robustness: Robustness | None


def statistics(result: BacktestResult, benchmark: Benchmark | None = None, seed: int = 0) -> Statistics:
    """All key figures of a run, beside a benchmark where there is one.

    Args:
        seed: draws what `robustness` draws.
    """
    ends = session_ends(result)
    values, dates = growth_of_capital(result, ends), result.days[-len(ends) :]
    days = (result.days[-1] - result.days[0]).days
    return Statistics(
        returns=return_statistics(values, days),
        periods=period_statistics(values, dates),
        rolling=tuple(rolling_windows(values, dates)),
        account=account_statistics(result, ends),
        drawdown=drawdown_statistics(result, ends, values),
        comparison=None if benchmark is None else compare(benchmark, values),
        regimes=() if benchmark is None else tuple(regimes(values, benchmark)),
        trades=trade_statistics(result.trades, result.totals.initial_cash),
        groups=groups_of(result.trades, _regimes_by_date(result, benchmark)),
        fills=fill_sensitivity(result),
        capacity=capacity(result),
        robustness=robustness(simple_returns(values), days, seed),
    )


def _regimes_by_date(result: BacktestResult, benchmark: Benchmark | None) -> dict[date, dict[str, str]]:
    """What was known of the benchmark on the evening before each date on which a trade was opened."""
    if benchmark is None:
        return {}
    places = {day: place for place, day in enumerate(result.days)}
    opened = {trade.entry.opened_on for trade in result.trades}
    return {day: dict(regimes_before(benchmark, places[day])) for day in opened if day in places}
