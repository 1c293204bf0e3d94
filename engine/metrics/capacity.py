"""How large the fills were beside what the market showed: a hint at what more money would have met.

Legs of options alone, of whose quotes the data say a size or a volume; what is not defined is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from engine.result import BacktestResult

_MOST: Final = 0.9
"""Share of the legs that are to fit into the shown size."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Contracts of the fills by contracts of the market.

    Attributes:
        legs_with_size, legs_with_volume: fills of a leg of which the data say a size, or a volume, above 0.
        median_of_size, largest_of_size: contracts filled by contracts shown at the side that was taken.
        tightest_symbol: where the largest was; empty where nothing is known.
        median_of_volume, largest_of_volume: contracts filled by contracts that changed hands on the day until then.
        scale_within_size: so many times larger nine tenths of the legs still fit into the shown size.
    """

    legs_with_size: int
    median_of_size: float | None
    largest_of_size: float | None
    tightest_symbol: str
    scale_within_size: float | None
    legs_with_volume: int
    median_of_volume: float | None
    largest_of_volume: float | None


def capacity(result: BacktestResult) -> Capacity:
    """Fills of a run beside the depth that was recorded with them."""
    filled = [
        (abs(leg.quantity), depth, leg.instrument.symbol)
        for fill, depths in zip(result.fills, result.depths, strict=True)
        for leg, depth in zip(fill.legs, depths, strict=True)
    ]
    of_size = [(contracts / depth.size, symbol) for contracts, depth, symbol in filled if depth.size > 0]
    of_volume = [contracts / depth.volume for contracts, depth, _ in filled if depth.volume > 0]
    largest, tightest = max(of_size, default=(None, ""))
    return Capacity(
        legs_with_size=len(of_size),
        median_of_size=_median([used for used, _ in of_size]),
        largest_of_size=largest,
        tightest_symbol=tightest,
        scale_within_size=float(1.0 / np.quantile([used for used, _ in of_size], _MOST)) if of_size else None,
        legs_with_volume=len(of_volume),
        median_of_volume=_median(of_volume),
        largest_of_volume=max(of_volume, default=None),
    )


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None
