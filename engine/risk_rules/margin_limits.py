"""Limits on what the whole book binds."""

from __future__ import annotations

from dataclasses import dataclass

from engine.margin import MarginModel
from engine.model import Refusal
from engine.money import to_usd
from engine.risk_rules.figures import dollars, number, percent_of
from engine.risk_rules.rule import keeps
from engine.risk_rules.trade import Trade


@dataclass(frozen=True, slots=True)
class BuyingPower:
    """Cash after the trade covers the margin requirement of the book after it."""

    margin: MarginModel

    def check(self, trade: Trade) -> Refusal | None:
        requirement = self.margin.requirement(trade.book_after)
        if requirement.initial is None:
            return Refusal("unbounded_loss", f"the loss of the book would have no bound ({requirement.explanation})")
        cash = trade.cash_after
        if cash >= requirement.initial:
            return None
        reason = (
            f"cash would be {dollars(cash)}, requirement {dollars(requirement.initial)} ({requirement.explanation})"
        )
        return Refusal("buying_power", reason, to_usd(cash), to_usd(requirement.initial))


@dataclass(frozen=True, slots=True)
class MarginShare:
    """Requirement of the book after the trade, in percent of net liquidation; asked after buying power."""

    margin: MarginModel
    percent: float

    def check(self, trade: Trade) -> Refusal | None:
        required = self.margin.requirement(trade.book_after).initial
        if required is None:
            return Refusal("margin_percent", "the loss of the book would have no bound", None, self.percent)
        equity = trade.before.account.net_liquidation
        share = percent_of(required, equity)
        if keeps(share, self.percent):
            return None
        reason = (
            f"the book would require {dollars(required)}, {number(share)} % of a net liquidation of {dollars(equity)}, "
            f"limit {number(self.percent)} %"
        )
        return Refusal("margin_percent", reason, share, self.percent)
