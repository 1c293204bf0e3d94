"""Statistics of a run: one small pure function per number, and the table of them.

Conventions (those of the reference values the tests hold them to): 252 periods a year; sample standard deviation
(ddof 1); downside deviation over all returns against the risk-free rate; growth rate on calendar days / 365.25;
drawdowns are negative and count the starting capital as a peak; risk-free rate 0. Deposits and withdrawals are no
returns: rates are time-weighted. A number that is not defined is None, never 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite, isnan, sqrt

from engine.events import CashMoved
from engine.instants import NANOS_PER_DAY, Instant
from engine.model import LegFill, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_usd
from engine.result import BacktestResult, EquityPoint, Trade

PERIODS_PER_YEAR = 252
DAYS_PER_YEAR = 365.25
_NEVER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The deepest fall from a peak: depth as a negative fraction, and three positions in the curve.

    Attributes:
        recovered: first position at or above the peak again, or None.
    """

    depth: float
    peak: int
    trough: int
    recovered: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Key figures of a run; money in USD, rates as fractions, drawdowns negative."""

    total_return: float
    cagr: float | None
    volatility: float | None
    sharpe: float | None
    sortino: float | None
    max_drawdown: float
    max_drawdown_start: Instant | None
    max_drawdown_trough: Instant | None
    max_drawdown_recovered: Instant | None
    closed_trades_drawdown: float
    trades_count: int
    open_at_end: int
    winners: int
    losers: int
    breakeven: int
    win_rate: float | None
    profit_factor: float | None
    expectancy_usd: float | None
    average_win_usd: float | None
    average_loss_usd: float | None
    largest_win_usd: float | None
    largest_loss_usd: float | None
    average_days_in_trade: float | None
    premium_collected_usd: float
    pnl_at_mid_usd: float
    pnl_at_model_usd: float
    pnl_at_touch_usd: float
    breakeven_spread_fraction: float | None


# --- curves -----------------------------------------------------------------------------------------------------


def simple_returns(values: Sequence[float]) -> list[float]:
    """Return of each value over the one before; one fewer than the values."""
    return [later / earlier - 1.0 for earlier, later in pairwise(values)]


def growth_rate(first: float, last: float, days: int) -> float | None:
    """Compound annual growth rate over calendar days; None over no time, -1 after a total loss."""
    if days <= 0:
        return None
    return (last / first) ** (DAYS_PER_YEAR / days) - 1.0 if last > 0 else -1.0


def standard_deviation(returns: Sequence[float]) -> float | None:
    """Sample standard deviation (ddof 1); None for fewer than two returns."""
    if len(returns) < 2:
        return None
    mean = fsum(returns) / len(returns)
    return sqrt(fsum((value - mean) ** 2 for value in returns) / (len(returns) - 1))


def annual_volatility(returns: Sequence[float]) -> float | None:
    """Standard deviation of daily returns, per year."""
    deviation = standard_deviation(returns)
    return None if deviation is None else deviation * sqrt(PERIODS_PER_YEAR)


def sharpe_ratio(returns: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return over its standard deviation, per year; None where that is 0 or undefined."""
    excess = [value - risk_free_per_day for value in returns]
    deviation = standard_deviation(excess)
    return fsum(excess) / len(excess) / deviation * sqrt(PERIODS_PER_YEAR) if deviation else None


