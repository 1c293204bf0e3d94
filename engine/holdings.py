"""What all positions together hold on one underlying, valued without a look at what has not changed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from engine.instants import NEVER, Instant
from engine.marks import MICROS_OF_HALF, NO_MIDDLE, TWO_SIDED, Mark, mark_option
from engine.model import ChainSnapshot, OptionContract
from engine.money import Micros, to_micros
from engine.result import MarkSource

NO_QUOTE: Final = -1
"""Instant of a quote that is none, or cannot be trusted: before every other."""


@dataclass(slots=True, eq=False)
class HeldContract:
    """What all positions together hold of one contract, and its mark; the same object as long as one of them holds it.

    Nearly all marks are two-sided quotes of the last chain: of these the price alone is kept.

    Attributes:
        price: exact mark per share.
        trusted_at: instant of the quote that the mark rests on; `NO_QUOTE` where that is none, or cannot be trusted.
        other: the mark where it is no two-sided quote of the last chain.
        size: money of one dollar per share.
        legs: number of position legs that it is made of.
    """

    contract: OptionContract
    price: Micros
    trusted_at: Instant
    other: Mark | None
    size: int = 0
    legs: int = 0

    @property
    def mark(self) -> Mark:
        """Present mark."""
        return self.other or Mark(self.price, TWO_SIDED, True, self.trusted_at)

    def take(self, mark: Mark) -> None:
        """Be worth what a mark says from now on."""
        self.price, self.trusted_at, self.other = mark.price, mark.at if mark.trusted else NO_QUOTE, mark


@dataclass(slots=True)
class Holding:
    """Net quantities, marks and exact value of everything held on one underlying.

    Attributes:
        shares: net quantity of shares; share_legs: number of position legs that it is made of.
        options_value, shares_value: exact, at the marks and at the price that shares were last valued at.
        next_settlement: when the first contract settles.
    """

    underlying: str
    shares: int = 0
    share_legs: int = 0
    options_value: Micros = 0
    shares_value: Micros = 0
    next_settlement: Instant = NEVER
    _held: dict[str, HeldContract] = field(default_factory=dict)
    _order: list[HeldContract] = field(default_factory=list)
    """Ascending by contract id, and the ids beside them, since a chain is asked for these alone."""
    _ids: array[int] = field(default_factory=lambda: array("q"))
    _unquoted: int | None = None

    @property
    def empty(self) -> bool:
        """Whether no position has a leg here."""
        return not self._held and not self.share_legs

    @property
    def unquoted(self) -> int:
        """Contracts whose mark is no two-sided trustworthy quote."""
        if self._unquoted is None:
            others = [held.other for held in self._held.values() if held.other is not None]
            self._unquoted = sum(mark.source is not TWO_SIDED for mark in others)
        return self._unquoted

    @property
    def contracts(self) -> list[OptionContract]:
        """Every contract that a position holds."""
        return [held.contract for held in self._held.values()]

    def held(self, symbol: str) -> HeldContract:
        """What is held of a contract; the same object while a position holds it."""
        return self._held[symbol]

    def mark_of(self, symbol: str) -> Mark:
        """Present mark of a contract."""
        return self._held[symbol].mark

    def begin(self, contract: OptionContract, mark: Mark) -> HeldContract:
        """Hold a contract at a mark from now on, of which legs are taken next."""
        held = self._held.get(contract.symbol)
        if held is None:
            held = self._held[contract.symbol] = HeldContract(contract, mark.price, NO_QUOTE, mark)
            place = bisect_right(self._ids, contract.contract_id)
            self._ids.insert(place, contract.contract_id)
            self._order.insert(place, held)
            self.next_settlement = min(self.next_settlement, contract.series.settles_at)
        held.take(mark)
        return held

    def take(
        self, contract: OptionContract, quantity: int, times: int, first_mark: Callable[[OptionContract], Mark]
    ) -> Micros:
        """Take a leg of a position in (times 1) or out (times -1); the change of value.

        What nobody holds loses its mark.

        Args:
            quantity: what is held more, negative when less.
            first_mark: asked for the mark of a contract that has none.
        """
        self._unquoted = None
        size = quantity * contract.multiplier
        held = self._held.get(contract.symbol)
        if held is None:
            held = self.begin(contract, first_mark(contract))
        value = size * held.price
        self.options_value += value
        held.size += size
        held.legs += times
        if not held.legs:
            self._let_go(held)
        return value

    def take_shares(self, quantity: int, times: int) -> None:
        """Take so many shares of a position in (times 1) or out (times -1); `revalue` says what it comes to."""
        self.shares += quantity
        self.share_legs += times

    def _let_go(self, held: HeldContract) -> None:
        """Nobody holds a contract any more."""
        del self._held[held.contract.symbol]
        place = self._order.index(held)
        del self._order[place], self._ids[place]
        if held.contract.series.settles_at == self.next_settlement:
            self.next_settlement = min([one.contract.series.settles_at for one in self._order], default=NEVER)

    def mark(self, snapshot: ChainSnapshot, counts: dict[MarkSource, int]) -> Micros:
        """Mark every contract on a chain, each as `mark_option` does it, and count the marks by source.

        The shares are valued at the chain's price of the underlying. Returns the change of value.

        One by one: for the contracts of a book that is cheaper than a dozen array operations.
        """
        order, at, others, value = self._order, snapshot.at, 0, 0
        bid, ask, flags = snapshot.entries.bid, snapshot.entries.ask, snapshot.entries.flags
        for place, row in enumerate(snapshot.rows(self._ids)):
            held = order[place]
            if row is None or flags[row] & NO_MIDDLE:
                mark = mark_option(held.contract, snapshot, row, held.mark)
                held.take(mark)
                counts[mark.source] = counts.get(mark.source, 0) + 1
                others += 1
            else:
                held.price, held.trusted_at, held.other = round((bid[row] + ask[row]) * MICROS_OF_HALF), at, None
            value += held.size * held.price
        if others < len(order):
            counts[TWO_SIDED] = counts.get(TWO_SIDED, 0) + len(order) - others
        change = value - self.options_value
        self.options_value, self._unquoted = value, others
        return change + self.revalue(snapshot.underlying_price) if self.shares else change

    def revalue(self, price: float) -> Micros:
        """Value the shares at a price; the change since the last time."""
        before = self.shares_value
        self.shares_value = self.shares * to_micros(price) if self.shares else 0
        return self.shares_value - before
