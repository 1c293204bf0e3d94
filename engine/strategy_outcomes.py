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
    dividends, of_dividends = dict.fromkeys(names, 0), EntryKind.DIVIDEND
    for _, kind, amount, position_id, _ in ledger:
        if kind is of_dividends and position_id is not None:
            dividends[owners[position_id]] += amount
    outcomes = {}
    for name, received in dividends.items():
        own = [trade for trade in trades if trade.strategy == name]
        outcomes[name] = StrategyOutcome(
            trades=len(own),
            profit=sum([trade.profit for trade in own]) + received,
            fees=sum([trade.fees for trade in own]),
            dividends=received,
            max_margin=shares[name].maximum,
            margin_share=shares[name].share,
        )
    return outcomes
