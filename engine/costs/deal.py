"""What changes hands in one order, before the fee that is charged for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan

from engine.model import UNFLAGGED, Instrument, LegFill, QuoteFlag, is_given_up
from engine.money import Micros


@dataclass(slots=True)
class DealtLeg:
    """One leg of a package that trades; not frozen, as `LegQuote` is not.

    Attributes:
        quantity: contracts or shares, bought when positive.
        price: exact price per share.
        closes: it takes away what a position holds, in an order that opens other legs.
        bid: the quote it trades against, with `ask` and `flags`; `theoretical` as in `LegFill`.
    """

    instrument: Instrument
    quantity: int
    price: Micros
    closes: bool = False
    bid: float = nan
    ask: float = nan
    flags: QuoteFlag = UNFLAGGED
    theoretical: bool = False

    @property
    def cash(self) -> Micros:
        """Exact cash received (negative: paid), before fees."""
        return -self.quantity * self.instrument.multiplier * self.price

    @property
    def given_up(self) -> bool:
        """As `LegFill.given_up`."""
        return is_given_up(self.quantity, self.flags)

    def times(self, packages: int) -> DealtLeg:
        """The same leg of so many packages."""
        return self if packages == 1 else replace(self, quantity=self.quantity * packages)

    def filled(self, fee: Micros) -> LegFill:
        """The leg as it traded, for its exact fee."""
        return LegFill(
            self.instrument,
            self.quantity,
            self.price,
            fee,
            self.bid,
            self.ask,
            self.flags,
            self.theoretical,
            self.closes,
        )


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
