"""What a trade does to a holding and to its cost: average cost, exact, nothing created and nothing lost."""

from __future__ import annotations

from engine.model import Instrument, PositionLeg
from engine.money import Micros


def traded(
    held: PositionLeg | None, instrument: Instrument, quantity: int, cash: Micros
) -> tuple[PositionLeg | None, Micros]:
    """What is held after a trade, and the exact profit it realised.

    Buying on a long (or selling on a short) adds to the cost basis; the opposite side closes at average cost first
    and opens what is left. `cash` is what the trade brought (negative: cost).
    """
    if held is None or (held.quantity > 0) == (quantity > 0):
        before = held or PositionLeg(instrument, 0, 0)
        return PositionLeg(instrument, before.quantity + quantity, before.cost_basis - cash), 0
    closed = min(abs(quantity), abs(held.quantity))
    basis_closed = held.cost_basis * closed // abs(held.quantity)
    cash_closed = cash * closed // abs(quantity)
    left = held.quantity + quantity
    if left == 0:
        return None, cash_closed - basis_closed
    basis_left = held.cost_basis - basis_closed if abs(quantity) < abs(held.quantity) else cash_closed - cash
    return PositionLeg(instrument, left, basis_left), cash_closed - basis_closed
