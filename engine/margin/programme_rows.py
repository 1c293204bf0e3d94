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
        right, strike, expires, size: of all places; `quantity` likewise, contracts, negative when short.
        scale: USD of a unit of the programme.
        spreads: expiration and size of the shorts of each, of shape (spreads, 2).
        members: places of the legs of each group, of shape (groups, 2), -1 where it has but one; their columns come
            first.
    """

    right: Floats
    strike: Floats
    expires: Integers
    size: Floats
    quantity: Integers
    scale: float
    spreads: Floats
    members: Integers


class Rows(NamedTuple):
    """Rows of the programme and limits of its columns, as `dictionary.Problem` has them."""

    matrix: Floats
    bounds: Floats
    family: Integers
    most: Floats
    whole: Integers


@kernel
def laid_rows(asked: Asked, more_rows: int, switches: int) -> tuple[Together, Rows]:
    """Rows of spreads, then of legs, then so many empty ones; switches are the last columns.

    A loss that does not grow beyond the outermost strikes is largest at the strike of a long.
    """
    together, columns = _together(asked)
    used, columns = _used(asked, together), columns + switches
    count = _rows_of_spreads(asked, together) + np.count_nonzero(used > 1) + more_rows
    rows = Rows(
        np.zeros((count, columns)),
        np.zeros(count),
        np.full(count, STANDS),
        np.full(columns, np.inf),
        np.ones(columns, np.int64),
    )
    rows.most[columns - switches :] = 1.0
    _limit_columns(asked, together, rows)
    _lay_legs(asked, together, rows, used, _lay_spreads(asked, together, rows))
    return together, rows


@loop
def _together(asked: Asked) -> tuple[Together, int]:
    """Shorts of each spread with the longs that may cover them (RULES 7.4), and how many columns there are."""
    spreads, places, columns = len(asked.spreads), asked.right.size, len(asked.members)
    shorts, longs = np.zeros((spreads, places), np.bool_), np.zeros((spreads, places), np.bool_)
    first = np.full(spreads, -1)
    for spread in range(spreads):
        expires, size = asked.spreads[spread]
        count = 0
        for place in range(places):
            if asked.size[place] != size:
                continue
            if asked.quantity[place] < 0:
                shorts[spread, place] = asked.expires[place] == expires
            elif asked.expires[place] >= expires:
                longs[spread, place] = True
                count += 1
        if count:
            first[spread] = columns
            columns += 1 + count
    return Together(shorts, longs, first), columns


@loop
def _used(asked: Asked, together: Together) -> Integers:
    """How many columns use each place."""
    used = np.zeros(asked.right.size, np.int64)
    for group in range(asked.members.shape[0]):
        for leg in range(2):
            if asked.members[group, leg] >= 0:
                used[asked.members[group, leg]] += 1
    for spread in range(together.first.size):
        for place in range(used.size):
            used[place] += together.longs[spread, place]
    return used


@loop
def _limit_columns(asked: Asked, together: Together, rows: Rows) -> None:
    """No more of any column than is held of its legs; losses need not be whole."""
    held = np.abs(asked.quantity)
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
def _rows_of_spreads(asked: Asked, together: Together) -> int:
    count = 0
    for spread in range(together.first.size):
        count += _has_shorts(asked, together.shorts[spread], -1.0) + _has_shorts(asked, together.shorts[spread], 1.0)
        for long in range(asked.right.size):
            count += together.longs[spread, long] and not _stands_before(asked, together.longs[spread], long)
    return count


@loop
def _lay_spreads(asked: Asked, together: Together, rows: Rows) -> int:
    """Of each right at least as many longs as shorts; losses at the strikes of the longs. The number of the rows."""
    places, count = asked.right.size, 0
    worth, money = np.zeros(places), asked.size / asked.scale
    for spread in range(together.first.size):
        for right in (-1.0, 1.0):
            if _has_shorts(asked, together.shorts[spread], right):
                for place in range(places):
                    worth[place] = 1.0 if asked.right[place] == right else 0.0
                _lay(asked, together, rows, (spread, count), worth)
                count += 1
        for long in range(places):
            if together.longs[spread, long] and not _stands_before(asked, together.longs[spread], long):
                for place in range(places):
                    inside = asked.right[place] * (asked.strike[long] - asked.strike[place])
                    worth[place] = money[place] * max(inside, 0.0)
                _lay(asked, together, rows, (spread, count), worth)
                rows.matrix[count, together.first[spread]] = 1.0
                rows.family[count] = spread
                count += 1
    return count


@loop
def _has_shorts(asked: Asked, shorts: NDArray[np.bool_], right: float) -> bool:
    found = False
    for place in range(shorts.size):
        found |= shorts[place] and asked.right[place] == right
    return found


@loop
def _stands_before(asked: Asked, longs: NDArray[np.bool_], long: int) -> bool:
    """Whether a long at an earlier place has the same strike."""
    before = False
    for place in range(long):
        before |= longs[place] and asked.strike[place] == asked.strike[long]
    return before


@loop
def _lay(asked: Asked, together: Together, rows: Rows, which: tuple[int, int], worth: Floats) -> None:
    """Longs and shorts that leave the spread are worth at least what all of its shorts are."""
    spread, row = which
    weights, column, shorts = rows.matrix[row], together.first[spread] + 1, together.shorts[spread]
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
def _lay_legs(asked: Asked, together: Together, rows: Rows, used: Integers, first: int) -> None:
    """No more of a leg than is held; where one column uses it, that column has this limit itself."""
    members, row = asked.members, first
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
