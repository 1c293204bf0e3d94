"""The book: positions with exact cost bases, and what they are worth at their marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.bus import Publish
from engine.events import (
    BarArrived,
    CashMoved,
    ContractExpired,
    DividendPaid,
    InterestAccrued,
    OrderFilled,
    PortfolioMarked,
    SnapshotArrived,
)
from engine.ledger import EntryKind, Ledger, LedgerEntry
from engine.market import Market
from engine.marks import Mark, mark_option
from engine.model import (
    AccountView,
    ChainSnapshot,
    Instrument,
    Intent,
    OptionContract,
    Position,
    PositionLeg,
    Stock,
    underlying_of,
)
from engine.money import Micros, to_micros
from engine.result import MarkSource
from engine.strategy import PositionValue

_NO_ROWS: Final = np.zeros(0, np.int32)


@dataclass(slots=True)
class _Holding:
    """Net quantities on one underlying, in the order in which a snapshot is searched."""

    instruments: tuple[Instrument, ...]
    quantities: tuple[int, ...]
    contract_ids: NDArray[np.int32]
    value: Micros = 0
    unquoted: int = 0


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


class Portfolio:
    """Positions, marks and the ledger of one account.

    Attributes:
        positions: open positions by id, in the order they were opened.
        realised: exact realised profit so far, before fees.
        mark_counts: number of leg marks by source.
        requirement: exact margin requirement on the book, kept by the margin watch; None: without bound.
        revision: number of changes of the book so far.
    """

    def __init__(self, ledger: Ledger, market: Market, publish: Publish) -> None:
        self.ledger = ledger
        self.positions: dict[int, Position] = {}
        self.realised: Micros = 0
        self.mark_counts: Counter[MarkSource] = Counter()
        self.requirement: Micros | None = 0
        self.revision = 0
        self._market = market
        self._publish = publish
        self._marks: dict[str, Mark] = {}
        self._holdings: dict[str, _Holding] = {}
        self._cost_basis: Micros = 0

    # --- reading (the Book of strategies and risk) -----------------------------------------------------------------

    @property
    def market_value(self) -> Micros:
        """Exact value of everything held, at its marks."""
        return sum(holding.value for holding in self._holdings.values())

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
            mark = self._marks[leg.instrument.symbol]
            profit += leg.quantity * leg.instrument.multiplier * mark.price - leg.cost_basis
            trusted = trusted and mark.trusted and mark.at == self._market.now
        return PositionValue(profit, trusted)

    def net_legs(self) -> tuple[tuple[Instrument, int], ...]:
        """Every instrument held with its net quantity over all positions."""
        return tuple(
            pair
            for holding in self._holdings.values()
            for pair in zip(holding.instruments, holding.quantities, strict=True)
        )

    # --- the market ------------------------------------------------------------------------------------------------

    async def on_snapshot(self, event: SnapshotArrived) -> None:
        """Mark what is held on the chain's underlying."""
        holding = self._holdings.get(event.snapshot.underlying)
        if holding is not None:
            self._mark_on_chain(holding, event.snapshot)
        self.publish_mark()

    async def on_bar(self, event: BarArrived) -> None:
        """Mark the shares of the bar's symbol, where some are held."""
        holding = self._holdings.get(event.bar.symbol)
        if holding is not None:
            self._mark_shares(holding, event.bar.symbol, event.bar.close)
            self.publish_mark()

    def publish_mark(self) -> None:
        """Check the accounting identity and publish the value of the account."""
        market_value = self.market_value
        self.ledger.check(self._market.now, self.realised, market_value - self._cost_basis, market_value)
        unquoted = sum(holding.unquoted for holding in self._holdings.values())
        self._publish(PortfolioMarked(self._market.now, self.ledger.cash, market_value, unquoted))

    # --- changes of the book ---------------------------------------------------------------------------------------

    async def on_filled(self, event: OrderFilled) -> None:
        """Take a fill into its position."""
        fill = event.fill
        position = self.positions.get(fill.position_id) or Position(
            fill.position_id, fill.strategy, fill.structure, fill.tag, fill.filled_at, fill.quantity, (), 0
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
                legs=tuple(legs.values()),
                entry_cash=position.entry_cash + (fill.cash if fill.intent is Intent.OPEN else 0),
                realised=position.realised + realised,
                fees=position.fees + fill.fees,
                closing=position.closing or bool(fill.left_open),
            ),
            realised,
        )

    async def on_expired(self, event: ContractExpired) -> None:
        """Take a settled or worthless contract out of its position."""
        position = self.positions[event.position_id]
        symbol = event.contract.symbol
        gone = next(leg for leg in position.legs if leg.instrument.symbol == symbol)
        realised = event.cash - gone.cost_basis
        self._post(EntryKind.SETTLEMENT, event.cash, position.position_id, symbol)
        legs = tuple(leg for leg in position.legs if leg is not gone)
        self._replace(replace(position, legs=legs, realised=position.realised + realised), realised)

    async def on_dividend(self, event: DividendPaid) -> None:
        """Book a dividend."""
        self._post(EntryKind.DIVIDEND, event.amount, event.position_id, event.symbol)

    async def on_interest(self, event: InterestAccrued) -> None:
        """Book interest."""
        self._post(EntryKind.INTEREST, event.amount, None, "interest")

    async def on_cash_moved(self, event: CashMoved) -> None:
        """Book a deposit or a withdrawal."""
        self._post(EntryKind.EXTERNAL, event.amount, None, event.reason)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _post(self, kind: EntryKind, amount: Micros, position_id: int | None, reference: str) -> None:
        if amount:
            self.ledger.post(LedgerEntry(self._market.now, kind, amount, position_id, reference))

    def _replace(self, position: Position, realised: Micros) -> None:
        """Put a changed position in its place, or take an empty one away, and bring all sums up to date."""
        if position.legs:
            self.positions[position.position_id] = position
        else:
            del self.positions[position.position_id]
        self.realised += realised
        self.revision += 1
        self._cost_basis = sum(leg.cost_basis for held in self.positions.values() for leg in held.legs)
        self._regroup()
        self.ledger.check(self._market.now, self.realised, self.unrealised, self.market_value)

    def _regroup(self) -> None:
        """Net quantities by underlying, marked; instruments are ordered by contract row, shares last."""
        nets: dict[str, dict[str, tuple[Instrument, int]]] = {}
        for position in self.positions.values():
            for leg in position.legs:
                group = nets.setdefault(underlying_of(leg.instrument), {})
                _, before = group.get(leg.instrument.symbol, (leg.instrument, 0))
                group[leg.instrument.symbol] = (leg.instrument, before + leg.quantity)
        self._holdings = {underlying: self._holding(list(group.values())) for underlying, group in nets.items()}
        held = {instrument.symbol for instrument, _ in self.net_legs()}
        self._marks = {symbol: mark for symbol, mark in self._marks.items() if symbol in held}

    def _holding(self, legs: list[tuple[Instrument, int]]) -> _Holding:
        options = sorted(
            ((leg, net) for leg, net in legs if isinstance(leg, OptionContract)), key=lambda pair: pair[0].contract_id
        )
        shares = [(leg, net) for leg, net in legs if isinstance(leg, Stock)]
        ordered: list[tuple[Instrument, int]] = [*options, *shares]
        ids = np.array([contract.contract_id for contract, _ in options], np.int32) if options else _NO_ROWS
        holding = _Holding(tuple(leg for leg, _ in ordered), tuple(net for _, net in ordered), ids)
        for instrument in holding.instruments:
            if instrument.symbol not in self._marks:
                self._marks[instrument.symbol] = self._first_mark(instrument)
        self._revalue(holding)
        return holding

    def _first_mark(self, instrument: Instrument) -> Mark:
        """Mark of something that just came into the book, on what is known at this instant."""
        price, at = self._market.prices[underlying_of(instrument)]
        if isinstance(instrument, Stock):
            return Mark(to_micros(price), MarkSource.TWO_SIDED_QUOTE, True, at)
        snapshot = self._market.snapshots[instrument.series.underlying]
        return mark_option(instrument, snapshot, snapshot.row(instrument.contract_id), None)

    def _mark_on_chain(self, holding: _Holding, snapshot: ChainSnapshot) -> None:
        rows = np.searchsorted(snapshot.contract_id, holding.contract_ids)
        for instrument, row in zip(holding.instruments, rows.tolist(), strict=False):
            if isinstance(instrument, OptionContract):
                quoted = row < len(snapshot) and snapshot.contract_id[row] == instrument.contract_id
                previous = self._marks.get(instrument.symbol)
                mark = mark_option(instrument, snapshot, row if quoted else None, previous)
                self._marks[instrument.symbol] = mark
                self.mark_counts[mark.source] += 1
        if len(holding.instruments) > len(rows):
            self._mark_shares(holding, snapshot.underlying, snapshot.underlying_price)
        self._revalue(holding)

    def _mark_shares(self, holding: _Holding, symbol: str, price: float) -> None:
        if symbol in self._marks:
            self._marks[symbol] = Mark(to_micros(price), MarkSource.TWO_SIDED_QUOTE, True, self._market.now)
            self._revalue(holding)

    def _revalue(self, holding: _Holding) -> None:
        value, unquoted = 0, 0
        for instrument, quantity in zip(holding.instruments, holding.quantities, strict=True):
            mark = self._marks[instrument.symbol]
            value += quantity * instrument.multiplier * mark.price
            unquoted += mark.source is not MarkSource.TWO_SIDED_QUOTE
        holding.value, holding.unquoted = value, unquoted
