"""The cheapest straddles and strangles of a book that is short options and nothing else.

No long covers anything there, so that a plan is a choice of pairs of a call and a put (RULES 7.3), each contract in one
pair at most: an assignment, which a library solves exactly and at once, and whose cost proves itself at any prices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from engine.margin.charges import GroupKind
from engine.margin.groups import Group, Plan
from engine.margin.legs import Floats, Integers, LegColumns
from engine.records import quickly_made

CONTRACTS: Final = 400
"""Contracts in a book of least quantities up to which they are paired one by one."""
_EQUAL: Final = 1e-9
"""Savings in units of all savings together that differ by less are the same."""

_Item = TypeVar("_Item")
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
    """

    calls: Integers
    puts: Integers
    apart: NDArray[np.bool_] | None
    factor: int

    @classmethod
    def of(cls, options: LegColumns, factor: int) -> _Contracts:
        places = np.repeat(np.arange(len(options.quantity)), -options.quantity)
        is_call = options.right[places] > 0.0
        calls, puts = places[is_call], places[~is_call]
        apart = options.multiplier[calls, None] != options.multiplier[puts]
        return cls(calls, puts, apart if apart.any() else None, factor)

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
        if equal.any():
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
        if float(savings[self.paired].sum()) >= most - _EQUAL * (1.0 + most):
            return self
        return ShortPairs(self.contracts, paired)

    def plan(self) -> Plan:
        """The whole book's."""
        contracts, factor = self.contracts, self.contracts.factor
        calls, puts = contracts.calls[self.paired[0]].tolist(), contracts.puts[self.paired[1]].tolist()
        alone, pairs = (
            _counted(contracts.calls.tolist() + contracts.puts.tolist()),
            _counted(zip(calls, puts, strict=True)),
        )
        for place in calls + puts:
            alone[place] -= 1
        uncovered_groups = [
            Group(GroupKind.UNCOVERED, (place,), count * factor) for place, count in sorted(alone.items()) if count
        ]
        straddles = [Group(GroupKind.STRADDLE, pair, count * factor) for pair, count in sorted(pairs.items())]
        return Plan((*uncovered_groups, *straddles), ())


def _counted(items: Iterable[_Item]) -> dict[_Item, int]:
    """How often each item comes; a `Counter` takes longer to make than these to count."""
    counts: dict[_Item, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def _most_saving(savings: Floats) -> tuple[_Pairs, float]:
    """The pairs that save most, where that is anything, and what they save together."""
    calls, puts = linear_sum_assignment(savings, maximize=True)
    saved = savings[calls, puts]
    worth = saved > 0.0
    if not worth.all():
        calls, puts, saved = calls[worth], puts[worth], saved[worth]
    return (calls, puts), float(saved.sum())
