"""Which contracts are held already: what a rule on same strikes looks at."""

from __future__ import annotations

from engine.model import Intent, OptionContract
from engine.strategies.selectors.demand import NONE_TAKEN
from engine.strategies.spec.selection import SameStrikeRule
from engine.strategy import StrategyContext


def held_contracts(context: StrategyContext, rule: SameStrikeRule) -> frozenset[int]:
    """Ids of option contracts in open positions and in the strategy's own orders that would open one.

    Empty where the rule allows everything, so that it costs nothing. A contract of another root is another contract,
    though strike and date are the same (T26).
    """
    if rule.policy == "allow":
        return NONE_TAKEN
    positions = context.positions if rule.within == "strategy" else context.account.positions
    held = [leg.instrument for position in positions for leg in position.legs]
    opening = [leg.instrument for order in context.pending if order.intent is Intent.OPEN for leg in order.legs]
    return frozenset(one.contract_id for one in (*held, *opening) if isinstance(one, OptionContract))
