"""Marks: what a holding is worth on what was quoted, and how far to believe it (DESIGN section 3).

A trustworthy two-sided quote is marked at its middle. Without a bid, half the ask, at most one tick. Else the last
good mark, and before the first good mark the intrinsic value. Every mark says which of these it is.
"""

from __future__ import annotations

from typing import Final

from engine.instants import Instant
from engine.model import UNTRUSTED, ChainSnapshot, OptionContract, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_micros
from engine.records import record
from engine.result import MarkSource

# Plain numbers: combining members of an IntFlag costs a microsecond, and every leg is marked on every chain.
_NO_PRICE: Final = int(UNTRUSTED | QuoteFlag.NO_ASK)
_NO_BID: Final = int(QuoteFlag.NO_BID)
NO_MIDDLE: Final = _NO_PRICE | _NO_BID
"""Flags of quotes that are not marked at their middle."""
MICROS_OF_HALF: Final = MICROS_PER_USD / 2

TWO_SIDED: Final = MarkSource.TWO_SIDED_QUOTE
_HALF_ASK: Final = MarkSource.HALF_ASK
_LAST_GOOD_QUOTE: Final = MarkSource.LAST_GOOD_QUOTE
_INTRINSIC: Final = MarkSource.INTRINSIC


@record
class Mark:
    """Exact price per share of one instrument.

    Attributes:
        trusted: rests on a quote of instant `at` without crossed, stub, stale, outlier or missing flag.
    """

    price: Micros
    source: MarkSource
    trusted: bool
    at: Instant


def mark_option(contract: OptionContract, snapshot: ChainSnapshot, row: int | None, previous: Mark | None) -> Mark:
    """Mark of an option on a snapshot.

    Args:
        row: row of the contract in the snapshot; None when it is not quoted there.
        previous: the mark before, for the fall-back.
    """
    entries = snapshot.entries
    if row is not None and not (flags := entries.flags[row]) & _NO_PRICE:
        ask = entries.ask[row]
        if not flags & _NO_BID:
            return Mark(to_micros((entries.bid[row] + ask) / 2), TWO_SIDED, True, snapshot.at)
        half, tick = ask / 2, contract.series.ticks.increment(ask / 2)
        return Mark(to_micros(half if half < tick else tick), _HALF_ASK, True, snapshot.at)
    if previous is not None and previous.source is not _INTRINSIC:
        return Mark(previous.price, _LAST_GOOD_QUOTE, False, snapshot.at)
    return Mark(contract.intrinsic_micros(snapshot.underlying_price), _INTRINSIC, False, snapshot.at)
