"""Figures of trades, structure by structure, after fees unless said otherwise. What is not defined is None.

A trade's R is what it could lose at expiration when it was opened. Its margin is the initial requirement of its
position on its own at that time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from statistics import median

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
from engine.metrics.returns import mean
from engine.metrics.trade_details import (
    Bounds,
    Dispersion,
    HoldingTimes,
    PerPackage,
    bounds,
    days_in_trade,
    dispersion,
    holding_times,
    per_package,
)
from engine.money import Micros, to_usd
from engine.result import Trade


def profit_in_r(trade: Trade) -> float | None:
    """Profit over what the trade could lose at expiration; None where that has no bound, or is nothing."""
    return trade.profit / trade.entry.maximum_loss if trade.entry.maximum_loss else None


def return_on_margin(trade: Trade) -> float | None:
    """Profit over the initial margin of the position on its own; None without such a margin."""
    return trade.profit / trade.entry.requirement if trade.entry.requirement else None


def profit_per_margin_day(trade: Trade) -> float | None:
    """Return on margin per day in the trade; None without margin, or for a trade that ended at its opening."""
    earned, days = return_on_margin(trade), days_in_trade(trade)
    return earned / days if earned is not None and days else None


def premium_capture(trade: Trade) -> float | None:
    """Profit over the premium received at entry, 1 for all of it; None for a trade that was paid for."""
    return trade.profit / trade.entry_cash if trade.entry_cash > 0 else None


@dataclass(frozen=True, slots=True)
class TradeStatistics:
    """Figures of trades; averages are of closed ones.

    Attributes:
        premium_capture: profit of closed trades that began with a credit over the sum of these credits.
        return_on_margin: profit of closed trades over the sum of their margins, of those that have one.
        profit_per_margin_day: the same over the sum of margin times days.
        average_worst_usd, average_best_usd: of the lowest and highest profit before fees while they were open.
        average_given_back_usd, largest_given_back_usd: of the highest profit before fees less the final one.
    """

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
    median_usd: float | None
    largest_win_usd: float | None
    largest_loss_usd: float | None
    longest_winning_streak: int
    longest_losing_streak: int
    average_days: float | None
    median_days: float | None
    average_profit_r: float | None
    average_worst_usd: float | None
    largest_worst_usd: float | None
    average_best_usd: float | None
    largest_best_usd: float | None
    average_given_back_usd: float | None
    largest_given_back_usd: float | None
    premium_collected_usd: float
    premium_paid_usd: float
    premium_capture: float | None
    return_on_margin: float | None
    profit_per_margin_day: float | None
    times: HoldingTimes
    per_package: PerPackage
    dispersion: Dispersion
    bounds: Bounds


def trade_statistics(trades: Sequence[Trade], initial_cash: Micros) -> TradeStatistics:
    """Figures of trades in the order in which they were closed, on an account that began with so much."""
    closed = closed_trades(trades)
    profits = [to_usd(trade.profit) for trade in closed]
    wins, losses = wins_of(profits), losses_of(profits)
    days = [days_in_trade(trade) for trade in closed]
    worst, best = [to_usd(trade.worst) for trade in closed], [to_usd(trade.best) for trade in closed]
    given_back = [to_usd(trade.best - trade.profit - trade.fees) for trade in closed]
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
        median_usd=median(profits) if profits else None,
        largest_win_usd=max(wins, default=None),
        largest_loss_usd=min(losses, default=None),
        longest_winning_streak=longest_streak(profits, lambda profit: profit > 0),
        longest_losing_streak=longest_streak(profits, lambda profit: profit < 0),
        average_days=mean(days),
        median_days=median(days) if days else None,
        average_profit_r=mean([value for value in map(profit_in_r, closed) if value is not None]),
        average_worst_usd=mean(worst),
        largest_worst_usd=min(worst, default=None),
        average_best_usd=mean(best),
        largest_best_usd=max(best, default=None),
        average_given_back_usd=mean(given_back),
        largest_given_back_usd=max(given_back, default=None),
        premium_collected_usd=to_usd(sum(max(trade.entry_cash, 0) for trade in trades)),
        premium_paid_usd=to_usd(sum(max(-trade.entry_cash, 0) for trade in trades)),
        premium_capture=_profit_over(closed, lambda trade: max(trade.entry_cash, 0)),
        return_on_margin=_profit_over(closed, lambda trade: trade.entry.requirement or 0),
        profit_per_margin_day=_profit_over(closed, lambda trade: (trade.entry.requirement or 0) * days_in_trade(trade)),
        times=holding_times(trades, closed),
        per_package=per_package(closed),
        dispersion=dispersion(closed, initial_cash),
        bounds=bounds(trades, closed),
    )


def closed_trades(trades: Sequence[Trade]) -> list[Trade]:
    """Trades that ended, in the order of their ends."""
    ended = [trade for trade in trades if trade.closed_at is not None]
    return sorted(ended, key=lambda trade: (trade.closed_at or 0, trade.position_id))


def closed_trades_curve(initial_cash: Micros, closed: Sequence[Trade]) -> list[Micros]:
    """A curve that moves only when a trade ends: what an account looks like that marks nothing."""
    return list(accumulate((trade.profit for trade in closed), initial=initial_cash))


def _profit_over(trades: Sequence[Trade], base_of: Callable[[Trade], float]) -> float | None:
    """Profit of the trades that have a base, over the sum of their bases; None where none has one."""
    based = [(trade.profit, base) for trade in trades if (base := base_of(trade))]
    return sum(profit for profit, _ in based) / fsum(base for _, base in based) if based else None
