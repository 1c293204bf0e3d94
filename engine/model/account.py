"""The account as strategies and risk see it: positions and money, read only."""

from __future__ import annotations

from dataclasses import dataclass

from engine.instants import Instant
from engine.model.contracts import Instrument
from engine.money import Micros
from engine.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class NetLeg:
    """An instrument with its net quantity over whatever is looked at together, negative when short."""

    instrument: Instrument
    quantity: int


@quickly_made
@dataclass(frozen=True, slots=True)
class PositionLeg:
    """What is held of one instrument inside a position.

    Attributes:
        quantity: contracts or shares, negative when short; never 0.
        cost_basis: exact money paid for what is held (negative: received), fees apart.
    """

    instrument: Instrument
    quantity: int
    cost_basis: Micros


@quickly_made
@dataclass(frozen=True, slots=True)
class Position:
    """A structure that a strategy holds: legs that were opened together and are judged together.

    Attributes:
        position_id: order id of the order that opened it.
        structure: what its orders called it; an adjustment may give it another name, and once some of its legs are
            closed it is the name of those that are left.
        quantity: packages opened.
        entry_cash: exact premium received at entry and by the options of adjustments (negative: paid), before fees.
        realised: exact profit so far of what was closed, settled or exercised, before fees.
        fees: exact fees so far, positive.
        closing: it was closed but for long legs that found no bid and wait to be sold.
    """

    position_id: int
    strategy: str
    structure: str
    tag: str
    opened_at: Instant
    quantity: int
    legs: tuple[PositionLeg, ...]
    entry_cash: Micros
    realised: Micros = 0
    fees: Micros = 0
    closing: bool = False

    def parted(self, symbol: str) -> tuple[PositionLeg, tuple[PositionLeg, ...]]:
        """The leg of a symbol, and all others.

        Raises:
            KeyError: when there is none.
        """
        for place, leg in enumerate(self.legs):
            if leg.instrument.symbol == symbol:
                return leg, self.legs[:place] + self.legs[place + 1 :]
        raise KeyError(symbol)

    def left_with(self, legs: tuple[PositionLeg, ...], realised: Micros, fees: Micros = 0) -> Position:
        """The same with these legs, after so much more profit and fees; spelled out, as every expiration needs it."""
        return Position(
            self.position_id,
            self.strategy,
            self.structure,
            self.tag,
            self.opened_at,
            self.quantity,
            legs,
            self.entry_cash,
            self.realised + realised,
            self.fees + fees,
            self.closing,
        )


@quickly_made
@dataclass(frozen=True, slots=True)
class ClosedPosition:
    """A position that is over: closed, settled, or delivered and sold.

    Attributes:
        position: as it ended, without legs; `realised` less `fees` is what it brought.
        closed_at: when the book heard of it, which for an expiration is the first event after it.
    """

    position: Position
    closed_at: Instant

    @property
    def profit(self) -> Micros:
        """Exact profit after fees."""
        return self.position.realised - self.position.fees


@quickly_made
@dataclass(frozen=True, slots=True)
class AccountView:
    """The account at one instant.

    Attributes:
        cash: exact cash.
        market_value: exact value of all legs at their marks.
        margin_requirement: exact requirement of the margin model on the book; None when no amount would be enough.
        positions: open positions, in the order they were opened.
    """

    at: Instant
    cash: Micros
    market_value: Micros
    margin_requirement: Micros | None
    positions: tuple[Position, ...]

    @property
    def net_liquidation(self) -> Micros:
        """Cash plus the marked value of everything held."""
        return self.cash + self.market_value

    @property
    def available(self) -> Micros:
        """Cash that no requirement binds; negative without end is shown as all cash bound."""
        return 0 if self.margin_requirement is None else self.cash - self.margin_requirement


@dataclass(frozen=True, slots=True)
class PositionValue:
    """A position at its present marks.

    Attributes:
        profit: exact profit since entry, realised and unrealised, before fees.
        trusted: every leg is marked on a quote of this instant without crossed, stub, stale or outlier flag; where
            false, no profit target and no stop may trigger.
    """

    profit: Micros
    trusted: bool
