"""Primal simplex, compiled: from the optimum of other costs, which breaks no row, to that of the present ones."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.margin.dictionary import TOLERANCE, Dictionary, Problem, basic_value, exchange
from engine.pricing.compiling import loop

STEPS: Final = 200
"""Of the primal simplex from an old optimum, after which it is quicker to begin anew."""


@loop
def recost(state: Dictionary, problem: Problem) -> bool:
    """Primal simplex from the optimum of other costs; whether it came to that of the present ones."""
    own, columns = state.table[0], state.nonbasic.size
    own[:] = 0.0
    for name in range(columns):
        place, cost = state.place[name], problem.costs[name]
        if place < 0:
            own[-1 - place] += cost
        elif cost != 0.0:
            for k in range(columns + 1):
                own[k] += cost * state.table[place, k]
    state.inside[0] = basic_value(state, 0)
    for _ in range(STEPS):
        column = _improving(state)
        if column < 0:
            return True
        state.counts[1] += 1
        if not _step(state, column):
            return False
    return False


@loop
def _improving(state: Dictionary) -> int:
    """The column whose variable lowers the cost most by leaving its limit; -1 where none does."""
    best, chosen = TOLERANCE, -1
    for k in range(state.nonbasic.size):
        name, cost = state.nonbasic[k], state.table[0, k]
        gain = -cost if state.outside[k] == state.least[name] else cost
        if gain > best and state.most[name] > state.least[name]:
            best, chosen = gain, k
    return chosen


@loop
def _step(state: Dictionary, column: int) -> bool:
    """Move a variable until it or a basic one stops at a limit; whether anything stops it."""
    name = state.nonbasic[column]
    rising = state.outside[column] == state.least[name]
    way, shortest, chosen, largest = 1.0 if rising else -1.0, state.most[name] - state.least[name], 0, 0.0
    for row in range(1, state.counts[0]):
        rate, basic = way * state.table[row, column], state.basic[row]
        if abs(rate) <= TOLERANCE:
            continue
        limit = state.most[basic] if rate > 0.0 else state.least[basic]
        room = max((limit - state.inside[row]) / rate, 0.0)
        if room < shortest - TOLERANCE or (room <= shortest and abs(rate) > largest and chosen):
            shortest, chosen, largest = room, row, abs(rate)
    if shortest == np.inf:
        return False
    if chosen:
        exchange(state, chosen, column, way * state.table[chosen, column] < 0.0)
        return True
    for row in range(state.counts[0]):
        state.inside[row] += way * shortest * state.table[row, column]
    state.outside[column] = state.most[name] if rising else state.least[name]
    return True
