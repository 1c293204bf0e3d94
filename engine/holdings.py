"""What all positions together hold on one underlying, valued without a look at what has not changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter, mul
from typing import NamedTuple

from engine.marks import Mark, mark_options
from engine.model import ChainSnapshot, NetLeg, OptionContract, PositionLeg, Stock
from engine.money import Micros, to_micros
from engine.result import MarkSource


class _Net(NamedTuple):
    """Net quantity of one contract, and the number of position legs that it is made of."""

    contract: OptionContract
    leg: NetLeg
    legs: int


class _Columns(NamedTuple):
    """Contracts ascending by id, their net legs, and the money of one dollar per share of each."""

    contracts: tuple[OptionContract, ...]
    legs: tuple[NetLeg, ...]
    sizes: tuple[int, ...]


@dataclass(slots=True)
class Holding:
    """Net quantities, marks and exact value of everything held on one underlying.

    Attributes:
        marks: mark of every contract held, by symbol.
        shares: net quantity of shares.
        value: exact value of everything, as `revalue` last found it.
    """

    underlying: str
    marks: dict[str, Mark] = field(default_factory=dict)
    shares: int = 0
    value: Micros = 0
    _share_legs: int = 0
    _options_value: Micros = 0
    _nets: dict[str, _Net] = field(default_factory=dict)
    _columns: _Columns | None = None
    _net_legs: tuple[NetLeg, ...] | None = None
    _unquoted: int | None = None

    @property
    def empty(self) -> bool:
        """Whether no position has a leg here."""
        return not self._nets and not self._share_legs

    @property
    def unquoted(self) -> int:
        """Contracts whose mark is no two-sided trustworthy quote."""
        if self._unquoted is None:
            self._unquoted = sum(mark.source is not MarkSource.TWO_SIDED_QUOTE for mark in self.marks.values())
        return self._unquoted

    @property
    def net_legs(self) -> tuple[NetLeg, ...]:
        """Contracts ascending by id, then the shares; a contract whose legs cancel stands with 0."""
        if self._net_legs is None:
            shares = (NetLeg(Stock(self.underlying), self.shares),) if self.shares else ()
            self._net_legs = (*self._arranged().legs, *shares)
        return self._net_legs

    def take(self, leg: PositionLeg, times: int, first_mark: Callable[[OptionContract], Mark]) -> None:
        """Add a leg of a position (times 1), or take it away (times -1); what nobody holds loses its mark.

        Args:
            first_mark: asked for the mark of a contract that has none.
        """
        self._net_legs = None
        contract, quantity = leg.instrument, times * leg.quantity
        if not isinstance(contract, OptionContract):
            self.shares += quantity
            self._share_legs += times
            return
        self._columns = self._unquoted = None
        symbol = contract.symbol
        mark = self.marks.get(symbol)
        if mark is None:
            mark = self.marks[symbol] = first_mark(contract)
        self._options_value += quantity * contract.multiplier * mark.price
        net = self._nets.get(symbol)
        if net is None:
            self._nets[symbol] = _Net(contract, NetLeg(contract, quantity), times)
        elif net.legs + times:
            self._nets[symbol] = _Net(contract, NetLeg(contract, net.leg.quantity + quantity), net.legs + times)
        else:
            del self._nets[symbol], self.marks[symbol]

    def mark(self, snapshot: ChainSnapshot, counts: Counter[MarkSource]) -> None:
        """Mark every contract on a chain, and count the marks by source."""
        contracts, _, sizes = self._arranged()
        marks, others = mark_options(contracts, snapshot, self.marks)
        self.marks.update(zip([contract.symbol for contract in contracts], marks, strict=True))
        self._options_value = sum(map(mul, sizes, [mark.price for mark in marks]))
        for mark in others:
            counts[mark.source] += 1
        if len(others) < len(marks):
            counts[MarkSource.TWO_SIDED_QUOTE] += len(marks) - len(others)
        self._unquoted = len(others)

    def revalue(self, price: float) -> Micros:
        """Value everything with shares at a price; the change since the last time."""
        before, self.value = self.value, self._options_value
        if self.shares:
            self.value += self.shares * to_micros(price)
        return self.value - before

    def _arranged(self) -> _Columns:
        if self._columns is None:
            nets = sorted(self._nets.values(), key=attrgetter("contract.contract_id"))
            self._columns = _Columns(
                tuple([net.contract for net in nets]),
                tuple([net.leg for net in nets]),
                tuple([net.leg.quantity * net.contract.multiplier for net in nets]),
            )
        return self._columns