def sortino_ratio(returns: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return over the downside deviation of all returns, per year; None without a downside."""
    excess = [value - risk_free_per_day for value in returns]
    downside = sqrt(fsum(min(value, 0.0) ** 2 for value in excess) / len(excess)) if excess else 0.0
    return fsum(excess) / len(excess) / downside * sqrt(PERIODS_PER_YEAR) if downside else None


def deepest_drawdown(values: Sequence[float]) -> Drawdown:
    """The deepest fall below the highest value before it; depth 0 at position 0 for a curve that never falls."""
    peak, deepest = 0, Drawdown(0.0, 0, 0, None)
    for position, value in enumerate(values):
        if value >= values[peak]:
            peak = position
        elif value / values[peak] - 1.0 < deepest.depth:
            deepest = Drawdown(value / values[peak] - 1.0, peak, position, None)
    later = range(deepest.trough, len(values))
    recovered = next((position for position in later if values[position] >= values[deepest.peak]), None)
    return Drawdown(deepest.depth, deepest.peak, deepest.trough, recovered if deepest.depth else None)


# --- trades -----------------------------------------------------------------------------------------------------


def profit_factor(profits: Sequence[float]) -> float | None:
    """Sum of gains over sum of losses; None without a loss."""
    losses = -fsum(value for value in profits if value < 0)
    return fsum(value for value in profits if value > 0) / losses if losses else None


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return fsum(values) / len(values) if values else None


# --- fills ------------------------------------------------------------------------------------------------------


def spread_cost(leg: LegFill) -> tuple[float, float]:
    """What a leg's fill gave up against the middle, and the half spread it could have given up at most, USD.

    A fill without a two-sided quote (shares on a bar, an option handed over for nothing) counts as no choice.
    """
    if isnan(leg.bid) or not isfinite(leg.ask) or leg.flags & (QuoteFlag.NO_BID | QuoteFlag.NO_ASK):
        return 0.0, 0.0
    shares = leg.quantity * leg.instrument.multiplier
    given_up = shares * (leg.price / MICROS_PER_USD - (leg.bid + leg.ask) / 2)
    return given_up, abs(shares) * (leg.ask - leg.bid) / 2


def fill_sensitivity(result: BacktestResult) -> tuple[float, float, float, float | None]:
    """Profit of the same decisions at mid, as filled, and at touch, USD; and the spread fraction without an edge.

    The fraction f makes the profit zero when every leg pays bid + f (ask - bid); None when no leg had a spread.
    """
    costs = [spread_cost(leg) for fill in result.fills for leg in fill.legs]
    totals = result.totals
    model = to_usd(totals.net_liquidation - totals.initial_cash - totals.external_flows)
    mid = model + fsum(given_up for given_up, _ in costs)
    half_spreads = fsum(half for _, half in costs)
    touch = mid - half_spreads
    return mid, model, touch, 0.5 + mid / (2 * half_spreads) if half_spreads else None


# --- the table --------------------------------------------------------------------------------------------------


def session_ends(result: BacktestResult) -> list[EquityPoint]:
    """The last point of each exchange date of the run."""
    ends = [bisect_left(result.equity, end, key=lambda point: point.at) for end in (*result.day_starts[1:], _NEVER)]
    return [result.equity[end - 1] for end in ends if end > 0]


def growth_of_capital(result: BacktestResult, ends: Sequence[EquityPoint]) -> list[float]:
    """What the starting capital grew to at each session's end, USD, as if no cash had been added or taken.

    Time-weighted: the account is valued at the instant of each flow, and what comes after is scaled to what it was
    worth just before. Shape (1 + sessions,). Without external flows these are the account's own values.
    """
    flows: dict[Instant, Micros] = {}
    for event in result.event_log:
        if isinstance(event, CashMoved):
            flows[event.at] = flows.get(event.at, 0) + event.amount
    waiting, scale = deque(flows.items()), 1.0
    grown = [to_usd(result.totals.initial_cash)]
    for end in ends:
        while waiting and waiting[0][0] <= end.at:
            scale *= _without_flow(result, *waiting.popleft())
        grown.append(to_usd(end.net_liquidation) * scale)
    return grown


def _without_flow(result: BacktestResult, at: Instant, amount: Micros) -> float:
    """Value just before a flow over the value just after it; 1 where one of them is not positive."""
    place = bisect_right(result.equity, at, key=lambda point: point.at) - 1
    last = result.totals.initial_cash if place < 0 else result.equity[place].net_liquidation
    valued_after = place >= 0 and result.equity[place].at == at
    before = last - amount if valued_after else last
    return before / (before + amount) if before > 0 and before + amount > 0 else 1.0


def closed_trades_drawdown(initial_cash: Micros, closed: Sequence[Trade]) -> float:
    """Deepest fall of a curve that moves only when a trade ends: what an account looks like that marks nothing."""
    value, curve = initial_cash, [to_usd(initial_cash)]
    for trade in sorted(closed, key=lambda trade: (trade.closed_at or 0, trade.position_id)):
        value += trade.profit
        curve.append(to_usd(value))
    return deepest_drawdown(curve).depth


def statistics(result: BacktestResult) -> Statistics:
    """All key figures of a run."""
    ends = session_ends(result)
    values = growth_of_capital(result, ends)
    returns = simple_returns(values)
    drawdown = deepest_drawdown(values)
    closed = [trade for trade in result.trades if trade.closed_at is not None]
    profits = [to_usd(trade.profit) for trade in closed]
    wins, losses = [value for value in profits if value > 0], [value for value in profits if value < 0]
    at_mid, at_model, at_touch, fraction = fill_sensitivity(result)
    return Statistics(
        total_return=values[-1] / values[0] - 1.0,
        cagr=growth_rate(values[0], values[-1], (result.finished_at - result.started_at) // NANOS_PER_DAY),
        volatility=annual_volatility(returns),
        sharpe=sharpe_ratio(returns),
        sortino=sortino_ratio(returns),
        max_drawdown=drawdown.depth,
        max_drawdown_start=_instant(result, ends, drawdown.peak) if drawdown.depth else None,
        max_drawdown_trough=_instant(result, ends, drawdown.trough) if drawdown.depth else None,
        max_drawdown_recovered=None if drawdown.recovered is None else _instant(result, ends, drawdown.recovered),
        closed_trades_drawdown=closed_trades_drawdown(result.totals.initial_cash, closed),
        trades_count=len(result.trades),
        open_at_end=len(result.trades) - len(closed),
        winners=len(wins),
        losers=len(losses),
        breakeven=len(profits) - len(wins) - len(losses),
        win_rate=len(wins) / len(profits) if profits else None,
        profit_factor=profit_factor(profits),
        expectancy_usd=mean(profits),
        average_win_usd=mean(wins),
        average_loss_usd=mean(losses),
        largest_win_usd=max(wins, default=None),
        largest_loss_usd=min(losses, default=None),
        average_days_in_trade=mean([_days(trade) for trade in closed]),
        premium_collected_usd=to_usd(sum(max(trade.entry_cash, 0) for trade in result.trades)),
        pnl_at_mid_usd=at_mid,
        pnl_at_model_usd=at_model,
        pnl_at_touch_usd=at_touch,
        breakeven_spread_fraction=fraction,
    )


def _instant(result: BacktestResult, ends: Sequence[EquityPoint], position: int) -> Instant:
    """Instant of a position in the curve that begins with the starting capital."""
    return result.started_at if position == 0 else ends[position - 1].at


def _days(trade: Trade) -> float:
    return ((trade.closed_at or trade.opened_at) - trade.opened_at) / NANOS_PER_DAY
