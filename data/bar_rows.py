"""What a provider found in one file of bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile

BIDS: Final = " bids"
ASKS: Final = " asks"
"""What follows the resolution of bars that are no trades but one side of quotes, e.g. `minute bids`."""


@dataclass(frozen=True, slots=True, eq=False)
class BarRows:
    """Bars of one symbol from one file.

    Attributes:
        ends_at: int64 instants of the bars' ends, strictly ascending.
        columns: `open`, `high`, `low`, `close`, `volume`, float64, raw prices; volume NaN where there is none.
    """

    source: SourceFile
    symbol: str
    resolution: str
    ends_at: NDArray[np.int64]
    columns: Mapping[str, NDArray[np.float64]]
