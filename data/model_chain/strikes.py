"""Strikes that an exchange lists around a price: dense near it, sparse far from it, and never taken away again."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Rung(NamedTuple):
    """Strikes of one step, from `below` under to `above` over the prices seen, both as parts of the price."""

    step: float
    below: float
    above: float


Ladder = tuple[Rung, ...]


@lru_cache(maxsize=4096)
def listed_strikes(ladder: Ladder, lowest: float, highest: float) -> NDArray[np.float64]:
    """Strikes in USD, ascending, of a series that has been listed while the price went from `lowest` to `highest`.

    A wider range of prices only ever adds strikes. Nobody may write to the result.
    """
    rungs = [
        np.arange(
            np.ceil(lowest * (1.0 - rung.below) / rung.step), np.floor(highest * (1.0 + rung.above) / rung.step) + 1
        )
        * rung.step
        for rung in ladder
    ]
    strikes = np.unique(np.concatenate(rungs))
    strikes = strikes[strikes > 0.0]
    strikes.flags.writeable = False
    return strikes
