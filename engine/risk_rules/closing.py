"""Orders that close are held to one thing only: to close what is there. So is the closing side of an adjustment."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model import AccountView, NetLeg, Order, Position, Refusal
from engine.risk_rules.exposure import Held


def closing_quantity(order: Order, account: AccountView) -> int | Refusal:
    """Packages that a closing order trades: as many as it names, else as many as its position holds."""
    position = _position(order.position_id, account)
    if position is None:
        return _not_open(order.position_id)
    held = {leg.instrument.symbol: abs(leg.quantity) for leg in position.legs}
    most = min(held.get(leg.instrument.symbol, 0) // abs(leg.ratio) for leg in order.legs)
    quantity = order.quantity if order.quantity is not None else max(most, 1)
    trade = [NetLeg(leg.instrument, leg.ratio * quantity) for leg in order.legs]
    return check_closing(position.position_id, trade, account) or quantity


def check_closing(position_id: int | None, legs: Iterable[Held], account: AccountView) -> Refusal | None:
    """Why legs must not trade as a close of a position, or None."""
    position = _position(position_id, account)
    if position is None:
        return _not_open(position_id)
    held = {leg.instrument.symbol: leg.quantity for leg in position.legs}
    for leg in legs:
        quantity = held.get(leg.instrument.symbol, 0)
        if leg.quantity * quantity >= 0 or abs(leg.quantity) > abs(quantity):
            return _exceeds(position, leg.instrument.symbol, leg.quantity, quantity)
    return None


def check_adjusting(position_id: int | None, legs: Iterable[Held], account: AccountView) -> Refusal | None:
    """Why a position cannot be adjusted so, or None; limits look at what the adjustment opens.

    Args:
        legs: those that close.
    """
    if _position(position_id, account) is None:
        return Refusal("nothing_to_adjust", f"position {position_id} is not open")
    return check_closing(position_id, legs, account)


def _position(position_id: int | None, account: AccountView) -> Position | None:
    return next((position for position in account.positions if position.position_id == position_id), None)


def _not_open(position_id: int | None) -> Refusal:
    return Refusal("nothing_to_close", f"position {position_id} is not open")


def _exceeds(position: Position, symbol: str, wanted: int, held: int) -> Refusal:
    reason = f"position {position.position_id} holds {held} of {symbol}, the order would trade {wanted:+d}"
    return Refusal("exceeds_position", reason, wanted, held)
