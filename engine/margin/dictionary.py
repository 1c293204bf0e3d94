"""A linear programme as a dictionary, and its dual simplex, compiled.

Least `costs @ x` for `matrix @ x >= bounds` and `0 <= x <= most`. Variables have names: x from 0, then the slack of
every row. Row 0 of the dictionary is the cost, every other row a basic variable, the last column the constants.

A row enters when a solution breaks it: of the many strikes at which a spread could lose most, few bind. Other limits
leave a dictionary dual feasible, so that a branch goes on from where the last one ended.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from engine.margin.legs import Floats, Integers
from engine.pricing.compiling import loop

TOLERANCE: Final = 1e-9
"""Of costs and of rows, whose entries are of the order of 1."""
OPTIMAL: Final = 0
CUT: Final = 1
EMPTY: Final = 2
EXHAUSTED: Final = 3


class Problem(NamedTuple):
    """What is asked.

    Attributes:
        family: of each row; negative: it stands from the beginning. Of a family, the row broken most enters first.
        whole: 1 where x must be a whole number.
    """

    costs: Floats
    matrix: Floats
    bounds: Floats
    family: Integers
    most: Floats
    whole: Integers


class Dictionary(NamedTuple):
    """The state of the simplex; `place` is the row of a basic variable, or -1 - column of a nonbasic one.

    Attributes:
        counts: rows in use, pivots made, pivots allowed.
        least, most: limits of all variables.
        outside, inside: values of nonbasic and basic variables.
    """

    table: Floats
    counts: Integers
    basic: Integers
    nonbasic: Integers
    place: Integers
    least: Floats
    most: Floats
    outside: Floats
    inside: Floats


@loop
def begin(problem: Problem, pivots: int) -> Dictionary:
    """Nothing is chosen: all slacks are basic."""
    rows, columns = problem.matrix.shape
    table = np.empty((rows + 1, columns + 1))  # a row is written when it enters
    table[0, :columns], table[0, columns] = problem.costs, 0.0
    most = np.full(columns + rows, np.inf)
    most[:columns] = problem.most
    place = np.zeros(columns + rows, np.int64)
    place[:columns] = -1 - np.arange(columns)
    counts = np.array([1, 0, pivots])
    state = Dictionary(
        table,
        counts,
        np.zeros(rows + 1, np.int64),
        np.arange(columns),
        place,
        np.zeros(columns + rows),
        most,
        np.zeros(columns),
        np.zeros(rows + 1),
    )
    for row in range(rows):
        if problem.family[row] < 0:
            enter_row(state, problem, row)
    return state


@loop
def enter_row(state: Dictionary, problem: Problem, row: int) -> None:
    """Take a row in, its slack basic."""
    columns, here = state.nonbasic.size, state.counts[0]
    own = state.table[here]
    own[:] = 0.0
    own[columns] = -problem.bounds[row]
    for column in range(columns):
        weight = problem.matrix[row, column]
        place = state.place[column]
        if weight != 0.0 and place > 0:
            for k in range(columns + 1):
                own[k] += weight * state.table[place, k]
        elif weight != 0.0:
            own[-1 - place] += weight
    state.basic[here] = columns + row
    state.place[columns + row] = here
    state.inside[here] = basic_value(state, here)
    state.counts[0] += 1


@loop
def basic_value(state: Dictionary, row: int) -> float:
    """What the nonbasic variables make of the basic one of a row."""
    columns = state.nonbasic.size
    total: float = state.table[row, columns]
    for k in range(columns):
        total += state.table[row, k] * state.outside[k]
    return total


@loop
def value_of(state: Dictionary, name: int) -> float:
    """Present value of a variable."""
    place = state.place[name]
    value: float = state.inside[place] if place > 0 else state.outside[-1 - place]
    return value


@loop
def settle(state: Dictionary) -> None:
    """Nonbasic variables at the limit that their reduced cost asks for, and what follows for the basic ones.

    Those that cost nothing stay where they are: to move them would only break rows.
    """
    for k in range(state.nonbasic.size):
        name, cost = state.nonbasic[k], state.table[0, k]
        if abs(cost) <= TOLERANCE and state.outside[k] in (state.least[name], state.most[name]):
            continue
        low = cost >= 0.0 or state.most[name] == np.inf
        state.outside[k] = state.least[name] if low else state.most[name]
    for row in range(state.counts[0]):
        state.inside[row] = basic_value(state, row)


@loop
def descend(state: Dictionary, problem: Problem, cutoff: float) -> int:
    """Dual simplex to the optimum, to a cost of `cutoff`, to a contradiction, or until no pivot is left."""
    settle(state)
    while state.inside[0] < cutoff:
        row = _leaving(state)
        if row == 0:
            if not _enter_broken(state, problem):
                return OPTIMAL
            continue
        state.counts[1] += 1
        if state.counts[1] > state.counts[2]:
            return EXHAUSTED
        column = _entering(state, row)
        if column < 0:
            return EMPTY
        exchange(state, row, column, state.inside[row] < state.least[state.basic[row]])
    return CUT


@loop
def _leaving(state: Dictionary) -> int:
    """The row whose variable lies farthest outside its limits; 0 where none does."""
    worst, found = TOLERANCE, 0
    for row in range(1, state.counts[0]):
        name, value = state.basic[row], state.inside[row]
        off = max(state.least[name] - value, value - state.most[name])
        if off > worst:
            worst, found = off, row
    return found


@loop
def _entering(state: Dictionary, row: int) -> int:
    """The column that gives way at least cost, the largest pivot among equals; -1 where none can."""
    rising = 1.0 if state.inside[row] < state.least[state.basic[row]] else -1.0
    best, chosen, largest = np.inf, -1, 0.0
    for closer in range(2):
        for k in range(state.nonbasic.size):
            name, weight = state.nonbasic[k], rising * state.table[row, k]
            if abs(weight) <= TOLERANCE or state.most[name] <= state.least[name]:
                continue
            if (weight > 0.0) != (state.outside[k] == state.least[name]):
                continue
            cost, weight = abs(state.table[0, k]), abs(weight)
            if not closer:
                best = min(best, (cost + TOLERANCE) / weight)
            elif weight > largest and cost / weight <= best:
                chosen, largest = k, weight
    return chosen


@loop
def exchange(state: Dictionary, row: int, column: int, low: bool) -> None:
    """The basic variable of a row stops at its lower or upper limit, the one of a column takes its place."""
    leaves, enters = state.basic[row], state.nonbasic[column]
    target = state.least[leaves] if low else state.most[leaves]
    step = (target - state.inside[row]) / state.table[row, column]
    for i in range(state.counts[0]):
        state.inside[i] += step * state.table[i, column]
    state.inside[row] = state.outside[column] + step
    state.outside[column] = target
    _pivot(state.table, state.counts[0], row, column)
    state.basic[row], state.nonbasic[column] = enters, leaves
    state.place[enters], state.place[leaves] = row, -1 - column


@loop
def _pivot(table: Floats, rows: int, row: int, column: int) -> None:
    own = table[row]
    inverse = 1.0 / own[column]
    for k in range(own.size):
        own[k] *= -inverse
    own[column] = inverse
    for i in range(rows):
        factor = table[i, column]
        if i != row and factor != 0.0:
            other = table[i]
            other[column] = 0.0
            for k in range(own.size):
                other[k] += factor * own[k]


@loop
def _enter_broken(state: Dictionary, problem: Problem) -> bool:
    """Take in the row of each family that is broken most; whether there was one."""
    rows, columns = problem.matrix.shape
    x = np.empty(columns)
    for column in range(columns):
        x[column] = value_of(state, column)
    worst, which = np.full(rows, -TOLERANCE), np.full(rows, -1)
    for row in range(rows):
        family = problem.family[row]
        if family >= 0 and state.place[columns + row] == 0:
            slack = -problem.bounds[row]
            for column in range(columns):
                slack += problem.matrix[row, column] * x[column]
            if slack < worst[family]:
                worst[family], which[family] = slack, row
    any_broken = False
    for row in which:
        if row >= 0:
            enter_row(state, problem, row)
            any_broken = True
    return any_broken
