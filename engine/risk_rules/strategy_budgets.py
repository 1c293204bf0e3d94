"""Budgets of strategies that share an account: each strategy's positions are measured as if they stood alone."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import NetLegs, Position, Refusal
from engine.money import Micros, to_micros, to_usd
from engine.risk_rules.figures import dollars, number, percent_of
from engine.risk_rules.position_limits import is_leftover, opens_position
from engine.risk_rules.rule import keeps
from engine.risk_rules.trade import Trade
from engine.strategies.spec import StrategyBudget


@dataclass(frozen=True, slots=True)
class BudgetOfStrategy:
    """What one strategy may take; orders of other strategies pass.

    No strategy lends to another: what one holds neither covers nor uses up the budget of another. The margin of the
    whole book is checked apart, so that no cash covers two requirements.
    """

    strategy: str
    budget: StrategyBudget

    def check(self, trade: Trade) -> Refusal | None:
        if trade.order.strategy != self.strategy:
            return None
        own = [one for one in trade.before.account.positions if one.strategy == self.strategy]
        return self._positions(trade, own) or self._cash(trade, own)

    def _positions(self, trade: Trade, own: list[Position]) -> Refusal | None:
        most = self.budget.max_positions
        if most is None or not opens_position(trade):
            return None
        positions = 1 + sum(not is_leftover(position) for position in own)
        if positions <= most:
            return None
        reason = f"{self.strategy} would have {positions} positions, its budget is {most}"
        return Refusal("budget_positions", reason, positions, most)

    def _cash(self, trade: Trade, own: list[Position]) -> Refusal | None:
        percent, margin_usd = self.budget.percent_of_equity, self.budget.margin_usd
        if percent is None and margin_usd is None:
            return None
        held = [leg for position in own for leg in position.legs]
        required = trade.before.measures.requirement(NetLegs.of([*held, *trade.legs])).initial
        if required is None:
            return Refusal("budget_margin", f"the positions of {self.strategy} could lose without bound")
        if margin_usd is not None and required > to_micros(margin_usd):
            reason = f"{self.strategy} would require {dollars(required)}, its budget is {margin_usd:,.2f} USD"
            return Refusal("budget_margin", reason, to_usd(required), margin_usd)
        paid = sum(leg.cost_basis for leg in held) - trade.cash
        return None if percent is None else self._share(max(required + paid, 0), trade, percent)

    def _share(self, bound: Micros, trade: Trade, percent: float) -> Refusal | None:
        equity = trade.before.account.net_liquidation
        share = percent_of(bound, equity)
        if keeps(share, percent):
            return None
        reason = (
            f"{self.strategy} would bind {dollars(bound)}, {number(share)} % of a net liquidation of "
            f"{dollars(equity)}, its budget is {number(percent)} %"
        )
        return Refusal("budget_equity", reason, share, percent)
