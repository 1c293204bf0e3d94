"""What all positions together hold on one underlying, valued without a look at what has not changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter, mul

from engine.marks import Mark, Marks
from engine.model import ChainSnapshot, OptionContract, PositionLeg
from engine.money import Micros, to_micros
from engine.result import MarkSource


@dataclass(slots=True)
class _Net:
    """What is held of one contract.

    Attributes:
        size: money of one dollar per share.
        legs: number of position legs that it is made of.
    """

    contract: OptionContract
    quantity: int = 0
    size: int = 0
    legs: int = 0


@dataclass(slots=True)
class Holding:
    """Net quantities, marks and exact value of everything held on one underlying.

    Attributes:
        marks: of every contract held.
        shares: net quantity of shares.
        value: exact value of everything, as `revalue` last found it.
    """

    underlying: str
    marks: Marks = field(default_factory=Marks)
    shares: int = 0
    value: Micros = 0
    _share_legs: int = 0
    _options_value: Micros = 0
    _nets: dict[str, _Net] = field(default_factory=dict)
    _order: list[_Net] | None = None
    """Ascending by contract id."""
    _unquoted: int | None = None

    @property
    def empty(self) -> bool:
        """Whether no position has a leg here."""
        return not self._nets and not self._share_legs

    @property
    def unquoted(self) -> int:
        """Contracts whose mark is no two-sided trustworthy quote."""
        if self._unquoted is None:
            self._unquoted = sum(mark.source is not MarkSource.TWO_SIDED_QUOTE for mark in self.marks.others)
        return self._unquoted

    @property
    def contracts(self) -> list[OptionContract]:
        """Every contract that a position holds."""
        return [net.contract for net in self._nets.values()]

    def take(self, leg: PositionLeg, times: int, first_mark: Callable[[OptionContract], Mark]) -> None:
        """Add a leg of a position (times 1), or take it away (times -1); what nobody holds loses its mark.

        Args:
            first_mark: asked for the mark of a contract that has none.
        """
        contract, quantity = leg.instrument, times * leg.quantity
        if not isinstance(contract, OptionContract):
            self.shares += quantity
            self._share_legs += times
            return
        self._unquoted = None
        symbol, size = contract.symbol, quantity * contract.multiplier
        net = self._nets.get(symbol)
        if symbol not in self.marks:
            self.marks[symbol] = first_mark(contract)
        if net is None:
            net = self._nets[symbol] = _Net(contract)
            self._order = None
        self._options_value += size * self.marks.prices[symbol]
        net.quantity += quantity
        net.size += size
        net.legs += times
        if not net.legs:
            del self._nets[symbol], self.marks[symbol]
            self._order = None

    def mark(self, snapshot: ChainSnapshot, counts: Counter[MarkSource]) -> None:
        """Mark every contract on a chain, and count the marks by source."""
        nets = self._ordered()
        prices = self.marks.take([net.contract for net in nets], snapshot)
        self._options_value = sum(map(mul, [net.size for net in nets], prices))
        others = self.marks.others
        for mark in others:
            counts[mark.source] += 1
        if len(others) < len(prices):
            counts[MarkSource.TWO_SIDED_QUOTE] += len(prices) - len(others)
        self._unquoted = len(others)

    def revalue(self, price: float) -> Micros:
        """Value everything with shares at a price; the change since the last time."""
        before, self.value = self.value, self._options_value
        if self.shares:
            self.value += self.shares * to_micros(price)
        return self.value - before

    def _ordered(self) -> list[_Net]:
        if self._order is None:
            self._order = sorted(self._nets.values(), key=attrgetter("contract.contract_id"))
        return self._order
