"""The search itself: which of many values that may be chosen is nearest to a target."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.pricing.compiling import kernel

Aim: TypeAlias = tuple[float, float, float]
"""Target, least and most; both bounds included."""
Span: TypeAlias = tuple[int, int]
"""First index that is considered, and one past the last."""

SAME: Final = 1e-9
"""Distances that differ by less are equal: 0.35 - 0.30 and 0.30 - 0.25 are not, in binary."""


@kernel
def nearest(
    values: NDArray[np.float64], flags: NDArray[np.uint16], blocks: int, aim: Aim, span: Span, outward: int
) -> int:
    """Index of the value nearest to the target, among those within bounds that no flag blocks; -1: there is none.

    NaN is within no bounds.

    Args:
        blocks: bits of `flags` that rule an entry out.
        outward: of values at the same distance the last (positive) or the first is chosen.
    """
    target, low, high = aim
    least = np.inf
    for index in range(span[0], span[1]):
        value = values[index]
        if flags[index] & blocks == 0 and low <= value <= high:
            least = min(least, abs(value - target))
    found = -1
    if least == np.inf:
        return found
    for index in range(span[0], span[1]):
        value = values[index]
        if flags[index] & blocks == 0 and low <= value <= high and abs(value - target) <= least + SAME:
            found = index
            if outward < 0:
                break
    return found
