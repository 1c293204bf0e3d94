"""Quotes by what is wrong with them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import QualityCounts
from engine.model import QuoteFlag

COUNTED: Final = MappingProxyType(
    {flag.name.lower(): flag for flag in QuoteFlag if flag.name and flag is not QuoteFlag.MISSING}
)
"""Flags that stored quotes can have, by the name of their count."""


def count_flags(flags: NDArray[np.uint16], duplicates: int = 0, adjusted: int = 0) -> QualityCounts:
    """Quotes by flag; a quote with two flags counts under both."""
    # Most quotes have none, and those that have one share few combinations.
    kinds, quotes = np.unique(flags[flags != 0], return_counts=True)
    by_flag = {name: int(quotes[(kinds & np.uint16(flag)) != 0].sum()) for name, flag in COUNTED.items()}
    return QualityCounts(rows=len(flags), **by_flag, duplicates=duplicates, adjusted=adjusted)
