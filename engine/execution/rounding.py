"""Where the net price of a package is rounded to its tick, and which legs carry the remainder: whole numbers only.

Money of one package is a sum of leg prices times weights (ratio times multiplier). Rounding the net against the trader
leaves a remainder that some legs must carry, each only as far as its touch. The rule is deterministic:

1. Legs take the remainder in the order of their room to the touch, in money, widest first; on ties as they stand.
2. What is left is smaller than every weight that still has room. It is balanced exactly between two legs where
   whole micro-dollars allow.
3. Where they do not (a 1 x 3 package whose single leg has no room, say), the leg with the smallest weight that still
   has room gives one micro-dollar per share more: the package costs less than that weight in micro-dollars, far
   below one tick, more than the rounded net. It never costs less.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import gcd
from operator import mul


def round_up(amount: int, step: int) -> int:
    """Smallest multiple of `step` that is not below `amount`; `amount` itself where `step` is not positive."""
    return -(-amount // step) * step if step > 0 else amount


def spread_remainder(remainder: int, weights: Sequence[int], room: Sequence[int]) -> tuple[int, ...]:
    """Concessions per leg whose weighted sum is the remainder, or exceeds it by less than one weight.

    Args:
        remainder: money to give, micro-dollars, from 0; all room is given where it is more than that.
        weights: money per micro-dollar of each leg's price, at least 1.
        room: most that each leg's price can concede, micro-dollars per share.

    Returns:
        Concession of each leg, micro-dollars per share, from 0 to its room.
    """
    given, left = _widest_first(remainder, weights, room)
    if left > 0:
        with_room = [leg for leg in range(len(weights)) if given[leg] < room[leg]]
        if with_room:
            given[min(with_room, key=lambda leg: (weights[leg], leg))] += 1
    return tuple(given)


def spread_at_most(amount: int, weights: Sequence[int], room: Sequence[int]) -> tuple[int, ...]:
    """Concessions as in `spread_remainder`, but never more than the amount: what no leg can give stays with the trader.

    Args:
        amount: money to give, micro-dollars, from 0 to any height.
    """
    given, _ = _widest_first(amount, weights, room)
    return tuple(given)


def _widest_first(amount: int, weights: Sequence[int], room: Sequence[int]) -> tuple[list[int], int]:
    """Concessions by the first two rules, and what they leave."""
    given = [0] * len(weights)
    left = amount
    untouched = list(map(mul, weights, room))
    while left and (widest := max(untouched)):
        leg = untouched.index(widest)
        given[leg] = min(room[leg], left // weights[leg])
        left -= weights[leg] * given[leg]
        untouched[leg] = 0
    return given, 0 if left > 0 and _balance(left, weights, room, given) else left


def _balance(left: int, weights: Sequence[int], room: Sequence[int], given: list[int]) -> bool:
    """Give `left` exactly by moving two legs' concessions, in place; False where no two legs can."""
    for first, second in permutations(range(len(weights)), 2):
        common = gcd(weights[first], weights[second])
        if left % common:
            continue
        period = weights[second] // common
        for move in range(-min(given[first], period), min(room[first] - given[first], period) + 1):
            counter, indivisible = divmod(left - weights[first] * move, weights[second])
            if not indivisible and 0 <= given[second] + counter <= room[second]:
                given[first] += move
                given[second] += counter
                return True
    return False
