"""The book: positions with exact cost bases, and what they are worth at their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Final

from engine.bus import Publish
from engine.changed_positions import adjusted, changed, delivered, opened
from engine.cost_basis import ChangingLegs
from engine.equity import EquityCurve
from engine.events import (
    BarArrived,
    CashMoved,
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    CorporateActionApplied,
    DividendPaid,
    InterestAccrued,
    OrderFilled,
    PortfolioMarked,
    SnapshotArrived,
)
from engine.holdings import HeldContract, Holding
from engine.instants import NEVER, Instant
from engine.ledger import EntryKind, Ledger
from engine.market import Market
from engine.marks import Mark, mark_option
from engine.model import (
    AccountView,
    ClosedPosition,
    Instrument,
    NetLeg,
    NetLegs,
    OptionContract,
    Position,
    PositionLeg,
    PositionValue,
)
from engine.money import Micros, to_micros
from engine.result import MarkSource

_TRADE: Final = EntryKind.TRADE
_FEE: Final = EntryKind.FEE
_SETTLEMENT: Final = EntryKind.SETTLEMENT


class PortfolioManager:
    """Positions, marks and the ledger of one account.

    Attributes:
        positions: open positions by id, in the order they were opened.
        realised: exact realised profit so far, before fees.
        market_value: exact value of everything held, at its marks.
        mark_counts: number of leg marks by source.
        requirement: exact margin requirement on the book, kept by the margin watch; None: without bound.
        revision: number of changes of the book so far.
        next_settlement: when the first of the contracts that positions hold settles.
        closed: positions that are over, by strategy, in the order of their ends.
        dividends: exact dividends of every position that had any.
    """

    def __init__(self, ledger: Ledger, market: Market, curve: EquityCurve, publish: Publish) -> None:
        self.ledger = ledger
        self.positions: dict[int, Position] = {}
        self.closed: dict[str, list[ClosedPosition]] = {}
        self.dividends: dict[int, Micros] = {}
        self.realised: Micros = 0
        self.mark_counts: dict[MarkSource, int] = {}
        self.requirement: Micros | None = 0
        self.revision = 0
        self.next_settlement: Instant = NEVER
        self.market_value: Micros = 0
        self._market = market
        self._curve = curve
        self._publish = publish
        self._holdings: dict[str, Holding] = {}
        self._book = NetLegs()
        self._traded: list[NetLeg] = []
        """What changed since somebody last asked for the book."""
        self._cost_basis: Micros = 0
        self._published_revision = 0

    # --- reading (the Book of strategies and risk) -----------------------------------------------------------------

    @property
    def unrealised(self) -> Micros:
        """Exact profit of everything held, at its marks, before fees."""
        return self.market_value - self._cost_basis

    def view(self) -> AccountView:
        """The account now."""
        return AccountView(
            self._market.now, self.ledger.cash, self.market_value, self.requirement, tuple(self.positions.values())
        )

    def positions_of(self, strategy: str) -> tuple[Position, ...]:
        """Open positions of one strategy, in the order they were opened."""
        return tuple([position for position in self.positions.values() if position.strategy == strategy])

    def closed_of(self, strategy: str) -> Sequence[ClosedPosition]:
        """Positions of one strategy that are over, in the order in which they ended; grows as the run goes on."""
        return self.closed.setdefault(strategy, [])

    def value_of(self, position: Position) -> PositionValue:
        """A position at its present marks."""
        profit, trusted = position.realised, True
        for leg in position.legs:
            mark = self.mark_of(leg.instrument)
            profit += leg.quantity * leg.instrument.multiplier * mark.price - leg.cost_basis
            trusted = trusted and mark.trusted and mark.at == self._market.now
        return PositionValue(profit, trusted)

    def mark_of(self, instrument: Instrument) -> Mark:
        """Present mark: an option's as last quoted, a share's at the last price of its market."""
        if isinstance(instrument, OptionContract):
            return self._holdings[instrument.underlying].mark_of(instrument.symbol)
        price, at = self._market.price_of(instrument.symbol)
        return Mark(to_micros(price), MarkSource.TWO_SIDED_QUOTE, True, at)

    def held(self, contract: OptionContract) -> HeldContract:
        """What all positions hold of a contract, at its present mark; the same object while one of them holds it."""
        return self._holdings[contract.underlying].held(contract.symbol)

    def contracts(self) -> list[OptionContract]:
        """Every contract that a position holds, also where those of all positions cancel out."""
        return list(chain.from_iterable([holding.contracts for holding in self._holdings.values()]))

    def shares(self) -> dict[str, int]:
        """Net quantity of shares over all positions, by symbol; without those of which there are none."""
        return {symbol: holding.shares for symbol, holding in self._holdings.items() if holding.shares}

    def book(self) -> NetLegs:
        """Every instrument with its net quantity over all positions, without those that cancel out.

        The same until it changes.
        """
        if self._traded:
            self._book, self._traded = self._book.after(self._traded), []
        return self._book

    # --- the market ------------------------------------------------------------------------------------------------

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Mark what is held on the chain's underlying."""
        holding = self._holdings.get(event.snapshot.underlying)
        if holding is not None:
            self.market_value += holding.mark(event.snapshot, self.mark_counts)
        self.publish_mark()

    def on_bar(self, event: BarArrived) -> None:
        """Mark the shares of the bar's symbol, where some are held.

        Every bar enters the equity curve; the mark is checked and published when the book has changed. Until then
        neither side of the identity moves but by the same market value.
        """
        holding = self._holdings.get(event.bar.symbol)
        if holding is None:
            return
        self.market_value += holding.revalue(event.bar.close)
        if self.revision != self._published_revision:
            self.publish_mark()
            return
        self._curve.add(event.at, self.ledger.cash, self.market_value, self.requirement)

    def publish_mark(self) -> None:
        """Check the accounting identity and publish the value of the account."""
        now, market_value, unquoted = self._market.now, self.market_value, 0
        self.ledger.check(now, self.realised, market_value - self._cost_basis, market_value)
        self._published_revision = self.revision
        for holding in self._holdings.values():
            unquoted += holding.unquoted
        self._publish(PortfolioMarked(now, self.ledger.cash, market_value, unquoted))

    # --- changes of the book ---------------------------------------------------------------------------------------

    def on_filled(self, event: OrderFilled) -> None:
        """Take a fill into its position."""
        fill = event.fill
        cash, fees = fill.cash, fill.fees
        self.ledger.post(_TRADE, cash)
        self.ledger.post(_FEE, -fees)
        position = self.positions.get(fill.position_id)
        if position is None:
            begun = opened(fill, cash, fees)
            self._replace(begun, (), begun.legs, 0)
            return
        legs = ChangingLegs(position.legs)
        for leg in fill.legs:
            legs.trade(leg.instrument, leg.quantity, leg.cash)
        self._replace(changed(position, fill, fees, legs), legs.gone, legs.come, legs.realised)

    def on_expired(self, event: ContractExpired) -> None:
        """Take a settled or worthless contract out of its position."""
        position = self.positions[event.position_id]
        gone, left = position.parted(event.contract.symbol)
        realised = event.cash - gone.cost_basis
        self.ledger.post(_SETTLEMENT, event.cash)
        self.ledger.post(_FEE, -event.fee)
        self._replace(position.left_with(left, realised, event.fee), (gone,), (), realised)

    def on_delivered(self, event: ContractExercised | ContractAssigned) -> None:
        """Take exercised or assigned contracts out of their position and the shares into it."""
        position = self.positions[event.position_id]
        legs = delivered(position, event)
        self.ledger.post(_SETTLEMENT, event.cash)
        self.ledger.post(_FEE, -event.fee)
        after = position.left_with(tuple(legs.held.values()), legs.realised, event.fee)
        self._replace(after, legs.gone, legs.come, legs.realised)

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """Turn a holding into what a corporate action made of it, at its old cost and its old worth."""
        position, before, after = self.positions[event.position_id], event.before, event.after
        gone, left = position.parted(before.symbol)
        if isinstance(before, OptionContract) and isinstance(after, OptionContract):
            mark = self.mark_of(before)
            price = round(Fraction(mark.price * event.quantity_before, event.quantity_after))
            self._holding(after.series.underlying).begin(after, replace(mark, price=price))
        come, realised = adjusted(gone, event)
        self.ledger.post(_SETTLEMENT, event.cash)
        self._replace(position.left_with((*left, *come), realised), (gone,), come, realised)

    def on_dividend(self, event: DividendPaid) -> None:
        """Book a dividend."""
        self.ledger.post(EntryKind.DIVIDEND, event.amount)
        self.dividends[event.position_id] = self.dividends.get(event.position_id, 0) + event.amount

    def on_interest(self, event: InterestAccrued) -> None:
        """Book interest."""
        self.ledger.post(EntryKind.INTEREST, event.amount)

    def on_cash_moved(self, event: CashMoved) -> None:
        """Book a deposit or a withdrawal, and have a value of the account at its instant, for returns without it."""
        self.ledger.post(EntryKind.EXTERNAL, event.amount)
        self.publish_mark()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _replace(
        self, position: Position, gone: Sequence[PositionLeg], come: Sequence[PositionLeg], realised: Micros
    ) -> None:
        """Put a changed position in its place, or take an empty one away, and bring all sums up to date."""
        if position.legs:
            self.positions[position.position_id] = position
        else:
            del self.positions[position.position_id]
            self.closed.setdefault(position.strategy, []).append(ClosedPosition(position, self._market.now))
        self.realised += realised
        self.revision += 1
        for leg in come:  # first, so that what is replaced keeps its mark
            self._take(leg, 1)
        for leg in gone:
            self._take(leg, -1)
        self.next_settlement = min([holding.next_settlement for holding in self._holdings.values()], default=NEVER)
        self.ledger.check(self._market.now, self.realised, self.market_value - self._cost_basis, self.market_value)

    def _take(self, leg: PositionLeg, times: int) -> None:
        """Bring cost basis, net quantities and values in line with a leg that came (times 1) or is gone (-1)."""
        instrument, quantity = leg.instrument, times * leg.quantity
        self._cost_basis += times * leg.cost_basis
        self._traded.append(NetLeg(instrument, quantity))
        holding = self._holding(instrument.underlying)
        if isinstance(instrument, OptionContract):
            self.market_value += holding.take(instrument, quantity, times, self._first_mark)
        else:
            holding.take_shares(quantity, times)
        if holding.share_legs or holding.shares_value:
            # The price is that of shares, and looked up where there are any.
            price = self._market.price_of(holding.underlying)[0] if holding.shares else 0.0
            self.market_value += holding.revalue(price)
        if holding.empty:
            del self._holdings[holding.underlying]

    def _holding(self, underlying: str) -> Holding:
        holding = self._holdings.get(underlying)
        if holding is None:
            holding = self._holdings[underlying] = Holding(underlying)
        return holding

    def _first_mark(self, contract: OptionContract) -> Mark:
        snapshot = self._market.snapshots[contract.underlying]
        return mark_option(contract, snapshot, snapshot.row(contract.contract_id), None)
