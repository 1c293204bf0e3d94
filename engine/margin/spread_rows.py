"""Rows of the integer programme that say what a spread costs, compiled."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.margin.legs import Floats, Integers
from engine.pricing.compiling import kernel, loop

STANDS: Final = -1
"""Family of rows that are in the programme from the beginning."""


class Together(NamedTuple):
    """The spreads, one of each expiration and multiplier with shorts.

    Attributes:
        shorts, longs: whether a place stands with the spread or may, of shape (spreads, places).
        first: column of the spread's loss; those of its longs follow by place. Without longs there is none: -1.
    """

    shorts: NDArray[np.bool_]
    longs: NDArray[np.bool_]
    first: Integers

    @property
    def losses(self) -> Integers:
        """Columns of the losses."""
        return np.compress(self.first >= 0, self.first)


class SpreadLegs(NamedTuple):
    """Columns of all places.

    Attributes:
        money: what one point of intrinsic value is in units of the programme.
        sold: contracts, negative when long.
        uses: contracts that one of each column of the programme uses, of shape (places, columns).
    """

    right: Floats
    strike: Floats
    money: Floats
    sold: Integers
    uses: Floats


@kernel
def lay_spreads(
    legs: SpreadLegs,
    together: Together,
    rows: tuple[Floats, Floats, Integers],
) -> int:
    """Write weights, bounds and families of the rows; their number.

    A loss that does not grow beyond the outermost strikes is largest at the strike of a long.
    """
    weights, bounds, families = rows
    places, count = legs.right.size, 0
    worth = np.zeros(places)
    for spread in range(together.first.size):
        for right in (-1.0, 1.0):
            for place in range(places):
                worth[place] = 1.0 if legs.right[place] == right else 0.0
            if _lay(legs, together, spread, worth, weights[count], bounds[count : count + 1]):
                count += 1
        if together.first[spread] < 0:
            continue
        for long in range(places):
            if together.longs[spread, long] and not _stands_before(legs, together, spread, long):
                for place in range(places):
                    inside = legs.right[place] * (legs.strike[long] - legs.strike[place])
                    worth[place] = legs.money[place] * max(inside, 0.0)
                _lay(legs, together, spread, worth, weights[count], bounds[count : count + 1])
                weights[count, together.first[spread]] = 1.0
                families[count] = spread
                count += 1
    return count


@loop
def _stands_before(legs: SpreadLegs, together: Together, spread: int, long: int) -> bool:
    """Whether a long at an earlier place has the same strike."""
    before = False
    for place in range(long):
        before |= together.longs[spread, place] and legs.strike[place] == legs.strike[long]
    return before


@loop
def _lay(
    legs: SpreadLegs,
    together: Together,
    spread: int,
    worth: Floats,
    weights: Floats,
    bound: Floats,
) -> bool:
    """Longs and shorts that leave the spread are worth at least what all of its shorts are; whether any short is."""
    column, any_short = together.first[spread] + 1, False
    for place in range(legs.right.size):
        if together.longs[spread, place]:
            weights[column] = worth[place]
            column += 1
        elif together.shorts[spread, place] and worth[place] != 0.0:
            any_short = True
            bound[0] += legs.sold[place] * worth[place]
            for k in range(weights.size):
                weights[k] += worth[place] * legs.uses[place, k]
    return any_short
