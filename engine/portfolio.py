"""The book: positions with exact cost bases, and what they are worth at their marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from engine.bus import Publish
from engine.cost_basis import traded
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
from engine.ledger import EntryKind, Ledger, LedgerEntry
from engine.market import Market
from engine.marks import Mark, mark_option, mark_options
from engine.model import (
    AccountView,
    ChainSnapshot,
    Fill,
    Instrument,
    Intent,
    OptionContract,
    Position,
    PositionLeg,
    PositionValue,
    Stock,
    underlying_of,
)
from engine.money import Micros, to_micros
from engine.result import MarkSource


@dataclass(slots=True)
class _Holding:
    """What all positions together hold on one underlying.

    Attributes:
        nets: net quantity of each instrument, and the number of position legs that it is made of.
        contracts: the contracts in the order in which a chain is searched.
        contract_ids: their ids, ascending.
        quantities: net quantity of each contract; `sizes` times its multiplier.
        shares: net quantity of shares.
        options_value: exact value of the options at their marks.
        value: exact value of everything.
        unquoted: contracts whose mark is no two-sided trustworthy quote.
    """

    nets: dict[Instrument, tuple[int, int]] = field(default_factory=dict)
    contracts: tuple[OptionContract, ...] = ()
    contract_ids: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    quantities: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    shares: int = 0
    options_value: Micros = 0
    value: Micros = 0
    unquoted: int = 0

    def take(self, leg: PositionLeg, times: int) -> None:
        """Add a leg of a position (times 1), or take it away (times -1)."""
        net, legs = self.nets.get(leg.instrument, (0, 0))
        if legs + times:
            self.nets[leg.instrument] = net + times * leg.quantity, legs + times
        else:
            del self.nets[leg.instrument]

    def arrange(self) -> None:
        """Bring columns and shares in line with the nets."""
        contracts = (instrument for instrument in self.nets if isinstance(instrument, OptionContract))
        self.contracts = tuple(sorted(contracts, key=attrgetter("contract_id")))
        self.contract_ids = np.array([contract.contract_id for contract in self.contracts], np.int32)
        self.quantities = tuple(self.nets[contract][0] for contract in self.contracts)
        self.sizes = tuple(
            net * contract.multiplier for contract, net in zip(self.contracts, self.quantities, strict=True)
        )
        self.shares = sum(net for instrument, (net, _) in self.nets.items() if isinstance(instrument, Stock))


class PortfolioManager:
    """Positions, marks and the ledger of one account.

    Attributes:
        positions: open positions by id, in the order they were opened.
        realised: exact realised profit so far, before fees.
        market_value: exact value of everything held, at its marks.
        mark_counts: number of leg marks by source.
        requirement: exact margin requirement on the book, kept by the margin watch; None: without bound.
        revision: number of changes of the book so far.
    """

    def __init__(self, ledger: Ledger, market: Market, curve: EquityCurve, publish: Publish) -> None:
        self.ledger = ledger
        self.positions: dict[int, Position] = {}
        self.realised: Micros = 0
        self.mark_counts: Counter[MarkSource] = Counter()
        self.requirement: Micros | None = 0
        self.revision = 0
        self.market_value: Micros = 0
        self._market = market
        self._curve = curve
        self._publish = publish
        self._marks: dict[str, Mark] = {}
        self._holdings: dict[str, _Holding] = {}
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
        return tuple(position for position in self.positions.values() if position.strategy == strategy)

    def value_of(self, position: Position) -> PositionValue:
        """A position at its present marks."""
        profit, trusted = position.realised, True
        for leg in position.legs:
            mark = self._mark_of(leg.instrument)
            profit += leg.quantity * leg.instrument.multiplier * mark.price - leg.cost_basis
            trusted = trusted and mark.trusted and mark.at == self._market.now
        return PositionValue(profit, trusted)

    def net_legs(self) -> tuple[tuple[Instrument, int], ...]:
        """Every instrument held with its net quantity over all positions, by underlying."""
        legs: list[tuple[Instrument, int]] = []
        for underlying, holding in self._holdings.items():
            legs += zip(holding.contracts, holding.quantities, strict=True)
            if holding.shares:
                legs.append((Stock(underlying), holding.shares))
        return tuple(legs)

    # --- the market ------------------------------------------------------------------------------------------------

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Mark what is held on the chain's underlying."""
        holding = self._holdings.get(event.snapshot.underlying)
        if holding is not None:
            self._mark_on_chain(holding, event.snapshot)
        self.publish_mark()

    def on_bar(self, event: BarArrived) -> None:
        """Mark the shares of the bar's symbol, where some are held.

        Every bar enters the equity curve; the mark is checked and published when the book has changed. Until then
        neither side of the identity moves but by the same market value.
        """
        holding = self._holdings.get(event.bar.symbol)
        if holding is None:
            return
        self._value_shares(holding, event.bar.close)
        if self.revision != self._published_revision:
            self.publish_mark()
            return
        self._curve.add(event.at, self.ledger.cash, self.market_value, self.requirement)

    def publish_mark(self) -> None:
        """Check the accounting identity and publish the value of the account."""
        market_value = self.market_value
        self.ledger.check(self._market.now, self.realised, market_value - self._cost_basis, market_value)
        self._published_revision = self.revision
        unquoted = sum(holding.unquoted for holding in self._holdings.values())
        self._publish(PortfolioMarked(self._market.now, self.ledger.cash, market_value, unquoted))

    # --- changes of the book ---------------------------------------------------------------------------------------

    def on_filled(self, event: OrderFilled) -> None:
        """Take a fill into its position."""
        fill = event.fill
        position = self.positions.get(fill.position_id) or Position(
            fill.position_id, fill.strategy, fill.structure, fill.tag, fill.filled_at, 0, (), 0
        )
        legs = {leg.instrument.symbol: leg for leg in position.legs}
        realised = 0
        for leg in fill.legs:
            symbol = leg.instrument.symbol
            held, gain = traded(legs.pop(symbol, None), leg.instrument, leg.quantity, leg.cash)
            realised += gain
            if held is not None:
                legs[symbol] = held
            self._post(EntryKind.TRADE, leg.cash, fill.position_id, symbol)
            self._post(EntryKind.FEE, -leg.fee, fill.position_id, symbol)
        self._replace(
            replace(
                position,
                structure=fill.structure if fill.intent is Intent.ADJUST else position.structure,
                quantity=position.quantity + (fill.quantity if fill.opens_packages or not position.legs else 0),
                legs=tuple(legs.values()),
                entry_cash=position.entry_cash + _premium(fill),
                realised=position.realised + realised,
                fees=position.fees + fill.fees,
                closing=position.closing or bool(fill.left_open),
            ),
            realised,
        )

    def on_expired(self, event: ContractExpired) -> None:
        """Take a settled or worthless contract out of its position."""
        position = self.positions[event.position_id]
        symbol = event.contract.symbol
        gone = next(leg for leg in position.legs if leg.instrument.symbol == symbol)
        realised = event.cash - gone.cost_basis
        self._post(EntryKind.SETTLEMENT, event.cash, position.position_id, symbol)
        self._post(EntryKind.FEE, -event.fee, position.position_id, symbol)
        legs = tuple(leg for leg in position.legs if leg is not gone)
        fees = position.fees + event.fee
        self._replace(replace(position, legs=legs, realised=position.realised + realised, fees=fees), realised)

    def on_delivered(self, event: ContractExercised | ContractAssigned) -> None:
        """Take exercised or assigned contracts out of their position and the shares into it.

        The option ends at the value of its exercise and the shares come in at the price of the moment; together they
        are the cash that moves.
        """
        position, contract = self.positions[event.position_id], event.contract
        legs = {leg.instrument.symbol: leg for leg in position.legs}
        value = event.shares * to_micros(event.price)
        moves: tuple[tuple[Instrument, int, Micros], ...] = (
            (contract, -event.quantity, event.cash + value),
            (Stock(contract.series.underlying), event.shares, -value),
        )
        realised = 0
        for instrument, quantity, cash in [move for move in moves if move[1]]:
            held, gain = traded(legs.pop(instrument.symbol, None), instrument, quantity, cash)
            realised += gain
            if held is not None:
                legs[instrument.symbol] = held
        self._post(EntryKind.SETTLEMENT, event.cash, position.position_id, contract.symbol)
        self._post(EntryKind.FEE, -event.fee, position.position_id, contract.symbol)
        self._replace(
            replace(
                position,
                legs=tuple(legs.values()),
                realised=position.realised + realised,
                fees=position.fees + event.fee,
            ),
            realised,
        )

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """Turn a holding into what a corporate action made of it, at its old cost and its old worth."""
        position, before, after = self.positions[event.position_id], event.before, event.after
        legs = {leg.instrument.symbol: leg for leg in position.legs}
        gone = legs.pop(before.symbol)
        if isinstance(before, OptionContract) and isinstance(after, OptionContract):
            mark = self._marks[before.symbol]
            price = round(Fraction(mark.price * event.quantity_before, event.quantity_after))
            self._marks[after.symbol] = mark._replace(price=price)
        basis, realised = gone.cost_basis - event.cash, 0
        if event.quantity_after:
            # Cash for a fraction of a share is part of what the shares cost, given back.
            legs[after.symbol] = PositionLeg(after, event.quantity_after, basis)
        else:
            realised = -basis
        self._post(EntryKind.SETTLEMENT, event.cash, position.position_id, before.symbol)
        self._replace(replace(position, legs=tuple(legs.values()), realised=position.realised + realised), realised)

    def on_dividend(self, event: DividendPaid) -> None:
        """Book a dividend."""
        self._post(EntryKind.DIVIDEND, event.amount, event.position_id, event.symbol)

    def on_interest(self, event: InterestAccrued) -> None:
        """Book interest."""
        self._post(EntryKind.INTEREST, event.amount, None, event.reason)

    def on_cash_moved(self, event: CashMoved) -> None:
        """Book a deposit or a withdrawal, and have a value of the account at its instant, for returns without it."""
        self._post(EntryKind.EXTERNAL, event.amount, None, event.reason)
        self.publish_mark()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _post(self, kind: EntryKind, amount: Micros, position_id: int | None, reference: str) -> None:
        if amount:
            self.ledger.post(LedgerEntry(self._market.now, kind, amount, position_id, reference))

    def _replace(self, position: Position, realised: Micros) -> None:
        """Put a changed position in its place, or take an empty one away, and bring all sums up to date."""
        before = self.positions.get(position.position_id)
        if position.legs:
            self.positions[position.position_id] = position
        else:
            del self.positions[position.position_id]
        self.realised += realised
        self.revision += 1
        self._regroup(() if before is None else before.legs, position.legs)
        self.ledger.check(self._market.now, self.realised, self.unrealised, self.market_value)

    def _regroup(self, gone: Sequence[PositionLeg], come: Sequence[PositionLeg]) -> None:
        """Bring cost basis, net quantities and values in line with legs that changed."""
        touched: dict[str, _Holding] = {}
        for times, legs in ((-1, gone), (1, come)):
            for leg in legs:
                underlying = underlying_of(leg.instrument)
                holding = touched[underlying] = self._holdings.setdefault(underlying, _Holding())
                holding.take(leg, times)
                self._cost_basis += times * leg.cost_basis
        # A contract of a company with a new symbol may keep its own.
        kept = {leg.instrument.symbol for leg in come}
        for leg in gone:
            symbol = leg.instrument.symbol
            if symbol not in kept and leg.instrument not in touched[underlying_of(leg.instrument)].nets:
                self._marks.pop(symbol, None)
        for underlying, holding in touched.items():
            self._value_anew(underlying, holding)

    def _value_anew(self, underlying: str, holding: _Holding) -> None:
        """Value a holding whose quantities changed; one that is empty is forgotten."""
        holding.arrange()
        for contract in holding.contracts:
            if contract.symbol not in self._marks:
                snapshot = self._market.snapshots[underlying]
                row = snapshot.row(contract.contract_id)
                self._marks[contract.symbol] = mark_option(contract, snapshot, row, None)
        self._value_options(holding)
        self._value_shares(holding, self._market.price_of(underlying)[0])
        if not holding.nets:
            del self._holdings[underlying]

    def _mark_of(self, instrument: Instrument) -> Mark:
        """Present mark: an option's as last quoted, a share's at the last price of its market."""
        if isinstance(instrument, OptionContract):
            return self._marks[instrument.symbol]
        price, at = self._market.price_of(instrument.symbol)
        return Mark(to_micros(price), MarkSource.TWO_SIDED_QUOTE, True, at)

    def _mark_on_chain(self, holding: _Holding, snapshot: ChainSnapshot) -> None:
        marks = mark_options(holding.contracts, holding.contract_ids, snapshot, self._marks)
        self._marks.update((contract.symbol, mark) for contract, mark in zip(holding.contracts, marks, strict=True))
        self.mark_counts.update(mark.source for mark in marks)
        self._value_options(holding)
        self._value_shares(holding, snapshot.underlying_price)

    def _value_options(self, holding: _Holding) -> None:
        marks = [self._marks[contract.symbol] for contract in holding.contracts]
        holding.options_value = sum(size * mark.price for size, mark in zip(holding.sizes, marks, strict=True))
        holding.unquoted = sum(mark.source is not MarkSource.TWO_SIDED_QUOTE for mark in marks)

    def _value_shares(self, holding: _Holding, price: float) -> None:
        value = holding.options_value
        if holding.shares:
            value += holding.shares * to_micros(price)
        self.market_value += value - holding.value
        holding.value = value


def _premium(fill: Fill) -> Micros:
    """What a fill adds to the premium that profit and loss of its position are measured by (negative: takes away).

    Of an adjustment its options count, on both sides; shares that hedge are no premium.
    """
    if fill.intent is Intent.OPEN:
        return fill.cash
    if fill.intent is Intent.CLOSE:
        return 0
    return sum(leg.cash for leg in fill.legs if isinstance(leg.instrument, OptionContract))
