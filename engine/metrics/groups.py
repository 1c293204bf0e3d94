"""Trades side by side: the same figures of every group that a question makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from engine.metrics.outcomes import profit_factor, win_rate
from engine.metrics.regimes import BANDS, TRENDS
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
_RANKS: Final = (
    (0.2, "below 0.2"),
    (0.4, "0.2 to 0.4"),
    (0.6, "0.4 to 0.6"),
    (0.8, "0.6 to 0.8"),
)
_HIGHEST_RANK: Final = "0.8 and above"
_VIX: Final = (
    (12.0, "below 12"),
    (15.0, "12 to 15"),
    (20.0, "15 to 20"),
    (25.0, "20 to 25"),
    (30.0, "25 to 30"),
    (40.0, "30 to 40"),
)
_HIGHEST_VIX: Final = "40 and above"
_REGIMES: Final = {"trend": TRENDS, "volatility": BANDS}
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
    """Size of the delta at entry, the lower bound included, as in the next ones."""
    return _bucket(trade.entry.delta, _DELTAS, _LARGEST)


def iv_rank_bucket(trade: Trade) -> str:
    """Rank of the underlying's implied volatility at entry."""
    return _bucket(trade.entry.iv_rank, _RANKS, _HIGHEST_RANK)


def vix_bucket(trade: Trade) -> str:
    """VIX at entry."""
    return _bucket(trade.entry.vix, _VIX, _HIGHEST_VIX)


def _bucket(value: float | None, bounds: Sequence[tuple[float, str]], beyond: str) -> str:
    return _UNKNOWN if value is None else next((name for bound, name in bounds if value < bound), beyond)


_Question: TypeAlias = tuple[Callable[[Trade], str], Sequence[str]]

QUESTIONS: Final[Mapping[str, _Question]] = {
    "strategy": (lambda trade: trade.strategy, ()),
    "structure": (lambda trade: trade.structure, ()),
    "underlying": (lambda trade: trade.entry.underlying, ()),
    "days_to_expiration": (days_bucket, [*(name for _, name in _DAYS), _LONGEST, _UNKNOWN]),
    "delta": (delta_bucket, [*(name for _, name in _DELTAS), _LARGEST, _UNKNOWN]),
    "iv_rank": (iv_rank_bucket, [*(name for _, name in _RANKS), _HIGHEST_RANK, _UNKNOWN]),
    "vix": (vix_bucket, [*(name for _, name in _VIX), _HIGHEST_VIX, _UNKNOWN]),
    "weekday": (lambda trade: _WEEKDAYS[trade.entry.opened_on.weekday()], _WEEKDAYS),
    "entry_tag": (lambda trade: trade.entry_tag, ()),
    "exit_reason": (lambda trade: trade.exit_reason, ()),
}
"""What trades are grouped by, and the order of the groups where it is not that of the alphabet."""


def groups_of(trades: Sequence[Trade], regimes: Mapping[date, Mapping[str, str]]) -> dict[str, tuple[TradeGroup, ...]]:
    """Groups by question; together, those of each question hold every trade once.

    Args:
        regimes: by the date of an opening, the name of each kind of regime that was known on the evening before.
    """
    questions = {**QUESTIONS, **{f"{kind}_regime": _regime(kind, regimes) for kind in _REGIMES}}
    return {question: _grouped(trades, name_of, order) for question, (name_of, order) in questions.items()}


def _regime(kind: str, regimes: Mapping[date, Mapping[str, str]]) -> _Question:
    def name_of(trade: Trade) -> str:
        return regimes.get(trade.entry.opened_on, {}).get(kind, _UNKNOWN)

    return name_of, [*_REGIMES[kind], _UNKNOWN]


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
