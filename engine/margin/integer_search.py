"""Least cost over whole numbers: branch and bound, depth first, compiled; beyond its reach the solver of scipy.

Every leaf of the tree leaves its duals behind. Together they prove the optimum, and at other costs they still prove a
bound (`Proof.bound`): where what was found costs no more than that, nothing need be sought anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from engine.errors import EngineError
from engine.margin.dictionary import (
    EMPTY,
    EXHAUSTED,
    OPTIMAL,
    TOLERANCE,
    Dictionary,
    Problem,
    begin,
    descend,
    value_of,
)
from engine.margin.legs import Floats, Integers
from engine.margin.primal_simplex import recost
from engine.pricing.compiling import kernel, loop

NODES: Final = 100
"""Branches of the own search: what it has not proved by then takes the solver, which cuts, less time."""
PIVOTS: Final = 20_000
RENEWED: Final = 2_000
"""Pivots after which a dictionary that goes from price to price is begun anew, lest its rounding errors add up."""
SOLVER_NODES: Final = 1_000
"""Branches of the solver; it stops with what it has found and the bound it has proved."""
_WHOLE: Final = 1e-6
"""How far from a whole number a count may lie."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The leaves of a search.

    Attributes:
        constant: cost of each leaf where all that is not basic is 0, of shape (leaves,).
        reduced: reduced costs, of shape (leaves, columns); limits of x `least` and `most` likewise.
    """

    constant: Floats
    reduced: Floats
    least: Floats
    most: Floats

    def bound(self, change: Floats) -> float:
        """A cost that no solution undercuts where costs have changed by so much."""
        reduced = self.reduced + change
        reduced[np.abs(reduced) <= TOLERANCE] = 0.0
        lowest = reduced * np.where(reduced < 0.0, self.most, self.least)
        return float(np.minimum.reduce(self.constant + np.add.reduce(lowest, axis=1)))


@dataclass(frozen=True, slots=True)
class Solution:
    """The best that was found.

    Attributes:
        bound: no solution costs less; the cost itself where it is proved to be least.
        state: the optimum, where it was found without a branch.
    """

    values: Floats
    cost: float
    bound: float
    proof: Proof
    problem: Problem
    state: Dictionary | None = None

    def again(self, costs: Floats) -> Solution:
        """The cheapest solution at other costs, sought from this one where it was found without a branch."""
        problem = self.problem._replace(costs=costs)
        if self.state is None or self.state.counts[1] > RENEWED:
            return least_cost(problem)
        state = Dictionary._make(part.copy() for part in self.state)
        return _own_search(problem, state) if _recost(state, problem) else least_cost(problem)


class _Tree(NamedTuple):
    """Nodes that wait, the way back from the present one, and (cost, bound, leaves, nodes) so far."""

    waiting: Integers
    waiting_limits: Floats
    trail: Integers
    trail_limits: Floats
    figures: Floats


class _Leaves(NamedTuple):
    constant: Floats
    reduced: Floats
    least: Floats
    most: Floats


def least_cost(problem: Problem) -> Solution:
    """The cheapest solution, or the best found with a bound.

    Raises:
        EngineError: when none is found.
    """
    return _own_search(problem, _begin(problem))


def _own_search(problem: Problem, state: Dictionary) -> Solution:
    columns = len(problem.costs)
    best, figures = np.zeros(columns), np.zeros(4)
    room = NODES + 1
    leaves = _Leaves(np.empty(room), np.empty((room, columns)), np.empty((room, columns)), np.empty((room, columns)))
    _search(problem, state, best, leaves, figures)
    cost, bound, count = float(figures[0]), float(figures[1]), int(figures[2])
    if cost < np.inf and bound >= cost:
        proof = Proof(*(part[:count].copy() for part in leaves))
        return Solution(best, cost, cost, proof, problem, state if figures[3] == 1.0 else None)
    return _by_solver(problem, Solution(best, cost, bound, _proof_at(problem, bound), problem))


def _proof_at(problem: Problem, bound: float) -> Proof:
    """Of a bound that is only known at present costs: one leaf without duals."""
    nothing = np.zeros((1, len(problem.costs)))
    return Proof(np.array([bound]), nothing, nothing, problem.most[None, :])


def _by_solver(problem: Problem, own: Solution) -> Solution:
    """The same by scipy's solver, where it finds more than the own search did.

    A switch that it leaves a millionth from a whole number saves a cent of what the switch charges: once whole numbers
    are found, the rest is found again beside them.
    """
    whole = problem.whole == 1
    constraints = LinearConstraint(problem.matrix, problem.bounds, np.inf)
    found = milp(
        problem.costs,
        integrality=problem.whole,
        bounds=Bounds(0.0, problem.most),
        constraints=constraints,
        options={"mip_rel_gap": 0.0, "node_limit": SOLVER_NODES},
    )
    values, cost = own.values, own.cost
    if found.x is not None and found.fun < cost:
        counts = np.rint(found.x)
        beside = Bounds(np.where(whole, counts, 0.0), np.where(whole, counts, problem.most))
        exact = milp(problem.costs, bounds=beside, constraints=constraints)
        if exact.x is not None and exact.fun < cost:
            values, cost = np.where(whole, counts, exact.x), float(exact.fun)
    if not cost < np.inf:
        raise EngineError(f"no margin plan of {len(problem.costs)} unknowns was found: {found.message}")
    proved = cost if found.status == 0 else max(own.bound, float(found.mip_dual_bound or 0.0))
    return Solution(values, cost, min(proved, cost), _proof_at(problem, min(proved, cost)), problem)


@kernel
def _begin(problem: Problem) -> Dictionary:
    return begin(problem, PIVOTS)


@kernel
def _recost(state: Dictionary, problem: Problem) -> bool:
    return recost(state, problem)


@kernel
def _search(problem: Problem, state: Dictionary, best: Floats, leaves: _Leaves, figures: Floats) -> None:
    """Write the best solution, the leaves, and (cost, bound, leaves, nodes); no solution costs infinity."""
    room = 2 * NODES + 2
    tree = _Tree(
        np.zeros((room, 2), np.int64),
        np.zeros((room, 3)),
        np.zeros(room, np.int64),
        np.zeros((room, 2)),
        figures,
    )
    figures[0], figures[1], figures[2], figures[3] = np.inf, np.inf, 0.0, 0.0
    tree.waiting[0, 0], tree.waiting_limits[0, 2] = -1, -np.inf
    left, depth = 1, 0
    while left:
        left -= 1
        depth = _go_to(tree, state, left, depth)
        if figures[3] >= NODES or state.counts[1] > PIVOTS:
            figures[1] = min(figures[1], tree.waiting_limits[left, 2])
            continue
        figures[3] += 1.0
        enough = figures[0] - TOLERANCE * (1.0 + abs(figures[0])) if figures[0] < np.inf else np.inf
        status = descend(state, problem, enough)
        if status == EXHAUSTED:
            figures[1] = min(figures[1], tree.waiting_limits[left, 2])
            continue
        chosen = _to_branch(state, problem) if status == OPTIMAL else -1
        if chosen >= 0:
            left = _branch(tree, state, left, depth, chosen)
            continue
        if status == OPTIMAL:
            figures[0] = state.inside[0]
            for name in range(best.size):
                best[name] = value_of(state, name)
        if status != EMPTY:
            _keep(leaves, int(figures[2]), state)
            figures[2] += 1.0
    figures[1] = min(figures[0], figures[1])


@loop
def _go_to(tree: _Tree, state: Dictionary, node: int, depth: int) -> int:
    """Give the limits of a node to the variables; its depth."""
    name, own = tree.waiting[node]
    while depth > own:
        depth -= 1
        before = tree.trail[depth]
        state.least[before], state.most[before] = tree.trail_limits[depth]
    if name >= 0:
        tree.trail[depth] = name
        tree.trail_limits[depth, 0], tree.trail_limits[depth, 1] = state.least[name], state.most[name]
        state.least[name], state.most[name] = tree.waiting_limits[node, 0], tree.waiting_limits[node, 1]
        depth += 1
    return depth


@loop
def _to_branch(state: Dictionary, problem: Problem) -> int:
    """The count farthest from a whole number, those that cost by themselves first; -1 where all are whole."""
    farthest, chosen = 0.0, -1
    for name in range(problem.costs.size):
        if problem.whole[name] and state.place[name] > 0:
            value = state.inside[state.place[name]]
            off = abs(value - np.round(value))
            weight = off + (1.0 if problem.costs[name] > 0.0 else 0.0)
            if off > _WHOLE and weight > farthest:
                farthest, chosen = weight, name
    return chosen


@loop
def _branch(tree: _Tree, state: Dictionary, left: int, depth: int, name: int) -> int:
    """Let both sides of a count wait, the nearer one to come first; how many wait then."""
    value = state.inside[state.place[name]]
    floor = np.floor(value)
    nearer_down = value - floor <= 0.5
    for turn in range(2):
        down = nearer_down == (turn == 1)
        tree.waiting[left, 0], tree.waiting[left, 1] = name, depth
        tree.waiting_limits[left, 0] = state.least[name] if down else floor + 1.0
        tree.waiting_limits[left, 1] = floor if down else state.most[name]
        tree.waiting_limits[left, 2] = state.inside[0]
        left += 1
    return left


@loop
def _keep(leaves: _Leaves, leaf: int, state: Dictionary) -> None:
    columns = state.nonbasic.size
    leaves.constant[leaf], leaves.reduced[leaf] = state.table[0, columns], 0.0
    for k in range(columns):
        if state.nonbasic[k] < columns:
            leaves.reduced[leaf, state.nonbasic[k]] = state.table[0, k]
    leaves.least[leaf], leaves.most[leaf] = state.least[:columns], state.most[:columns]
