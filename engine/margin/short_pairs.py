"""The cheapest straddles and strangles of a book that is short options and nothing else.

No long covers anything there, so that a plan is a choice of pairs of a call and a put (RULES 7.3), each contract in one
pair at most: an assignment, which a library solves exactly and at once, and whose cost proves itself at any prices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from engine.margin.charges import GroupKind, Spot, uncovered
from engine.margin.groups import Group, Plan
from engine.margin.legs import Floats, Integers, LegColumns

CONTRACTS: Final = 400
"""Contracts in a book of least quantities up to which they are paired one by one."""
_EQUAL: Final = 1e-9
"""Savings in units of all savings together that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class ShortPairs:
    """Pairs of single contracts.

    Attributes:
        calls: place of each short call among the options, one entry a contract; `puts` likewise.
        paired: number of the call and of the put of each pair, of shape (2, pairs).
        factor: the book is so many times this one.
    """

    calls: Integers
    puts: Integers
    paired: Integers
    factor: int

    @classmethod
    def cheapest(cls, options: LegColumns, spot: Spot, factor: int) -> ShortPairs:
        """The pairs that save most; `options` are short, and of the smaller book."""
        places = np.repeat(np.arange(len(options.quantity)), -options.quantity)
        is_call = options.right[places] > 0.0
        calls, puts = places[is_call], places[~is_call]
        paired, _ = _most_saving(_savings(options, spot, calls, puts))
        return cls(calls, puts, paired, factor)

    def hold(self, options: LegColumns, spot: Spot) -> bool:
        """Whether no other pairs save more at these prices."""
        savings = _savings(options, spot, self.calls, self.puts)
        _, most = _most_saving(savings)
        return float(savings[self.paired[0], self.paired[1]].sum()) >= most - _EQUAL * (1.0 + most)

    def plan(self) -> Plan:
        """The whole book's."""
        calls, puts = self.calls[self.paired[0]].tolist(), self.puts[self.paired[1]].tolist()
        pairs = Counter(zip(calls, puts, strict=True))
        alone = Counter(self.calls.tolist() + self.puts.tolist())
        alone.subtract(calls + puts)
        uncovered_groups = [
            Group(GroupKind.UNCOVERED, (place,), count * self.factor) for place, count in sorted(alone.items()) if count
        ]
        straddles = [Group(GroupKind.STRADDLE, pair, count * self.factor) for pair, count in sorted(pairs.items())]
        return Plan((*uncovered_groups, *straddles), ())


def _savings(options: LegColumns, spot: Spot, calls: Integers, puts: Integers) -> Floats:
    """USD that a pair requires less than its two sides alone, of shape (calls, puts); 0 where sizes differ.

    A pair requires its greater side and the other's premium: of the lesser side it saves all but the premium, of two
    equal ones the lesser saving.
    """
    required = uncovered(options, spot)
    beyond_premium = (required - options.price) * options.multiplier
    of_calls, of_puts = required[calls, None], required[puts]
    call_saves, put_saves = beyond_premium[calls, None], beyond_premium[puts]
    equal = np.where(of_calls == of_puts, np.minimum(call_saves, put_saves), call_saves)
    savings: Floats = np.where(of_calls > of_puts, put_saves, equal)
    return np.where(options.multiplier[calls, None] == options.multiplier[puts], savings, 0.0)


def _most_saving(savings: Floats) -> tuple[Integers, float]:
    """Numbers of the calls and puts that are paired, where that saves anything, and what they save together."""
    calls, puts = linear_sum_assignment(savings, maximize=True)
    saved = savings[calls, puts]
    worth = saved > 0.0
    return np.stack((calls[worth], puts[worth])), float(saved[worth].sum())
