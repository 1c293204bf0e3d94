"""Orders, and what risk makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import gcd
from typing import Final, TypeAlias

from engine.errors import OrderRejected
from engine.instants import Instant
from engine.model.contracts import Instrument, OptionContract
from engine.money import Micros, to_micros
from engine.records import quickly_made, record


class TimeInForce(StrEnum):
    """How long an order rests.

    DAY lasts to the end of the session of the first market event after its submission; GTC until filled or cancelled,
    or until one of its contracts is dead; GTD as GTC, and at most to the end of a date.
    """

    DAY = "day"
    GTC = "gtc"
    GTD = "gtd"


class Intent(StrEnum):
    """Whether an order adds risk, takes it away, or changes a position: closes some of its legs and opens others.

    What opens and what changes is held to limits, what closes is not.
    """

    OPEN = "open"
    CLOSE = "close"
    ADJUST = "adjust"


_CLOSE: Final = Intent.CLOSE
_ADJUST: Final = Intent.ADJUST
_GTD: Final = TimeInForce.GTD
WHEN_SET: Final = {"hashed": "when_set"}
"""Metadata of a field with a default: the event log names it only where it differs, as if it had not been there."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Leg:
    """One instrument of a package: `ratio` per package, bought when positive, sold when negative.

    Attributes:
        closes: of an order that adjusts a position: the leg takes away what the position holds.
    """

    instrument: Instrument
    ratio: int
    closes: bool = field(default=False, metadata=WHEN_SET)

    @property
    def multiplier(self) -> int:
        """Price per share times this is money, for one contract or one share."""
        return self.instrument.multiplier


# --- what an order waits for ------------------------------------------------------------------------------------
# Prices are net: exact micro-dollars per share of the package in lowest terms (2 x 2 is 1 x 1 twice), a debit positive,
# a credit negative, whichever way the order goes. `Order.money_of` turns them into money.


@dataclass(frozen=True, slots=True)
class AtMarket:
    """At whatever the market makes of it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At this net price or better: pay at most the debit, receive at least the credit."""

    net_price: Micros

    @classmethod
    def usd(cls, net_price: float) -> Limit:
        """From dollars per share, e.g. `Limit.usd(-1.25)`: for a credit of at least 1.25."""
        return cls(to_micros(net_price))


@dataclass(frozen=True, slots=True)
class Stop:
    """At the market, once the package has become as dear as the trigger."""

    trigger: Micros

    @classmethod
    def usd(cls, trigger: float) -> Stop:
        """From dollars per share, e.g. `Stop.usd(-2.00)`: sell when it is worth 2.00 or less."""
        return cls(to_micros(trigger))


@dataclass(frozen=True, slots=True)
class StopLimit:
    """A limit that rests only once the package has become as dear as the trigger."""

    trigger: Micros
    net_price: Micros

    @classmethod
    def usd(cls, trigger: float, net_price: float) -> StopLimit:
        """From dollars per share."""
        return cls(to_micros(trigger), to_micros(net_price))


@dataclass(frozen=True, slots=True)
class MarketOnClose:
    """At the market at the end of a session."""


OrderTerms: TypeAlias = AtMarket | Limit | Stop | StopLimit | MarketOnClose
AT_MARKET: Final = AtMarket()


@quickly_made
@dataclass(frozen=True, slots=True)
class Order:
    """A request to trade a package: all legs or none.

    Attributes:
        order_id: number of the order in its run, from 1; also the id of the position that it opens.
        quantity: packages, or None to let the strategy's sizer decide.
        position_id: the position that the order changes, or None when it opens a new one.
        structure: name of the structure, e.g. `iron_condor`; `custom` where nobody named it.
        tag: why: an entry tag or an exit reason, e.g. `profit_target`.
        terms: what it waits for.
        good_until: last exchange date of an order that is good till date.

    Raises:
        OrderRejected: for no legs, a leg named twice, a ratio of zero, a quantity below one, a close of nothing, an
            adjustment of nothing or without a quantity, a date without GTD or the other way round.
    """

    order_id: int
    strategy: str
    intent: Intent
    legs: tuple[Leg, ...]
    quantity: int | None
    submitted_at: Instant
    position_id: int | None = None
    time_in_force: TimeInForce = TimeInForce.DAY
    structure: str = "custom"
    tag: str = ""
    terms: OrderTerms = field(default=AT_MARKET, metadata=WHEN_SET)
    good_until: date | None = field(default=None, metadata=WHEN_SET)

    def __post_init__(self) -> None:
        if not self.legs:
            raise OrderRejected(f"order {self.order_id} of {self.strategy} has no legs")
        symbols: set[str] = set()
        for leg in self.legs:
            symbols.add(leg.instrument.symbol)
            if leg.ratio == 0:
                raise OrderRejected(f"order {self.order_id} of {self.strategy} has a leg with ratio 0")
        if len(symbols) < len(self.legs):
            raise OrderRejected(f"order {self.order_id} of {self.strategy} names an instrument twice")
        if self.quantity is not None and self.quantity < 1:
            raise OrderRejected(f"order {self.order_id} of {self.strategy} has quantity {self.quantity}; at least 1")
        if self.intent is _CLOSE and self.position_id is None:
            raise OrderRejected(f"order {self.order_id} of {self.strategy} closes, but names no position")
        if self.intent is _ADJUST and None in (self.position_id, self.quantity):
            raise OrderRejected(f"order {self.order_id} of {self.strategy} adjusts: it needs a position and a quantity")
        if (self.time_in_force is _GTD) != (self.good_until is not None):
            raise OrderRejected(f"order {self.order_id} of {self.strategy}: GTD needs a date, and a date needs GTD")

    @property
    def target_position(self) -> int:
        """Position that the fill goes to: the one named, else the one this order opens."""
        return self.order_id if self.position_id is None else self.position_id

    def money_of(self, net_price: Micros) -> Micros:
        """Exact money of one package, as its legs stand, at a net price per share.

        A share of the package is a share of its options, of the largest multiplier where they differ; without options
        it is one share.
        """
        options = [leg.multiplier for leg in self.legs if isinstance(leg.instrument, OptionContract)]
        return net_price * max(options, default=1) * gcd(*(leg.ratio for leg in self.legs))

    @property
    def option_legs(self) -> tuple[OptionContract, ...]:
        """Contracts of the option legs."""
        return tuple([leg.instrument for leg in self.legs if isinstance(leg.instrument, OptionContract)])

    def is_on(self, underlying: str) -> bool:
        """Whether a leg is on an underlying, so that the order needs its market."""
        return underlying in [leg.instrument.underlying for leg in self.legs]


@record
class ApprovedOrder:
    """An order that passed risk, with its size settled; the broker accepts nothing else."""

    order: Order
    quantity: int
    approved_at: Instant


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order was refused: which rule, in words, and the two numbers where there are two.

    Attributes:
        rule: name of the rule, stable, for counting.
        reason: one sentence with units.
        value: what the order would have led to.
        limit: what is allowed.
    """

    rule: str
    reason: str
    value: float | None = None
    limit: float | None = None
