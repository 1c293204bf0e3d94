"""What a fee is charged for: the legs that change hands in one order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.model import Instrument
from engine.money import Micros


class DealtLeg(NamedTuple):
    """One leg of a package that trades.

    Attributes:
        quantity: contracts or shares, bought when positive.
        price: exact price per share.
        closes: it takes away what a position holds, in an order that opens other legs.
    """

    instrument: Instrument
    quantity: int
    price: Micros
    closes: bool = False

    @property
    def cash(self) -> Micros:
        """Exact cash received (negative: paid), before fees."""
        return -self.quantity * self.instrument.multiplier * self.price

    def times(self, packages: int) -> DealtLeg:
        """The same leg of so many packages."""
        return DealtLeg(self.instrument, self.quantity * packages, self.price, self.closes)


def apportion(amount: Micros, weights: Sequence[int]) -> list[Micros]:
    """An amount cut in proportion to positive weights, exact in sum: every part is off by less than one."""
    total, before, parts = sum(weights), 0, []
    reached = 0
    for weight in weights:
        reached += weight
        upto = amount * reached // total
        parts.append(upto - before)
        before = upto
    return parts
