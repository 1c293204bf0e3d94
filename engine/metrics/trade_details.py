"""More of the same trades: how long, per package, how unlike each other, and how near to what they could make or lose.

Averages are of closed trades, after fees unless said otherwise; what is not defined is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median
from typing import Final

from engine.instants import NANOS_PER_DAY, Instant
from engine.metrics.dispersion import concentration, downside_deviation_of, fractions_of_capital, risk_of_ruin
from engine.metrics.outcomes import losses_of, wins_of
from engine.metrics.returns import mean, standard_deviation
from engine.money import Micros, to_usd
from engine.result import Trade

_NEARLY: Final = 0.99
"""Share of a bound from which on it counts as reached: the last cent of an option is seldom paid."""


def days_in_trade(trade: Trade) -> float:
    """Days of 24 hours from the opening to the end; 0 for a trade that is still open."""
    return ((trade.closed_at or trade.opened_at) - trade.opened_at) / NANOS_PER_DAY


@dataclass(frozen=True, slots=True)
class HoldingTimes:
    """Days of 24 hours from opening to end.

    Attributes:
        most_open_at_once: trades, those still open at the end included.
        profit_per_day_usd: profit of closed trades by the sum of their days.
    """

    first_opened: Instant | None
    last_closed: Instant | None
    average_days_of_winners: float | None
    median_days_of_winners: float | None
    average_days_of_losers: float | None
    median_days_of_losers: float | None
    longest_days: float | None
    most_open_at_once: int
    profit_per_day_usd: float | None


def holding_times(trades: Sequence[Trade], closed: Sequence[Trade]) -> HoldingTimes:
    """Times of trades, of which some are closed."""
    days = [days_in_trade(trade) for trade in closed]
    won, lost = (
        [length for trade, length in zip(closed, days, strict=True) if trade.profit * sign > 0] for sign in (1, -1)
    )
    total = fsum(days)
    return HoldingTimes(
        first_opened=min((trade.opened_at for trade in trades), default=None),
        last_closed=max((trade.closed_at for trade in closed if trade.closed_at is not None), default=None),
        average_days_of_winners=mean(won),
        median_days_of_winners=median(won) if won else None,
        average_days_of_losers=mean(lost),
        median_days_of_losers=median(lost) if lost else None,
        longest_days=max(days, default=None),
        most_open_at_once=_most_open(trades),
        profit_per_day_usd=to_usd(sum(trade.profit for trade in closed)) / total if total else None,
    )


def _most_open(trades: Sequence[Trade]) -> int:
    """What ends at an instant makes room for what begins there."""
    ends = [(trade.closed_at, -1) for trade in trades if trade.closed_at is not None]
    count = most = 0
    for _, change in sorted([*((trade.opened_at, 1) for trade in trades), *ends]):
        count += change
        most = max(most, count)
    return most


@dataclass(frozen=True, slots=True)
class PerPackage:
    """Profit per package: of a trade of ten condors, a tenth."""

    average_usd: float | None
    average_win_usd: float | None
    average_loss_usd: float | None


def per_package(closed: Sequence[Trade]) -> PerPackage:
    """Averages over trades of each one's profit by its packages."""
    profits = [to_usd(trade.profit) / trade.quantity for trade in closed]
    return PerPackage(mean(profits), mean(wins_of(profits)), mean(losses_of(profits)))


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How unlike each other trades are, and how much hangs on a few.

    Attributes:
        average_win_of_capital, average_loss_of_capital: of each trade's profit by the capital that those before left.
        win_concentration, loss_concentration: Herfindahl indices of the wins and of the losses.
    """

    deviation_usd: float | None
    downside_deviation_usd: float | None
    smallest_win_usd: float | None
    smallest_loss_usd: float | None
    average_win_of_capital: float | None
    average_loss_of_capital: float | None
    win_concentration: float | None
    loss_concentration: float | None
    risk_of_ruin: float | None


def dispersion(closed: Sequence[Trade], initial_cash: Micros) -> Dispersion:
    """Of trades in the order of their ends, on an account that began with so much."""
    profits, initial = [to_usd(trade.profit) for trade in closed], to_usd(initial_cash)
    wins, losses, of_capital = wins_of(profits), losses_of(profits), fractions_of_capital(profits, initial)
    return Dispersion(
        deviation_usd=standard_deviation(profits),
        downside_deviation_usd=downside_deviation_of(profits),
        smallest_win_usd=min(wins, default=None),
        smallest_loss_usd=max(losses, default=None),
        average_win_of_capital=mean(wins_of(of_capital)),
        average_loss_of_capital=mean(losses_of(of_capital)),
        win_concentration=concentration(wins),
        loss_concentration=concentration(losses),
        risk_of_ruin=risk_of_ruin(profits, initial + fsum(profits)),
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """How near trades came to what they could make or lose at expiration.

    Attributes:
        maximum_profit_hit, maximum_loss_hit: closed trades whose profit before fees was 99 % of the bound or more, by
            those that had it.
        opened_for_credit: trades that brought cash when they were opened.
    """

    opened_for_credit: int
    maximum_profit_hit: float | None
    maximum_loss_hit: float | None
    largest_maximum_loss_usd: float | None


def bounds(trades: Sequence[Trade], closed: Sequence[Trade]) -> Bounds:
    """Bounds as they were known at the openings."""
    gains = [(trade.profit + trade.fees, trade.entry.maximum_profit) for trade in closed]
    losses = [(-trade.profit - trade.fees, trade.entry.maximum_loss) for trade in closed]
    risked = [to_usd(trade.entry.maximum_loss) for trade in trades if trade.entry.maximum_loss is not None]
    return Bounds(
        opened_for_credit=sum(trade.entry_cash > 0 for trade in trades),
        maximum_profit_hit=_reached(gains),
        maximum_loss_hit=_reached(losses),
        largest_maximum_loss_usd=max(risked, default=None),
    )


def _reached(amounts: Sequence[tuple[Micros, Micros | None]]) -> float | None:
    bounded = [(amount, bound) for amount, bound in amounts if bound]
    return sum(amount >= _NEARLY * bound for amount, bound in bounded) / len(bounded) if bounded else None
