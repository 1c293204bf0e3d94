"""What the market makes of orders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.instants import Instant
from engine.model.chain import UNFLAGGED, QuoteFlag
from engine.model.contracts import Instrument
from engine.model.orders import WHEN_SET, Intent
from engine.money import Micros
from engine.records import quickly_made

_NO_BID: Final = int(QuoteFlag.NO_BID)
"""A plain number: to combine members of an IntFlag costs a microsecond, and every leg of every fill is asked."""
_OPEN: Final = Intent.OPEN


@quickly_made
@dataclass(frozen=True, slots=True)
class LegFill:
    """One leg of a fill.

    Attributes:
        quantity: contracts or shares, bought when positive.
        price: exact price per share.
        fee: exact fee of this leg, positive.
        bid: the quote it filled against, USD per share; NaN for shares filled on a bar.
        ask: as `bid`.
        flags: flags of that quote.
        theoretical: the price is a model's value, not taken from the quote.
        closes: as `Leg.closes`.
    """

    instrument: Instrument
    quantity: int
    price: Micros
    fee: Micros
    bid: float
    ask: float
    flags: QuoteFlag = UNFLAGGED
    theoretical: bool = field(default=False, metadata=WHEN_SET)
    closes: bool = field(default=False, metadata=WHEN_SET)

    @property
    def given_up(self) -> bool:
        """Whether a long leg without a bid was handed over for nothing, which is no trade."""
        return is_given_up(self.quantity, self.flags)

    @property
    def cash(self) -> Micros:
        """Cash received (negative: paid), before the fee."""
        return -self.quantity * self.instrument.multiplier * self.price


def is_given_up(quantity: int, flags: QuoteFlag) -> bool:
    """Whether what is sold had no bid: it changes hands for nothing."""
    return quantity < 0 and int(flags) & _NO_BID != 0


@quickly_made
@dataclass(frozen=True, slots=True)
class Fill:
    """An order filled: all its packages or some, in full or, where a long leg had no bid, in all its other legs.

    Attributes:
        decided_at: when the order was submitted; never later than `filled_at`.
        quantity: packages that traded.
        left_open: symbols of long legs that found no bid and stay open.
        remaining: packages of the order that still rest; 0 when it is over.
        triggered_at: when its stop was reached, of orders that had one.
    """

    order_id: int
    position_id: int
    strategy: str
    intent: Intent
    structure: str
    tag: str
    quantity: int
    legs: tuple[LegFill, ...]
    decided_at: Instant
    filled_at: Instant
    left_open: tuple[str, ...] = ()
    remaining: int = field(default=0, metadata=WHEN_SET)
    triggered_at: Instant | None = field(default=None, metadata=WHEN_SET)

    @property
    def opens_packages(self) -> bool:
        """Whether the position has so many packages more: the fill is of the order that opens it."""
        return self.intent is _OPEN and self.order_id == self.position_id

    @property
    def cash(self) -> Micros:
        """Cash received over all legs (negative: paid), before fees."""
        received = 0
        for leg in self.legs:  # a loop: most fills have two legs, and a list of them costs more
            received += leg.cash
        return received

    @property
    def fees(self) -> Micros:
        """Fees over all legs, positive."""
        charged = 0
        for leg in self.legs:
            charged += leg.fee
        return charged
