"""Trades side by side: the same figures of every group that a question makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.metrics.outcomes import profit_factor, win_rate
from engine.metrics.returns import mean
from engine.metrics.trade_details import days_in_trade
from engine.metrics.trades import closed_trades, profit_in_r, return_on_margin
from engine.money import Micros, to_usd
from engine.result import Trade

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS: Final = ((0, "0"), (7, "1 to 7"), (14, "8 to 14"), (30, "15 to 30"), (45, "31 to 45"), (60, "46 to 60"))
_LONGEST: Final = "61 and more"
_DELTAS: Final = (
    (0.05, "below 0.05"),
    (0.10, "0.05 to 0.10"),
    (0.20, "0.10 to 0.20"),
    (0.30, "0.20 to 0.30"),
    (0.40, "0.30 to 0.40"),
    (0.60, "0.40 to 0.60"),
)
_LARGEST: Final = "0.60 and above"
_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class TradeGroup:
    """Trades that have something in common; rates and averages are of closed ones.

    Attributes:
        profit: exact, after fees; of an open trade at its last mark.
    """

    name: str
    count: int
    profit: Micros
    win_rate: float | None
    profit_factor: float | None
    average_usd: float | None
    average_days: float | None
    average_profit_r: float | None
    average_return_on_margin: float | None


def days_bucket(trade: Trade) -> str:
    """Calendar days from the opening to the first expiration."""
    days = trade.entry.days_to_expiration
    return _UNKNOWN if days is None else next((name for bound, name in _DAYS if days <= bound), _LONGEST)


def delta_bucket(trade: Trade) -> str:
    """Size of the delta at entry, the lower bound included."""
    delta = trade.entry.delta
    return _UNKNOWN if delta is None else next((name for bound, name in _DELTAS if delta < bound), _LARGEST)


QUESTIONS: Final[Mapping[str, tuple[Callable[[Trade], str], Sequence[str]]]] = {
    "strategy": (lambda trade: trade.strategy, ()),
    "structure": (lambda trade: trade.structure, ()),
    "underlying": (lambda trade: trade.entry.underlying, ()),
    "days_to_expiration": (days_bucket, [*(name for _, name in _DAYS), _LONGEST, _UNKNOWN]),
    "delta": (delta_bucket, [*(name for _, name in _DELTAS), _LARGEST, _UNKNOWN]),
    "weekday": (lambda trade: _WEEKDAYS[trade.entry.opened_on.weekday()], _WEEKDAYS),
    "entry_tag": (lambda trade: trade.entry_tag, ()),
    "exit_reason": (lambda trade: trade.exit_reason, ()),
}
"""What trades are grouped by, and the order of the groups where it is not that of the alphabet."""


def groups_of(trades: Sequence[Trade]) -> dict[str, tuple[TradeGroup, ...]]:
    """Groups by question; together, those of each question hold every trade once."""
    return {question: _grouped(trades, name_of, order) for question, (name_of, order) in QUESTIONS.items()}


def _grouped(trades: Sequence[Trade], name_of: Callable[[Trade], str], order: Sequence[str]) -> tuple[TradeGroup, ...]:
    members: dict[str, list[Trade]] = {}
    for trade in trades:
        members.setdefault(name_of(trade), []).append(trade)
    names = [name for name in order if name in members] or sorted(members)
    return tuple(_group(name, members[name]) for name in names)


def _group(name: str, trades: Sequence[Trade]) -> TradeGroup:
    closed = closed_trades(trades)
    profits = [to_usd(trade.profit) for trade in closed]
    return TradeGroup(
        name=name,
        count=len(trades),
        profit=sum(trade.profit for trade in trades),
        win_rate=win_rate(profits),
        profit_factor=profit_factor(profits),
        average_usd=mean(profits),
        average_days=mean([days_in_trade(trade) for trade in closed]),
        average_profit_r=mean([value for value in map(profit_in_r, closed) if value is not None]),
        average_return_on_margin=mean([value for value in map(return_on_margin, closed) if value is not None]),
    )
