"""Limits on the number of positions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.model import Instrument, OptionContract, Position, Refusal
from engine.risk_rules.trade import Trade


@dataclass(frozen=True, slots=True)
class MaxOpenPositions:
    """At most so many positions of all strategies; what a closing order left open without a bid does not count."""

    limit: int

    def check(self, trade: Trade) -> Refusal | None:
        if len(trade.before.account.positions) < self.limit or not opens_position(trade):
            return None
        positions = 1 + sum(not is_leftover(position) for position in trade.before.account.positions)
        if positions <= self.limit:
            return None
        reason = f"{positions} positions would be open, limit {self.limit}"
        return Refusal("max_open_positions", reason, positions, self.limit)


@dataclass(frozen=True, slots=True)
class MaxPositionsPerExpiration:
    """At most so many positions with a leg of one expiration date, leftovers apart."""

    limit: int

    def check(self, trade: Trade) -> Refusal | None:
        if not opens_position(trade):
            return None
        held = [position for position in trade.before.account.positions if not is_leftover(position)]
        dates = [expirations(leg.instrument for leg in position.legs) for position in held]
        for expires_on in sorted(expirations(leg.instrument for leg in trade.package.legs)):
            positions = 1 + sum(expires_on in one for one in dates)
            if positions > self.limit:
                reason = f"{positions} positions would expire on {expires_on}, limit {self.limit}"
                return Refusal("max_positions_per_expiration", reason, positions, self.limit)
        return None


def opens_position(trade: Trade) -> bool:
    """Whether a trade begins a position rather than adding to one."""
    if trade.order.position_id is not None:
        return False
    return all(position.position_id != trade.order.order_id for position in trade.before.account.positions)


def is_leftover(position: Position) -> bool:
    """Whether only long legs are left that found no bid when the rest was closed."""
    return position.closing and all(leg.quantity > 0 for leg in position.legs)


def expirations(instruments: Iterable[Instrument]) -> set[date]:
    """Expiration dates of the options among some instruments."""
    return {one.series.expires_on for one in instruments if isinstance(one, OptionContract)}
