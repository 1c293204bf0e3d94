"""The second method for the cheapest decomposition: every leg counted, every strike a row, solved by scipy alone."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from engine.margin.charges import RULES, WITH_LONG_SHARES, WITH_SHORT_SHARES, GroupKind
from engine.margin.groups import COST_TO_CLOSE
from engine.margin.legs import OptionLeg, columns_of
from engine.margin.programme import Terms
from engine.model import ExerciseStyle, Right

Row = tuple[dict[int, float], float, float]


def least_cost_by_solver(legs: Sequence[OptionLeg], terms: Terms) -> float:
    """Cost of the cheapest plan, USD, beyond what shares and long options cost alone."""
    costs: list[float] = []
    used: list[dict[int, float]] = [{} for _ in legs]
    with_shares: dict[int, float] = {}
    for kind, members in _groups(legs, terms.shares):
        charge = RULES[kind](tuple(columns_of([legs[place]]) for place in members), terms.spot)
        per_share = float((charge.initial if terms.initial else charge.maintenance)[0])
        lent = sum(terms.loan[place] for place in members) if terms.loan else 0.0
        for place in members:
            used[place][len(costs)] = 1.0
        if kind in WITH_LONG_SHARES | WITH_SHORT_SHARES:
            with_shares[len(costs)] = legs[members[0]].multiplier
        costs.append(per_share * legs[members[0]].multiplier + lent)
    rows, losses, whether = [], [], []
    for expires, size in sorted({(leg.expires, leg.multiplier) for leg in legs if leg.quantity < 0}):
        together = [
            place
            for place, leg in enumerate(legs)
            if leg.multiplier == size and (leg.expires == expires if leg.quantity < 0 else leg.expires >= expires)
        ]
        losses.append(len(costs))
        own = {place: len(costs) + 1 + number for number, place in enumerate(together)}
        costs += [1.0, *(terms.loan[place] if terms.loan else 0.0 for place in together)]
        for place in together:
            used[place][own[place]] = 1.0
        rows += _rows_of_spread(legs, own, losses[-1])
        for column in _switches(legs, own, losses[-1], len(costs), rows):
            costs.append(0.0)
            whether.append(column)
    for leg, columns in zip(legs, used, strict=True):
        rows.append((columns, -leg.quantity if leg.quantity < 0 else 0, abs(leg.quantity)))
    rows.append((with_shares, 0.0, abs(terms.shares)))
    return _solved(costs, [row for row in rows if row[0]], losses, whether)


def _groups(legs: Sequence[OptionLeg], shares: float) -> list[tuple[GroupKind, tuple[int, ...]]]:
    def side(right: Right, sign: int) -> list[int]:
        return [place for place, leg in enumerate(legs) if leg.right == right and leg.quantity * sign > 0]

    def pairs(ones: list[int], others: list[int]) -> list[tuple[int, int]]:
        return [(one, other) for one, other in product(ones, others) if legs[one].multiplier == legs[other].multiplier]

    def same(one: int, other: int) -> bool:
        return (legs[one].strike, legs[one].expires) == (legs[other].strike, legs[other].expires)

    calls, puts = side(Right.CALL, -1), side(Right.PUT, -1)
    long_calls, long_puts = side(Right.CALL, 1), side(Right.PUT, 1)
    found: list[tuple[GroupKind, tuple[int, ...]]] = [(GroupKind.UNCOVERED, (place,)) for place in calls + puts]
    found += [(GroupKind.STRADDLE, pair) for pair in pairs(calls, puts)]
    if shares > 0:
        found += [(GroupKind.COVERED_CALL, (place,)) for place in calls]
        found += [(GroupKind.PROTECTIVE_PUT, (place,)) for place in long_puts]
        for call, put in pairs(calls, long_puts):
            if legs[put].strike <= legs[call].strike and legs[put].expires >= legs[call].expires:
                found += [(GroupKind.COLLAR, (call, put))]
                found += [(GroupKind.CONVERSION, (call, put))] if same(call, put) else []
    if shares < 0:
        found += [(GroupKind.COVERED_PUT, (place,)) for place in puts]
        found += [(GroupKind.PROTECTIVE_CALL, (place,)) for place in long_calls]
        found += [(GroupKind.REVERSE_CONVERSION, pair) for pair in pairs(puts, long_calls) if same(*pair)]
    return found


def _rows_of_spread(legs: Sequence[OptionLeg], own: dict[int, int], loss: int) -> list[Row]:
    def signed(place: int) -> int:
        return 1 if legs[place].quantity > 0 else -1

    rows: list[Row] = []
    for right in Right:
        matched = {column: float(signed(place)) for place, column in own.items() if legs[place].right == right}
        rows.append((matched, 0.0, np.inf))
    for strike in {0.0} | {leg.strike for leg in legs}:
        worth = {
            column: signed(place) * legs[place].multiplier * legs[place].intrinsic(strike)
            for place, column in own.items()
        }
        rows.append(({loss: 1.0, **worth}, 0.0, np.inf))
    return rows


def _switches(legs: Sequence[OptionLeg], own: dict[int, int], loss: int, first: int, rows: list[Row]) -> Sequence[int]:
    """Columns of 0 or 1, one of which is 1: why a spread is no European short box, or that it is charged as one."""
    last = max((leg.expires for leg in (legs[place] for place in own if legs[place].quantity < 0)), default=None)
    signed = {place: 1.0 if legs[place].quantity > 0 else -1.0 for place in own}
    inside = [place for place in own if legs[place].expires == last and legs[place].style is ExerciseStyle.EUROPEAN]
    calls = [place for place in inside if legs[place].right is Right.CALL]
    ways: list[tuple[dict[int, float], float]] = [
        ({place: 1.0 for place in own if place not in inside}, 1.0),
        ({place: -signed[place] * legs[place].strike for place in calls}, 0.0),
    ]
    for strike in sorted({legs[place].strike for place in inside}):
        here = {place: signed[place] for place in inside if legs[place].strike == strike}
        ways += [(here, 1.0), ({place: -weight for place, weight in here.items()}, 1.0)]
    ways.append(({place: signed[place] * COST_TO_CLOSE * legs[place].value for place in own}, 0.0))
    for number, (worth, least) in enumerate(ways, first):
        slack = least + sum(abs(weight * legs[place].quantity) for place, weight in worth.items())
        row = {own[place]: weight for place, weight in worth.items()} | {number: -slack}
        if number == first + len(ways) - 1:
            row[loss] = 1.0
        size = max(slack, 1.0)
        rows.append(({column: weight / size for column, weight in row.items()}, (least - slack) / size, np.inf))
    columns = range(first, first + len(ways))
    rows.append((dict.fromkeys(columns, 1.0), 1.0, np.inf))
    return columns


def _solved(costs: list[float], rows: list[Row], losses: list[int], switches: list[int]) -> float:
    if not costs:
        return 0.0
    matrix = np.zeros((len(rows), len(costs)))
    for number, (weights, _, _) in enumerate(rows):
        matrix[number, list(weights)] = list(weights.values())
    whole = np.ones(len(costs), np.int64)
    whole[losses] = 0
    most = np.full(len(costs), np.inf)
    most[switches] = 1.0
    limits = LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows])
    found = milp(costs, integrality=whole, bounds=Bounds(0.0, most), constraints=limits, options={"mip_rel_gap": 0.0})
    if found.fun is None:
        raise AssertionError(found.message)
    return float(found.fun)
