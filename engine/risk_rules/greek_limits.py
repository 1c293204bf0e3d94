"""Limits on the Greeks of everything held."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Refusal
from engine.risk_rules.exposure import Greek
from engine.risk_rules.figures import number
from engine.risk_rules.rule import keeps, leads_back
from engine.risk_rules.trade import Trade


@dataclass(frozen=True, slots=True)
class GreekLimit:
    """Absolute value of one Greek of everything held."""

    greek: Greek
    limit: float

    def check(self, trade: Trade) -> Refusal | None:
        after = self.greek.of(trade.exposure_after)
        if keeps(after, self.limit) or leads_back(self.greek.of(trade.before.exposure), after):
            return None
        reason = f"portfolio {self.greek.name} would be {number(after)} {self.greek.unit}, limit {number(self.limit)}"
        return Refusal(f"portfolio_{self.greek.name}", reason, after, self.limit)


@dataclass(frozen=True, slots=True)
class BetaWeightedDeltaLimit:
    """Absolute delta of everything held, in shares of the index."""

    index: str
    limit: float

    def check(self, trade: Trade) -> Refusal | None:
        measures = trade.before.measures
        after = measures.beta_weighted_delta(trade.book_after)
        if keeps(after, self.limit) or leads_back(measures.beta_weighted_delta(trade.before.held), after):
            return None
        reason = (
            f"beta-weighted portfolio delta would be {number(after)} shares of {self.index}, limit {number(self.limit)}"
        )
        return Refusal("beta_weighted_delta", reason, after, self.limit)
