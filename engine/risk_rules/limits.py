"""Limits: each rule looks at what a trade would lead to, and lets it pass or refuses it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.config import RiskLimits
from engine.margin import MarginModel
from engine.model import Order, Position, Refusal, Stock, Underlying, UnderlyingKind
from engine.money import Micros, to_usd
from engine.risk_rules.sizing import TOLERANCE
from engine.risk_rules.trade import Trade


class RiskRule(Protocol):
    """One limit."""

    def check(self, trade: Trade) -> Refusal | None:
        """Why the trade must not happen, or None."""


def index_not_tradable(order: Order, underlyings: Mapping[str, Underlying]) -> Refusal | None:
    """An index has no shares; asked before anything else, since nothing else about such an order makes sense."""
    for leg in order.legs:
        underlying = underlyings.get(leg.instrument.symbol)
        if isinstance(leg.instrument, Stock) and underlying and underlying.kind is UnderlyingKind.INDEX:
            return Refusal("index_not_tradable", f"{underlying.symbol} is an index: it has no shares to trade")
    return None


@dataclass(frozen=True, slots=True)
class MaxOpenPositions:
    """At most so many positions of all strategies; what a closing order left open without a bid does not count."""

    limit: int

    def check(self, trade: Trade) -> Refusal | None:
        if len(trade.before.account.positions) < self.limit:
            return None
        held = (position.position_id for position in trade.before.account.positions)
        if trade.order.position_id is not None or trade.order.target_position in held:
            return None
        positions = 1 + sum(not _is_leftover(position) for position in trade.before.account.positions)
        if positions <= self.limit:
            return None
        reason = f"{positions} positions would be open, limit {self.limit}"
        return Refusal("max_open_positions", reason, positions, self.limit)


def _is_leftover(position: Position) -> bool:
    return position.closing and all(leg.quantity > 0 for leg in position.legs)


@dataclass(frozen=True, slots=True)
class PortfolioDelta:
    """Absolute delta of everything held, in shares."""

    limit: float

    def check(self, trade: Trade) -> Refusal | None:
        after = trade.exposure_after.delta_shares
        if _keeps(after, self.limit) or _leads_back(trade.before.exposure.delta_shares, after):
            return None
        reason = f"portfolio delta would be {number(after)} shares, limit {number(self.limit)}"
        return Refusal("portfolio_delta", reason, after, self.limit)


@dataclass(frozen=True, slots=True)
class PortfolioVega:
    """Absolute vega of everything held, in USD per volatility point."""

    limit: float

    def check(self, trade: Trade) -> Refusal | None:
        after = trade.exposure_after.vega_usd_per_point
        if _keeps(after, self.limit) or _leads_back(trade.before.exposure.vega_usd_per_point, after):
            return None
        reason = f"portfolio vega would be {number(after)} USD per volatility point, limit {number(self.limit)}"
        return Refusal("portfolio_vega", reason, after, self.limit)


def _keeps(after: float, limit: float) -> bool:
    return abs(after) <= limit * (1.0 + TOLERANCE)


def _leads_back(before: float, after: float) -> bool:
    """Whether a trade that leaves the portfolio beyond a limit brings it nearer, or leaves it where it was."""
    return abs(after) <= abs(before)


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


def limit_rules(limits: RiskLimits, margin: MarginModel) -> tuple[RiskRule, ...]:
    """The rules that limits ask for, cheapest first; buying power is always one of them."""
    rules: list[RiskRule] = []
    if limits.max_open_positions is not None:
        rules.append(MaxOpenPositions(limits.max_open_positions))
    rules.append(BuyingPower(margin))
    if limits.max_abs_delta_shares is not None:
        rules.append(PortfolioDelta(limits.max_abs_delta_shares))
    if limits.max_abs_vega_usd_per_point is not None:
        rules.append(PortfolioVega(limits.max_abs_vega_usd_per_point))
    return tuple(rules)


def number(value: float) -> str:
    """A number for people: thousands separated, at most two decimals, none where they are zero."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def dollars(amount: Micros) -> str:
    """An exact amount for people."""
    return f"{to_usd(amount):,.2f} USD"
