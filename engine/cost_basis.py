"""What a trade does to a holding and to its cost: average cost, exact, nothing created and nothing lost."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Instrument, PositionLeg
from engine.money import Micros


def traded(
    held: PositionLeg | None, instrument: Instrument, quantity: int, cash: Micros
) -> tuple[PositionLeg | None, Micros]:
    """What is held after a trade, and the exact profit it realised.

    Buying on a long (or selling on a short) adds to the cost basis; the opposite side closes at average cost first
    and opens what is left. `cash` is what the trade brought (negative: cost).
    """
    if held is None:
        return PositionLeg(instrument, quantity, -cash), 0
    if (held.quantity > 0) == (quantity > 0):
        return PositionLeg(instrument, held.quantity + quantity, held.cost_basis - cash), 0
    closed = min(abs(quantity), abs(held.quantity))
    basis_closed = held.cost_basis * closed // abs(held.quantity)
    cash_closed = cash * closed // abs(quantity)
    left = held.quantity + quantity
    if left == 0:
        return None, cash_closed - basis_closed
    basis_left = held.cost_basis - basis_closed if abs(quantity) < abs(held.quantity) else cash_closed - cash
    return PositionLeg(instrument, left, basis_left), cash_closed - basis_closed


class ChangingLegs:
    """Legs of a position while some of them trade.

    Attributes:
        held: by symbol, as they are now.
        gone: what they were before, of those that traded; come: what they have become.
        realised: exact profit of what was closed.
    """

    __slots__ = ("come", "gone", "held", "realised")

    def __init__(self, legs: Sequence[PositionLeg]) -> None:
        self.held = {leg.instrument.symbol: leg for leg in legs}
        self.gone: list[PositionLeg] = []
        self.come: list[PositionLeg] = []
        self.realised: Micros = 0

    def trade(self, instrument: Instrument, quantity: int, cash: Micros) -> None:
        """So much of an instrument that has not traded yet was bought (sold when negative) for its cash."""
        before = self.held.pop(instrument.symbol, None)
        after, gain = traded(before, instrument, quantity, cash)
        self.realised += gain
        if before is not None:
            self.gone.append(before)
        if after is not None:
            self.come.append(after)
            self.held[instrument.symbol] = after
