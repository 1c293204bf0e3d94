"""What a limit is: it looks at what a trade would lead to, and lets it pass or refuses it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from engine.model import Order, Refusal, Stock, Underlying, UnderlyingKind
from engine.risk_rules.trade import Trade

TOLERANCE: Final = 1e-9
"""Relative slack of limits on sums of floats, so that ten times 20 shares stay within 200."""


class RiskRule(Protocol):
    """One limit."""

    def check(self, trade: Trade) -> Refusal | None:
        """Why the trade must not happen, or None."""


def keeps(after: float, limit: float) -> bool:
    """Whether an absolute value is within a limit."""
    return abs(after) <= limit * (1.0 + TOLERANCE)


def leads_back(before: float, after: float) -> bool:
    """Whether a trade that leaves the portfolio beyond a limit brings it nearer, or leaves it where it was."""
    return abs(after) <= abs(before)


def index_not_tradable(order: Order, underlyings: Mapping[str, Underlying]) -> Refusal | None:
    """An index has no shares; asked before anything else, since nothing else about such an order makes sense."""
    for leg in order.legs:
        if isinstance(leg.instrument, Stock):
            underlying = underlyings.get(leg.instrument.symbol)
            if underlying is not None and underlying.kind is UnderlyingKind.INDEX:
                return Refusal("index_not_tradable", f"{underlying.symbol} is an index: it has no shares to trade")
    return None
