"""Rows of the integer programme for European short boxes, which cost at least 102 % of closing them (RULES 7.6).

Whether a spread is a box depends on what stands in it. Switches of 0 or 1 say why one is none: an option that has no
part in any box, contracts left over at a strike, or a box that is long. Where no switch is on, the charge is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.margin.groups import COST_TO_CLOSE
from engine.margin.legs import Floats, Integers, LegColumns
from engine.margin.programme_rows import Asked, Rows, Together

_Settling: TypeAlias = tuple[int, float]
"""Rank of an expiration, and size of its contracts."""
_Row: TypeAlias = tuple[Floats, float]
"""Weights and what they add up to at least."""
_CHARGED, _STRANGER, _LONG, _SWITCHES = 0, 1, 2, 3
_ALL_KINDS: Final = 0b1111
"""Calls and puts, each bought and sold."""
_SIDES: Final = (1.0, -1.0)


@dataclass(frozen=True, slots=True)
class BoxRows:
    """Spreads that can be boxes, by their number, each with the strikes of its boxes."""

    strikes: dict[int, Floats]

    @property
    def columns(self) -> int:
        """How many switches there are; their columns come last."""
        return sum([_switches(strikes) for strikes in self.strikes.values()])

    @property
    def rows(self) -> int:
        """How many rows there are; they come last, too."""
        return self.columns + len(self.strikes)

    def lay(self, options: LegColumns, asked: Asked, together: Together, rows: Rows) -> None:
        """Write weights and bounds of the last rows, which are empty."""
        count, columns = rows.matrix.shape
        row, first = count - self.rows, columns - self.columns
        uses = _uses(asked.members, len(options.right), columns)
        for number, strikes in self.strikes.items():
            expires, size = asked.spreads[number].tolist()
            spread = _Inside.of(options, together, uses, number, _of_boxes(options, (expires, size)))
            for weights, bound in _rows_of(spread, options, strikes, first, asked.scale):
                rows.matrix[row], rows.bounds[row] = weights, bound
                row += 1
            first += _switches(strikes)


def _uses(members: Integers, places: int, columns: int) -> Floats:
    """Contracts of each place that one of each group uses, of shape (places, columns)."""
    uses = np.zeros((places, columns))
    groups, legs = np.nonzero(members >= 0)
    uses[members[groups, legs], groups] = 1.0
    return uses


def possible_boxes(options: LegColumns, spreads: Sequence[_Settling]) -> BoxRows:
    """The spreads in which European options of one expiration can make a short box; each by what its shorts are."""
    found: dict[int, Floats] = {}
    both_sides = _with_both_sides(options)
    for number, settling in enumerate(spreads):
        if settling in both_sides:
            own = _of_boxes(options, settling)
            calls, short = options.right > 0.0, options.quantity < 0
            bought, sold = (
                np.intersect1d(options.strike[own & calls & side], options.strike[own & ~calls & ~side])
                for side in (~short, short)
            )
            if len(sold) and len(bought) and sold.min() < bought.max():
                found[number] = np.union1d(sold, bought)
    return BoxRows(found)


def _with_both_sides(options: LegColumns) -> set[_Settling]:
    """Where European calls and puts are bought and sold, whatever their strikes."""
    kinds: dict[_Settling, int] = {}
    columns = (options.expires, options.multiplier, options.european, options.right, options.quantity)
    for expires, size, european, right, quantity in zip(*(column.tolist() for column in columns), strict=True):
        if european:
            settling = (expires, size)
            kinds[settling] = kinds.get(settling, 0) | 1 << (2 * (quantity < 0) + (right > 0.0))
    return {settling for settling, kind in kinds.items() if kind == _ALL_KINDS}


def _of_boxes(options: LegColumns, settling: _Settling) -> NDArray[np.bool_]:
    """European options of one expiration and size."""
    expires, size = settling
    own: NDArray[np.bool_] = (options.expires == expires) & (options.multiplier == size) & options.european
    return own


def _switches(strikes: Floats) -> int:
    return _SWITCHES + len(_SIDES) * len(strikes)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What stands in a spread: signed contracts of each place are `weights @ x + constant`.

    Attributes:
        own: the European options that expire with the shorts; `members` are all that may stand in it.
        loss: column of the spread's loss.
    """

    weights: Floats
    constant: Floats
    own: NDArray[np.bool_]
    members: NDArray[np.bool_]
    loss: int

    @classmethod
    def of(cls, options: LegColumns, together: Together, uses: Floats, number: int, own: NDArray[np.bool_]) -> _Inside:
        shorts, longs = together.shorts[number], together.longs[number]
        weights, loss = np.where(shorts[:, None], uses, 0.0), int(together.first[number])
        places = np.flatnonzero(longs)
        weights[places, loss + 1 + np.arange(len(places))] = 1.0
        constant = np.where(shorts, options.quantity, 0).astype(np.float64)
        return cls(weights, constant, own, shorts | longs, loss)

    def at_least(self, worth: Floats, least: float, switch: int, most: Floats) -> _Row:
        """Worth of all contracts, no less than `least` where the switch is on; `most` contracts there may be."""
        slack = least + float(np.abs(worth) @ most)
        weights = worth @ self.weights
        weights[switch] -= slack
        return weights, least - slack - float(worth @ self.constant)


def _rows_of(spread: _Inside, options: LegColumns, strikes: Floats, first: int, scale: float) -> Iterator[_Row]:
    """One of the switches is on, and what each of them says."""
    held = np.where(spread.members, np.abs(options.quantity), 0).astype(np.float64)
    in_box = spread.own & np.isin(options.strike, strikes)
    sign = np.sign(options.quantity)
    money = options.multiplier / scale
    one_is_on = np.zeros(spread.weights.shape[1])
    one_is_on[first : first + _switches(strikes)] = 1.0
    yield one_is_on, 1.0
    charge = spread.at_least(COST_TO_CLOSE * options.value / scale, 0.0, first + _CHARGED, held)
    charge[0][spread.loss] += 1.0
    yield charge
    yield spread.at_least(np.where(spread.members & ~in_box, sign, 0.0), 1.0, first + _STRANGER, held)
    calls = in_box & (options.right > 0.0)
    yield spread.at_least(np.where(calls, -options.strike * money, 0.0), 0.0, first + _LONG, held)
    for number, strike in enumerate(strikes.tolist()):
        here = in_box & (options.strike == strike)
        for side, turn in enumerate(_SIDES):
            switch = first + _SWITCHES + len(_SIDES) * number + side
            yield spread.at_least(np.where(here, turn, 0.0), 1.0, switch, held)
