"""What the summary says of the trades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from api.figures import figure
from engine.instants import utc_datetime
from engine.metrics import Statistics, trade_details
from engine.metrics.groups import TradeGroup
from engine.money import Micros, to_usd
from engine.result import BacktestResult, Trade
from schemas.sections.trades import (
    Bounds,
    Dispersion,
    ExitReason,
    Group,
    Groups,
    HoldingTimes,
    PerPackage,
    Trades,
)


def trades_of(result: BacktestResult, table: Statistics) -> Trades:
    """Counts and averages over all trades, and over groups of them."""
    statistics = table.trades
    return Trades(
        count=statistics.count,
        open_at_end=statistics.open_at_end,
        winners=statistics.winners,
        losers=statistics.losers,
        breakeven=statistics.breakeven,
        win_rate=figure(statistics.win_rate),
        profit_factor=figure(statistics.profit_factor),
        payoff_ratio=figure(statistics.payoff_ratio),
        expectancy_usd=figure(statistics.expectancy_usd),
        expectancy_r=figure(statistics.expectancy_r),
        kelly_fraction=figure(statistics.kelly_fraction),
        average_win_usd=figure(statistics.average_win_usd),
        average_loss_usd=figure(statistics.average_loss_usd),
        largest_win_usd=figure(statistics.largest_win_usd),
        largest_loss_usd=figure(statistics.largest_loss_usd),
        longest_winning_streak=statistics.longest_winning_streak,
        longest_losing_streak=statistics.longest_losing_streak,
        average_days_in_trade=figure(statistics.average_days),
        median_days_in_trade=figure(statistics.median_days),
        median_usd=figure(statistics.median_usd),
        average_profit_r=figure(statistics.average_profit_r),
        average_worst_usd=figure(statistics.average_worst_usd),
        largest_worst_usd=figure(statistics.largest_worst_usd),
        average_best_usd=figure(statistics.average_best_usd),
        largest_best_usd=figure(statistics.largest_best_usd),
        average_given_back_usd=figure(statistics.average_given_back_usd),
        largest_given_back_usd=figure(statistics.largest_given_back_usd),
        premium_collected_usd=figure(statistics.premium_collected_usd),
        premium_paid_usd=figure(statistics.premium_paid_usd),
        premium_capture=figure(statistics.premium_capture),
        return_on_margin=figure(statistics.return_on_margin),
        profit_per_margin_day=figure(statistics.profit_per_margin_day),
        times=_times(statistics.times),
        per_package=PerPackage(**_rounded(asdict(statistics.per_package))),
        dispersion=Dispersion(**_rounded(asdict(statistics.dispersion))),
        bounds=_bounds(statistics.bounds),
        groups=Groups(**{question: tuple(map(_group, found)) for question, found in table.groups.items()}),
        by_exit_reason=_by_exit_reason(result.trades),
        left_open_legs=tuple(symbol for trade in result.trades for symbol in trade.left_open),
        fills=len(result.fills),
    )


def _times(times: trade_details.HoldingTimes) -> HoldingTimes:
    figures = asdict(times)
    first, last, most = (figures.pop(name) for name in ("first_opened", "last_closed", "most_open_at_once"))
    return HoldingTimes(
        first_opened=None if first is None else utc_datetime(first),
        last_closed=None if last is None else utc_datetime(last),
        most_open_at_once=most,
        **_rounded(figures),
    )


def _bounds(bounds: trade_details.Bounds) -> Bounds:
    figures = asdict(bounds)
    return Bounds(opened_for_credit=figures.pop("opened_for_credit"), **_rounded(figures))


def _rounded(figures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: figure(value) for name, value in figures.items()}


def _group(group: TradeGroup) -> Group:
    return Group(
        name=group.name,
        count=group.count,
        profit_usd=to_usd(group.profit),
        win_rate=figure(group.win_rate),
        profit_factor=figure(group.profit_factor),
        average_usd=figure(group.average_usd),
        average_days_in_trade=figure(group.average_days),
        average_profit_r=figure(group.average_profit_r),
        average_return_on_margin=figure(group.average_return_on_margin),
    )


def _by_exit_reason(trades: tuple[Trade, ...]) -> dict[str, ExitReason]:
    counts: Counter[str] = Counter(trade.exit_reason for trade in trades)
    profits: dict[str, Micros] = dict.fromkeys(sorted(counts), 0)
    for trade in trades:
        profits[trade.exit_reason] += trade.profit
    return {reason: ExitReason(count=counts[reason], profit_usd=to_usd(profit)) for reason, profit in profits.items()}
