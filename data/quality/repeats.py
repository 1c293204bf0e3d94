"""Chains that repeat an earlier session's, as vendors deliver on days they have missed."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows
from data.datasets import RepeatHashes

_REPEATED_COLUMNS: Final = ("bid", "ask", "bid_size", "ask_size")


def repeat_hashes(chain: ChainRows) -> RepeatHashes:
    """Hashes by which a copy of this chain under a later date is recognised."""
    expirations = np.array([key.expires_on for key in chain.contracts.series], "datetime64[D]")
    day = np.datetime64(chain.day)
    whole = _hash(chain, np.ones(len(chain), np.bool_))

    def of(kept: NDArray[np.bool_]) -> bytes:
        # On most days nothing expires and the three are one.
        return whole if kept.all() else _hash(chain, kept[chain.contracts.series_index])

    return RepeatHashes(whole=whole, carried=of(expirations > day), arrived=of(expirations >= day))


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
    kept = chain.contracts if rows.all() else chain.contracts.take(rows)
    digest.update("|".join(f"{key.root} {key.symbol_date}" for key in kept.series).encode())
    digest.update(np.ascontiguousarray(kept.code).data)
    for name in _REPEATED_COLUMNS:
        column = chain.columns[name]
        digest.update(np.ascontiguousarray(column if kept is chain.contracts else column[rows]).data)
    return digest.digest()
