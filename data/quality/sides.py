"""What a quote shows by itself: sides that are crossed or missing."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows, Column
from engine.model import QuoteFlag

SIDE_FLAGS: Final = QuoteFlag.CROSSED | QuoteFlag.NO_BID | QuoteFlag.NO_ASK
"""Flags that bid and ask alone decide."""


class QuoteSideValidator:
    """Flags what each quote shows by itself: crossed sides, and sides that are missing."""

    def flags(self, chain: ChainRows) -> NDArray[np.uint16]:
        """CROSSED (bid > ask > 0), NO_BID (no bid above 0) and NO_ASK (no ask above 0), one entry per quote."""
        return side_flags(chain.columns["bid"], chain.columns["ask"])


def side_flags(bid: Column, ask: Column) -> NDArray[np.uint16]:
    """As `QuoteSideValidator.flags`, of bare columns."""
    # "Not above zero" rather than "at most zero": NaN, the vendor's silence, is no bid either.
    no_bid, no_ask = ~(bid > 0), ~(ask > 0)
    flags = np.zeros(len(bid), np.uint16)
    flags[(bid > ask) & ~no_ask] |= np.uint16(QuoteFlag.CROSSED)
    flags[no_bid] |= np.uint16(QuoteFlag.NO_BID)
    flags[no_ask] |= np.uint16(QuoteFlag.NO_ASK)
    return flags
