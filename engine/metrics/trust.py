"""How much of the profit rests on prices that nobody quoted, or that carry a flag.

A trade touches what one of its fills, its settlement or its last mark touches, with its whole profit: that is the
most that hangs on it, not what would be lost without it. A trade can touch several things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.depth import LegDepth
from engine.marked_moves import MarkedMoves
from engine.metrics.sensitivity import is_two_sided
from engine.model import Fill, Intent, LegFill, QuoteFlag
from engine.money import Micros
from engine.result import BacktestResult, MarkSource, Trade


class Reason(StrEnum):
    """Why a price deserves less trust."""

    ENTRY_QUOTE = "entry_quote"
    EXIT_QUOTE = "exit_quote"
    ONE_SIDED_FILL = "one_sided_fill"
    MODEL_FILL = "model_fill"
    PROXY_SETTLEMENT = "proxy_settlement"
    LAST_MARK = "last_mark"
    MODEL_QUOTES = "model_quotes"


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the trades.

    Attributes:
        profit: exact sum of their profits after fees.
        moved: exact sum of the sizes of these profits.
    """

    trades: int
    profit: Micros
    moved: Micros


@dataclass(frozen=True, slots=True)
class Trust:
    """What trades and the curve rest on.

    Attributes:
        touched: trades that touch at least one reason.
        by_reason: by what is wrong, and by its kind: a flag of quotes, a source of marks, else the reason itself.
    """

    every: Share
    touched: Share
    by_reason: Mapping[Reason, Mapping[str, Share]]
    curve: MarkedMoves


def trust(result: BacktestResult, model_quotes: bool) -> Trust:
    """What hangs on prices that deserve less trust.

    Args:
        model_quotes: all option quotes of the run were computed.
    """
    fills: dict[int, list[tuple[Fill, tuple[LegDepth, ...]]]] = {}
    for fill, shown in zip(result.fills, result.depths, strict=True):
        fills.setdefault(fill.position_id, []).append((fill, shown))
    touching: dict[Reason, dict[str, list[Trade]]] = {reason: {} for reason in Reason}
    doubtful: list[Trade] = []
    for trade in result.trades:
        found = dict.fromkeys(_reasons(trade, fills.get(trade.position_id, ()), model_quotes))
        for reason, kind in found:
            touching[reason].setdefault(kind, []).append(trade)
        if found:
            doubtful.append(trade)
    by_reason = {
        reason: {kind: _share(trades) for kind, trades in sorted(kinds.items())} for reason, kinds in touching.items()
    }
    return Trust(_share(result.trades), _share(doubtful), by_reason, result.moves)


def _reasons(
    trade: Trade, fills: Sequence[tuple[Fill, Sequence[LegDepth]]], model_quotes: bool
) -> Iterator[tuple[Reason, str]]:
    for fill, depths in fills:
        for leg, shown in zip(fill.legs, depths, strict=True):
            yield from _reasons_of_fill(fill, leg, shown)
    if trade.proxy_settled:
        yield Reason.PROXY_SETTLEMENT, Reason.PROXY_SETTLEMENT
    for source in trade.last_marks:
        if source is not MarkSource.TWO_SIDED_QUOTE:
            yield Reason.LAST_MARK, source.value
    if model_quotes:
        yield Reason.MODEL_QUOTES, Reason.MODEL_QUOTES


def _reasons_of_fill(fill: Fill, leg: LegFill, shown: LegDepth) -> Iterator[tuple[Reason, str]]:
    side = Reason.EXIT_QUOTE if fill.intent is Intent.CLOSE or leg.closes else Reason.ENTRY_QUOTE
    for flag in leg.flags | QuoteFlag(shown.flags):
        yield side, str(flag.name).lower()
    if not is_two_sided(leg):
        yield Reason.ONE_SIDED_FILL, Reason.ONE_SIDED_FILL
    if leg.theoretical:
        yield Reason.MODEL_FILL, Reason.MODEL_FILL


def _share(trades: Sequence[Trade]) -> Share:
    return Share(len(trades), sum(trade.profit for trade in trades), sum(abs(trade.profit) for trade in trades))
