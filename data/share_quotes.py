"""Bids and asks of shares as events, out of the two series of bars that a store keeps of them."""

from __future__ import annotations

import numpy as np

from data.underlying_records import Bars
from engine.events import SharesQuoted


def share_quotes(bids: Bars, asks: Bars) -> list[SharesQuoted]:
    """The closing bid and ask of every bar that has both, in time order."""
    at, of_bids, of_asks = np.intersect1d(bids.ends_at, asks.ends_at, assume_unique=True, return_indices=True)
    columns = (at, bids.columns["close"][of_bids], asks.columns["close"][of_asks])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [SharesQuoted(when, bids.symbol, bid, ask) for when, bid, ask in rows]
