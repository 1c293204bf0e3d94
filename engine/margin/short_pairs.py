"""The cheapest straddles and strangles of a book that is short options and nothing else.

No long covers anything there, so that a plan is a choice of pairs of a call and a put (RULES 7.3), each contract in one
pair at most: an assignment, which a library solves exactly and at once, and whose cost proves itself at any prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from engine.margin.charges import GroupKind
from engine.margin.groups import Alike, Counted, Plan
from engine.margin.legs import Floats, Integers, LegColumns
from engine.records import quickly_made

CONTRACTS: Final = 400
"""Contracts in a book of least quantities up to which they are paired one by one."""
_EQUAL: Final = 1e-9
"""Savings in units of all savings together that differ by less are the same."""

_UNCOVERED: Final = GroupKind.UNCOVERED
_STRADDLE: Final = GroupKind.STRADDLE
_Pairs: TypeAlias = tuple[Integers, Integers]
"""Numbers of the calls, and of the puts that they are paired with."""


@quickly_made
@dataclass(frozen=True, slots=True)
class _Contracts:
    """The contracts of a book, one by one.

    Attributes:
        calls: place of each short call among the options, one entry a contract; `puts` likewise.
        apart: whether a call and a put differ in size, of shape (calls, puts); None where none do.
        factor: the book is so many times this one.
        once: the same, once a contract; None where a place holds more than one.
    """

    calls: Integers
    puts: Integers
    apart: NDArray[np.bool_] | None
    factor: int
    once: Integers | None

    @classmethod
    def of(cls, options: LegColumns, factor: int) -> _Contracts:
        places = np.repeat(np.arange(len(options.quantity)), -options.quantity)
        is_call = options.right[places] > 0.0
        calls, puts = places[is_call], places[~is_call]
        apart = options.multiplier[calls, None] != options.multiplier[puts]
        once = np.full(len(places), factor) if len(places) == len(options.quantity) else None
        return cls(calls, puts, apart if apart.any() else None, factor, once)

    def counted(self, kind: GroupKind, members: Integers) -> Counted:
        """Groups of one contract a leg, of which those alike become one so many times."""
        if self.once is not None:
            return Counted(Alike(kind, members), self.once[: len(members)])
        members, counts = np.unique(members, axis=0, return_counts=True)
        return Counted(Alike(kind, members), counts * self.factor)

    def savings(self, options: LegColumns, uncovered: Floats) -> Floats:
        """USD that a pair requires less than its two sides alone, of shape (calls, puts); 0 where sizes differ.

        A pair requires its greater side and the other's premium: of the lesser side it saves all but the premium, of
        two equal ones the lesser saving.
        """
        beyond_premium = (uncovered - options.price) * options.multiplier
        of_calls, of_puts = uncovered[self.calls][:, None], uncovered[self.puts]
        call_saves, put_saves = beyond_premium[self.calls][:, None], beyond_premium[self.puts]
        savings: Floats = np.where(of_calls > of_puts, put_saves, call_saves)
        equal = of_calls == of_puts
        if np.count_nonzero(equal):
            savings[equal] = np.minimum(call_saves, put_saves)[equal]
        if self.apart is not None:
            savings[self.apart] = 0.0
        return savings


@quickly_made
@dataclass(frozen=True, slots=True)
class ShortPairs:
    """The pairs that save most."""

    contracts: _Contracts
    paired: _Pairs

    @classmethod
    def cheapest(cls, options: LegColumns, uncovered: Floats, factor: int) -> ShortPairs:
        """Pairs of `options`, which are short and of the smaller book.

        Args:
            uncovered: what each option requires without cover, USD a share.
        """
        contracts = _Contracts.of(options, factor)
        return cls(contracts, _most_saving(contracts.savings(options, uncovered))[0])

    def again(self, options: LegColumns, uncovered: Floats) -> ShortPairs:
        """The pairs that save most at other prices: these, where no others save more."""
        savings = self.contracts.savings(options, uncovered)
        paired, most = _most_saving(savings)
        if float(np.add.reduce(savings[self.paired])) >= most - _EQUAL * (1.0 + most):
            return self
        return ShortPairs(self.contracts, paired)

    def plan(self) -> Plan:
        """The whole book's."""
        contracts, (numbers, others) = self.contracts, self.paired
        straddles = np.empty((len(numbers), 2), np.int64)
        straddles[:, 0], straddles[:, 1] = contracts.calls[numbers], contracts.puts[others]
        alone = _left(contracts.calls, numbers) + _left(contracts.puts, others)
        kinds = []
        if alone:
            kinds.append(contracts.counted(_UNCOVERED, np.array(sorted(alone))[:, None]))
        if len(straddles):
            kinds.append(contracts.counted(_STRADDLE, straddles))
        return Plan(tuple(kinds), ())


def _left(places: Integers, numbers: Integers) -> list[int]:
    """The places of all contracts but some."""
    if len(numbers) == len(places):
        return []
    left: list[int] = np.delete(places, numbers).tolist()
    return left


def _most_saving(savings: Floats) -> tuple[_Pairs, float]:
    """The pairs that save most, where that is anything, and what they save together."""
    calls, puts = linear_sum_assignment(savings, maximize=True)
    saved = savings[calls, puts]
    worth = saved > 0.0
    if np.count_nonzero(worth) < len(worth):
        calls, puts, saved = calls[worth], puts[worth], saved[worth]
    return (calls, puts), float(np.add.reduce(saved))
