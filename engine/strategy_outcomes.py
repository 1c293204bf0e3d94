"""What each strategy of an account made of it: profit, trades, fees, margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.ledger import EntryKind, LedgerEntry
from engine.margin.strategy_shares import MarginShare
from engine.result import StrategyOutcome, Trade


def strategy_outcomes(
    names: Iterable[str],
    trades: Sequence[Trade],
    ledger: Iterable[LedgerEntry],
    shares: Mapping[str, MarginShare],
) -> dict[str, StrategyOutcome]:
    """Outcomes by strategy: together with interest they add up to the profit of the account."""
    owners = {trade.position_id: trade.strategy for trade in trades}
    dividends = dict.fromkeys(names, 0)
    for entry in ledger:
        if entry.kind is EntryKind.DIVIDEND and entry.position_id is not None:
            dividends[owners[entry.position_id]] += entry.amount
    return {
        name: StrategyOutcome(
            trades=sum(trade.strategy == name for trade in trades),
            profit=sum(trade.profit for trade in trades if trade.strategy == name) + received,
            fees=sum(trade.fees for trade in trades if trade.strategy == name),
            dividends=received,
            max_margin=shares[name].maximum,
            margin_share=shares[name].share,
        )
        for name, received in dividends.items()
    }
