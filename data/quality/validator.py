"""All flags that one chain shows by itself, set at import."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows
from data.quality.arbitrage import arbitrages
from data.quality.dates import date_flags
from data.quality.ladder import offered
from data.quality.neighbours import outliers, stubs
from data.quality.sides import QuoteSideValidator
from engine.model import QuoteFlag

_SIDES: Final = QuoteSideValidator()


class ChainValidator:
    """Flags what a chain shows without its neighbours in time: sides, dates, stubs, outliers, arbitrage."""

    def flags(self, chain: ChainRows) -> NDArray[np.uint16]:
        """Flags, one entry per quote; each check compares only quotes that those before it found nothing wrong with."""
        flags = _SIDES.flags(chain) | date_flags(chain)
        ladder = offered(chain)
        ladder = ladder.take((flags[ladder.rows] & np.uint16(QuoteFlag.EXPIRED)) == 0)
        stub = stubs(ladder)
        flags[ladder.rows[stub]] |= np.uint16(QuoteFlag.STUB)
        ladder = ladder.take((ladder.bid > 0) & ~stub)
        outlier = outliers(ladder)
        flags[ladder.rows[outlier]] |= np.uint16(QuoteFlag.OUTLIER)
        flags[arbitrages(chain, ladder.take(~outlier))] |= np.uint16(QuoteFlag.ARBITRAGE)
        return flags
