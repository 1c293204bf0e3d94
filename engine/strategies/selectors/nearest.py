"""The search itself: which of many values that may be chosen is nearest to a target."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.pricing.compiling import kernel

Aim: TypeAlias = NDArray[np.float64]
"""Target, least and most; both bounds included. An array, as numba takes long to find out what is in a tuple."""

SAME: Final = 1e-9
"""Distances that differ by less are equal: 0.35 - 0.30 and 0.30 - 0.25 are not, in binary."""


def aim_at(target: float, least: float, most: float) -> Aim:
    """A target with its bounds."""
    return np.array((target, least, most), np.float64)


@kernel
def nearest(
    values: NDArray[np.float64], flags: NDArray[np.uint16], blocks: int, aim: Aim, outward: int, sizes: bool
) -> int:
    """Index of the value nearest to the target, among those within bounds that no flag blocks; -1: there is none.

    NaN is within no bounds.

    Args:
        blocks: bits of `flags` that rule an entry out.
        outward: of values at the same distance the last (positive) or the first is chosen.
        sizes: their sign does not matter.
    """
    target, low, high = aim[0], aim[1], aim[2]
    least = np.inf
    for index in range(len(values)):
        value = abs(values[index]) if sizes else values[index]
        if flags[index] & blocks == 0 and low <= value <= high:
            least = min(least, abs(value - target))
    found = -1
    if least == np.inf:
        return found
    for index in range(len(values)):
        value = abs(values[index]) if sizes else values[index]
        if flags[index] & blocks == 0 and low <= value <= high and abs(value - target) <= least + SAME:
            found = index
            if outward < 0:
                break
    return found
