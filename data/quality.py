"""What is wrong with quotes: flags and counts. Nothing is repaired, and nothing is left out."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows
from data.datasets import QualityCounts, RepeatHashes
from engine.model import QuoteFlag

_REPEATED_COLUMNS: Final = ("bid", "ask", "bid_size", "ask_size")


class QuoteSideValidator:
    """Flags what each quote shows by itself: crossed sides, and sides that are missing."""

    def flags(self, chain: ChainRows) -> NDArray[np.uint16]:
        """CROSSED (bid > ask > 0), NO_BID (no bid above 0) and NO_ASK (no ask above 0), one entry per quote."""
        bid, ask = chain.columns["bid"], chain.columns["ask"]
        # "Not above zero" rather than "at most zero": NaN, the vendor's silence, is no bid either.
        no_bid, no_ask = ~(bid > 0), ~(ask > 0)
        flags = np.zeros(len(chain), np.uint16)
        flags[(bid > ask) & ~no_ask] |= np.uint16(QuoteFlag.CROSSED)
        flags[no_bid] |= np.uint16(QuoteFlag.NO_BID)
        flags[no_ask] |= np.uint16(QuoteFlag.NO_ASK)
        return flags


def count_flags(flags: NDArray[np.uint16], duplicates: int = 0) -> QualityCounts:
    """Quotes by flag; a quote with two flags counts under both."""

    def having(flag: QuoteFlag) -> int:
        return int(np.count_nonzero(flags & np.uint16(flag)))

    return QualityCounts(
        rows=len(flags),
        crossed=having(QuoteFlag.CROSSED),
        no_bid=having(QuoteFlag.NO_BID),
        no_ask=having(QuoteFlag.NO_ASK),
        stale=having(QuoteFlag.STALE),
        duplicates=duplicates,
    )


def repeat_hashes(chain: ChainRows) -> RepeatHashes:
    """Hashes by which a copy of this chain under a later date is recognised."""
    expirations = np.array([key.expires_on for key in chain.contracts.series], "datetime64[D]")
    expires_on = expirations[chain.contracts.series_index]
    day = np.datetime64(chain.day)
    return RepeatHashes(
        whole=_hash(chain, np.ones(len(chain), np.bool_)),
        carried=_hash(chain, expires_on > day),
        arrived=_hash(chain, expires_on >= day),
    )


def is_repeat(hashes: RepeatHashes, previous: tuple[date, RepeatHashes] | None) -> bool:
    """Whether a chain repeats the last one of an earlier session, as vendors do on days they have missed.

    Args:
        previous: day and hashes of the last chain of an earlier day, if there is any.
    """
    return previous is not None and hashes.repeats(previous[1])


def _hash(chain: ChainRows, rows: NDArray[np.bool_]) -> bytes:
    if not (chain.columns["ask"][rows] > 0).any():
        return b""  # a chain without a single offer shows nothing that could be repeated
    digest = hashlib.blake2b(digest_size=16)
    kept = chain.contracts.take(rows)
    digest.update("|".join(f"{key.root} {key.symbol_date}" for key in kept.series).encode())
    digest.update(kept.code.tobytes())
    for name in _REPEATED_COLUMNS:
        digest.update(chain.columns[name][rows].tobytes())
    return digest.digest()
