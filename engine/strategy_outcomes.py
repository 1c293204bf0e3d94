"""What each strategy of an account made of it: profit, trades, fees, margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.margin.strategy_shares import MarginShare
from engine.money import Micros
from engine.result import StrategyOutcome, Trade


def strategy_outcomes(
    names: Iterable[str],
    trades: Sequence[Trade],
    dividends: Mapping[int, Micros],
    shares: Mapping[str, MarginShare],
) -> dict[str, StrategyOutcome]:
    """Outcomes by strategy: together with interest they add up to the profit of the account."""
    outcomes = {}
    for name in names:
        own = [trade for trade in trades if trade.strategy == name]
        paid = sum([dividends.get(trade.position_id, 0) for trade in own])
        outcomes[name] = StrategyOutcome(
            trades=len(own),
            profit=sum([trade.profit for trade in own]) + paid,
            fees=sum([trade.fees for trade in own]),
            dividends=paid,
            max_margin=shares[name].maximum,
            margin_share=shares[name].share,
        )
    return outcomes
