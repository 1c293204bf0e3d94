"""Rows of the integer programme that say what a spread costs and what is held of its legs, compiled."""

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


class Asked(NamedTuple):
    """What the rows are about.

    Attributes:
        right, strike: of all places; `quantity` likewise, contracts, negative when short.
        money: what one point of intrinsic value of each is in units of the programme.
        members: places of the legs of each group, of shape (groups, 2), -1 where it has but one; their columns come
            first.
    """

    right: Floats
    strike: Floats
    quantity: Integers
    money: Floats
    members: Integers
    together: Together


class Rows(NamedTuple):
    """Rows of the programme and limits of its columns, as `dictionary.Problem` has them."""

    matrix: Floats
    bounds: Floats
    family: Integers
    most: Floats
    whole: Integers


@kernel
def laid_rows(asked: Asked, more_rows: int, switches: int) -> Rows:
    """Rows of spreads, then of legs, then so many empty ones; switches are the last columns.

    A loss that does not grow beyond the outermost strikes is largest at the strike of a long.
    """
    used, columns = _used(asked), _columns(asked) + switches
    count = _rows_of_spreads(asked) + np.count_nonzero(used > 1) + more_rows
    rows = Rows(
        np.zeros((count, columns)),
        np.zeros(count),
        np.full(count, STANDS),
        np.full(columns, np.inf),
        np.ones(columns, np.int64),
    )
    rows.most[columns - switches :] = 1.0
    _limit_columns(asked, rows)
    _lay_legs(asked, rows, used, _lay_spreads(asked, rows))
    return rows


@loop
def _used(asked: Asked) -> Integers:
    """How many columns use each place."""
    used = np.zeros(asked.right.size, np.int64)
    for group in range(asked.members.shape[0]):
        for leg in range(2):
            if asked.members[group, leg] >= 0:
                used[asked.members[group, leg]] += 1
    for spread in range(asked.together.first.size):
        for place in range(used.size):
            used[place] += asked.together.longs[spread, place]
    return used


@loop
def _columns(asked: Asked) -> int:
    """Of groups and of spreads."""
    columns: int = asked.members.shape[0]
    for spread in range(asked.together.first.size):
        if asked.together.first[spread] >= 0:
            columns += 1 + np.count_nonzero(asked.together.longs[spread])
    return columns


@loop
def _limit_columns(asked: Asked, rows: Rows) -> None:
    """No more of any column than is held of its legs; losses need not be whole."""
    held, together = np.abs(asked.quantity), asked.together
    for group in range(asked.members.shape[0]):
        for leg in range(2):
            if asked.members[group, leg] >= 0:
                rows.most[group] = min(rows.most[group], held[asked.members[group, leg]])
    for spread in range(together.first.size):
        column = together.first[spread]
        if column >= 0:
            rows.whole[column] = 0
            for place in range(held.size):
                if together.longs[spread, place]:
                    column += 1
                    rows.most[column] = held[place]


@loop
def _rows_of_spreads(asked: Asked) -> int:
    together, count = asked.together, 0
    for spread in range(together.first.size):
        count += _has_shorts(asked, spread, -1.0) + _has_shorts(asked, spread, 1.0)
        for long in range(asked.right.size):
            count += together.longs[spread, long] and not _stands_before(asked, spread, long)
    return count


@loop
def _lay_spreads(asked: Asked, rows: Rows) -> int:
    """Of each right at least as many longs as shorts; losses at the strikes of the longs. The number of the rows."""
    together, places, count = asked.together, asked.right.size, 0
    worth = np.zeros(places)
    for spread in range(together.first.size):
        for right in (-1.0, 1.0):
            if _has_shorts(asked, spread, right):
                for place in range(places):
                    worth[place] = 1.0 if asked.right[place] == right else 0.0
                _lay(asked, rows, spread, worth, count)
                count += 1
        for long in range(places):
            if together.longs[spread, long] and not _stands_before(asked, spread, long):
                for place in range(places):
                    inside = asked.right[place] * (asked.strike[long] - asked.strike[place])
                    worth[place] = asked.money[place] * max(inside, 0.0)
                _lay(asked, rows, spread, worth, count)
                rows.matrix[count, together.first[spread]] = 1.0
                rows.family[count] = spread
                count += 1
    return count


@loop
def _has_shorts(asked: Asked, spread: int, right: float) -> bool:
    found = False
    for place in range(asked.right.size):
        found |= asked.together.shorts[spread, place] and asked.right[place] == right
    return found


@loop
def _stands_before(asked: Asked, spread: int, long: int) -> bool:
    """Whether a long at an earlier place has the same strike."""
    before = False
    for place in range(long):
        before |= asked.together.longs[spread, place] and asked.strike[place] == asked.strike[long]
    return before


@loop
def _lay(asked: Asked, rows: Rows, spread: int, worth: Floats, row: int) -> None:
    """Longs and shorts that leave the spread are worth at least what all of its shorts are."""
    weights, together = rows.matrix[row], asked.together
    column, shorts = together.first[spread] + 1, together.shorts[spread]
    for place in range(worth.size):
        if together.longs[spread, place]:
            weights[column] = worth[place]
            column += 1
        elif shorts[place]:
            rows.bounds[row] -= asked.quantity[place] * worth[place]
    for group in range(asked.members.shape[0]):
        for leg in range(2):
            place = asked.members[group, leg]
            if place >= 0 and shorts[place]:
                weights[group] += worth[place]


@loop
def _lay_legs(asked: Asked, rows: Rows, used: Integers, first: int) -> None:
    """No more of a leg than is held; where one column uses it, that column has this limit itself."""
    together, members, row = asked.together, asked.members, first
    for own in range(used.size):
        if used[own] < 2:
            continue
        weights = rows.matrix[row]
        rows.bounds[row] = -abs(asked.quantity[own])
        for group in range(members.shape[0]):
            if own in (members[group, 0], members[group, 1]):
                weights[group] = -1.0
        for spread in range(together.first.size):
            if together.longs[spread, own]:
                weights[together.first[spread] + 1 + np.count_nonzero(together.longs[spread, :own])] = -1.0
        row += 1
